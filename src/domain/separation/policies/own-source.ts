import type { Ownership } from '../ownership.js';
import { mustBeAmong } from './conditions.js';
import type { Statement } from './document.js';

/**
 * Condition keys that say who asks, or from where, without naming anybody: with how a value is known for something of an
 * environment.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const SOURCES: Readonly<Record<string, (value: string) => string>> = {
  'aws:sourceip': (value) => value.replace(/\/(?:32|128)$/, ''),
  // A session's is the unique id of the role, and its own name.
  'aws:userid': (value) => value.replace(/:.*$/s, ''),
};

/** Whether a condition admits only what comes from an environment's own addresses, or its own users and roles. */
export function admitsOnlyOwn(
  { conditions }: Pick<Statement, 'conditions'>,
  environment: string,
  ownership: Ownership,
): boolean {
  return conditions.some((condition) => {
    const identified = SOURCES[condition.key.toLowerCase()];
    if (identified === undefined || !mustBeAmong(condition)) return false;
    const owners = condition.values.map((value) => ownership.ownersOf(identified(value)));
    return owners.length > 0 && owners.every((names) => names.size === 1 && names.has(environment));
  });
}
