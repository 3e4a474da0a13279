import { toldInOrder } from '../crossings.js';
import type { Relation } from '../facts.js';
import { locationOf } from '../location.js';
import { bindingsOf, wordThatNames } from '../names.js';
import type { RuleInput, SeparationFinding } from '../rule.js';

/** A finding about a resource, with the place where the configuration writes it. */
export function findingAbout(
  { evidence, ownership }: Pick<RuleInput, 'evidence' | 'ownership'>,
  finding: Omit<SeparationFinding, 'location' | 'resource'> & { readonly identifier: string },
): SeparationFinding {
  const { identifier, ...rest } = finding;
  const address = ownership.inStates(identifier).get(finding.environment)?.address ?? null;
  return {
    ...rest,
    resource: ownership.describe(identifier, finding.environment),
    location: locationOf(evidence, address),
  };
}

/** A text in a state that refers to another environment. */
export interface StateReference {
  readonly environment: string;
  readonly other: string;
  /** Of the resource, data source or output that has it. */
  readonly address: string;
  readonly path: string;
  readonly text: string;
}

/** A finding about such a text, of which the word that refers is shown. @param what refers, like `user_data of aws_instance.this` */
export function referenceFinding(
  evidence: RuleInput['evidence'],
  { environment, other, address, path, text }: StateReference,
  what: string,
): SeparationFinding {
  const word = wordThatNames(text, other, bindingsOf(evidence));
  return {
    message: `${what} refers to "${other}"`,
    environment,
    other,
    resource: address,
    evidence: [`state: ${address} ${path} contains ${JSON.stringify(word)}`],
    remedy: `give it a value of "${environment}"'s own in the configuration, then: mhtctl deploy ${environment}`,
    location: locationOf(evidence, address),
  };
}

/** Lines of evidence that a finding lists: thousands may say the same. */
const MOST_LINES = 20;

/** What was read of a relation, and where, one line a source; what the state says first. */
export function relationEvidence(told: readonly Relation[]): readonly string[] {
  const lines = toldInOrder(told).map(({ source, from, to, where, through }) => {
    const who = source === 'aws' ? 'AWS' : 'state';
    return `${who}: ${from} ${where} = ${to}${through === undefined ? '' : ` (${through})`}`;
  });
  const each = [...new Set(lines)];
  const more = each.length - MOST_LINES;
  return more > 0 ? [...each.slice(0, MOST_LINES), `and ${more} more like these`] : each;
}

/** Whether only AWS knows of it: then nothing in the configuration asks for it, and a deployment may take it away. */
export function isDrift(told: readonly Relation[]): boolean {
  return told.every(({ source }) => source === 'aws');
}

/** The command that takes a rule of a security group away, which no configuration asks for. */
export function revocation(group: string, told: readonly Relation[]): string {
  const [rule] = told;
  if (rule?.through === undefined)
    return `aws ec2 describe-security-group-rules --filters Name=group-id,Values=${group}`;
  const direction = rule.where.startsWith('egress') ? 'egress' : 'ingress';
  return `aws ec2 revoke-security-group-${direction} --group-id ${group} --security-group-rule-ids ${rule.through}`;
}
