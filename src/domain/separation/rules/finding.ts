import type { Relation } from '../facts.js';
import { locationOf } from '../location.js';
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

/** What was read of a relation, and where, one line a source. */
export function relationEvidence(told: readonly Relation[]): readonly string[] {
  const lines = told.map(({ source, from, to, where, through }) => {
    const who = source === 'aws' ? 'AWS' : 'state';
    return `${who}: ${from} ${where} = ${to}${through === undefined ? '' : ` (${through})`}`;
  });
  return [...new Set(lines)];
}

/** Whether only AWS knows of it: then nothing in the configuration asks for it, and a deployment may take it away. */
export function isDrift(told: readonly Relation[]): boolean {
  return told.every(({ source }) => source === 'aws');
}
