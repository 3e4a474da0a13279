import type { Binding } from './environment.js';
import { carriesName, standsBetween } from './physical-name.js';
import type { Json } from './plan.js';

/** A string somewhere in a value. */
export interface FoundString {
  /** Where it stands, like `tags.Environment` or `policy.Statement[0].Resource`. */
  readonly path: string;
  readonly text: string;
  readonly sensitive: boolean;
}

/**
 * Every string in a value. A string that is a JSON document, as policies are, is gone through like a value.
 * @param sensitive mirrors the value: `true` where it, or what it is in, is sensitive
 */
export function* stringsIn(value: Json, sensitive: Json = false, path = ''): Generator<FoundString> {
  const at = (key: string | number): Json =>
    sensitive === true || sensitive === null || typeof sensitive !== 'object'
      ? sensitive === true
      : ((sensitive as { readonly [key: string]: Json })[key] ?? false);
  if (typeof value === 'string') {
    const document = jsonDocument(value);
    if (document === undefined) yield { path, text: value, sensitive: sensitive === true };
    else yield* stringsIn(document, sensitive === true, path);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* stringsIn(item, at(index), `${path}[${index}]`);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value))
      yield* stringsIn(item, at(key), path === '' ? key : `${path}.${key}`);
  }
}

/**
 * Whether a string of an event pattern is one that events are not to have.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-anything-but
 */
export function isExcludedByPattern({ path }: FoundString): boolean {
  return /\banything-but\b/.test(path);
}

function jsonDocument(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/**
 * Whether a text names an environment: by its name as a part of an identifier, by its state bucket or lock table, or by
 * its DNS name. A lone name in prose ("like production") is no reference; an identifier in the midst of prose is.
 */
export function namesEnvironment(text: string, other: Binding): boolean {
  const words = text.split(/[^A-Za-z0-9_./:@-]+/).filter((word) => word !== '');
  const prose = words.length > 1;
  const marks = [other.backend.bucket, other.backend.lockTable, other.variables['dns_name']];
  return words.some((word) => {
    const identifier = prose ? word.replace(/^[.:]+|[.:]+$/g, '') : word;
    if (marks.some((mark) => typeof mark === 'string' && mark !== '' && standsIn(identifier, mark))) return true;
    return prose && identifier === other.name ? false : carriesName(identifier, other.name);
  });
}

/** Whether a mark stands in an identifier as a whole: "api.x" does in "https://api.x/health", not in "staging.api.x". */
function standsIn(identifier: string, mark: string): boolean {
  return standsBetween(identifier.replace(/\.$/, ''), mark, /[/:@]/, /[/:]/);
}
