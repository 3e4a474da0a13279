import { environmentsBetween } from '../crossings.js';
import type { EnvironmentEvidence } from '../evidence.js';
import type { PolicyFact, Relation } from '../facts.js';
import type { Ownership } from '../ownership.js';
import type { RuleInput } from '../rule.js';
import { placeOf, policiesOf, relationsOf, type StateResource } from '../state-facts.js';
import { reachesIn } from './addresses.js';
import { analysisOf } from './identity.js';

/** Whether what a resource of a state changes is another environment's alone: the bucket of a bucket policy. */
export function changesAnothers(ownership: Ownership, environment: string, { changes }: StateResource): boolean {
  if (changes === undefined) return false;
  const states = ownership.inStates(changes);
  return states.size > 0 && !states.has(environment);
}

/**
 * Tells of any resource in a state of an environment whether what it says itself leads to that environment, or from it:
 * then the rules of such relations and policies find it.
 */
export function crossingIn(input: RuleInput): (environment: EnvironmentEvidence, resource: StateResource) => boolean {
  const { ownership } = input;
  const reachedBy = reachesIn(input);
  const involvedIn = (relation: Relation): readonly string[] => [
    ...environmentsBetween(ownership, relation).flat(),
    ...reachedBy(relation).flatMap(({ environment, other }) => [environment, other]),
  ];
  const keyOf = ({ holder, document }: PolicyFact, name: string) =>
    [ownership.resolve(holder), document, name].join('\0');
  const leading = new Set(
    analysisOf(input)
      .leads()
      .flatMap(({ told, other }) => told.map(({ policy }) => keyOf(policy, other))),
  );
  return (environment, resource) => {
    const { name } = environment.binding;
    return (
      relationsOf(resource, placeOf(environment)).some((relation) => involvedIn(relation).includes(name)) ||
      policiesOf(resource).some((policy) => leading.has(keyOf(policy, name)))
    );
  };
}
