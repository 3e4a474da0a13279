import type { Binding } from '../../environment.js';
import { isEc2Id, parseArn } from '../identifiers.js';
import { environmentsNamed } from '../names.js';
import type { Ownership } from '../ownership.js';
import { isAffirmative } from './conditions.js';
import type { Statement } from './document.js';
import type { Estate } from './estate.js';
import { areApart, type Lead } from './reach.js';

/** A text of a statement, with its variables filled in as far as they are known. */
export interface Mention {
  readonly part: 'Principal' | 'Resource' | 'Condition';
  /** As in a sentence: `Resource`, `condition aws:SourceArn`. */
  readonly where: string;
  readonly text: string;
}

/** Keys whose values are names of AWS's own: an environment called `eu` is not meant by a region. */
const AWS_NAMES: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalservicename',
  'aws:requestedregion',
  'ec2:availabilityzone',
  'ec2:instancetype',
  'ec2:region',
  'iam:awsservicename',
  'iam:passedtoservice',
  'kms:viaservice',
]);

/**
 * The texts by which a statement means something. What it lists to leave it out (`NotResource`, `NotPrincipal`,
 * `StringNotEquals`) is no reference but its opposite.
 */
export function* mentionsIn({ principals, resources, conditions }: Statement): Generator<Mention> {
  if (principals?.negated === false) {
    for (const { type, value } of principals.values)
      if (type !== 'Service') yield { part: 'Principal', where: 'Principal', text: value };
  }
  if (!resources.negated) for (const text of resources.values) yield { part: 'Resource', where: 'Resource', text };
  for (const condition of conditions) {
    if (!isAffirmative(condition) || AWS_NAMES.has(condition.key.toLowerCase())) continue;
    for (const text of condition.values) yield { part: 'Condition', where: `condition ${condition.key}`, text };
  }
}

/**
 * How a text names another environment: by what belongs to it, by its account where it has one of its own, or by its
 * name. Undefined when it does not.
 */
export function nameIn(
  text: string,
  own: Estate,
  other: Estate,
  { ownership, bindings }: { readonly ownership: Ownership; readonly bindings: readonly Binding[] },
): string | undefined {
  if ((text.startsWith('arn:') || isEc2Id(text)) && !/[*?]|\$\{/.test(text)) {
    const owners = ownership.ownersOf(text);
    // What is an environment's own is so, whatever it is called.
    if (owners.has(own.name) && ownership.resolve(text) === text) return undefined;
    if (owners.has(other.name) && !owners.has(own.name)) return `which belongs to "${other.name}"`;
  }
  if (
    areApart(own, other) &&
    text.includes(other.accountId ?? '') &&
    new RegExp(`(^|\\D)${other.accountId}(\\D|$)`).test(text)
  )
    return `the account of "${other.name}"`;
  return environmentsNamed(withoutAwsNames(text), bindings, 'reference').includes(other.name)
    ? `which names "${other.name}"`
    : undefined;
}

/**
 * Of an ARN, what people chose. A variable leaves its default. Wildcards are no white space that would make prose of a
 * name.
 */
function withoutAwsNames(text: string): string {
  const chosen = parseArn(text)?.resource ?? text;
  return chosen
    .replace(/\$\{[^},]*(?:,\s*'([^']*)')?\s*\}/g, (_, fallback?: string) => fallback ?? '-')
    .replace(/[*?]+/g, '-');
}

/** The finding about a mention. */
export function leadOf({ label }: Statement, { where, text }: Mention, how: string): Lead {
  return {
    says: `allows by its ${where} "${text}", ${how}`,
    remedy: `remove "${text}" from the ${where} of ${label}`,
  };
}
