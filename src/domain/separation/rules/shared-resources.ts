import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { type StateResource, stateResources } from '../state-facts.js';
import { findingAbout } from './finding.js';

/** No resource is managed by two states. */
export const sharedResources: SeparationRule = {
  id: 'shared-resources',
  title: 'no resource is in two states',
  why: 'Each deployment of one environment would change, or destroy, what the other is running on.',
  needs: ['state'],
  find: (input) => [...inTwoStates(input), ...settingsOfOthers(input)],
};

function inTwoStates(input: RuleInput): readonly SeparationFinding[] {
  const { evidence, ownership, pairs } = input;
  const mine = new Map(
    evidence.environments.map((environment) => [environment.binding.name, stateResources(environment)]),
  );
  return pairs.flatMap(([environment, other]) =>
    (mine.get(environment) ?? []).flatMap((resource): readonly SeparationFinding[] => {
      const shared = [...resource.ids, ...resource.otherIds.keys()].filter((each) =>
        ownership.inStates(each).has(other),
      );
      // A part with a place of its own in the state is found there.
      const id = shared.find((each) => ownership.inStates(each).get(environment) === resource);
      const theirs = id === undefined ? undefined : ownership.inStates(id).get(other);
      if (id === undefined || theirs === undefined) return [];
      // Taking its whole, or what only says that it is the same, out of a state would take out more than what is shared.
      const [leaver, address] = leaves(id, resource, theirs)
        ? [environment, resource.address]
        : [other, theirs.address];
      return [
        findingAbout(input, {
          identifier: id,
          environment,
          other,
          mutual: true,
          message: `${id} is in the states of "${environment}" and "${other}"`,
          evidence: [placeIn(environment, id, resource), placeIn(other, id, theirs)],
          remedy: `leave it in one of them: mhtctl terraform ${leaver} -- state rm '${address}'`,
        }),
      ];
    }),
  );
}

/** Whether the first of two that have an identifier is to leave it to the second: what has it by itself stays. */
function leaves(id: string, mine: StateResource, theirs: StateResource): boolean {
  if (mine.otherIds.has(id)) return true;
  return !theirs.otherIds.has(id) && (mine.ids[0] === id || theirs.ids[0] !== id);
}

/** A line of evidence: what has an identifier in a state, and by which attribute when the others say otherwise. */
function placeIn(environment: string, id: string, { address, otherIds }: StateResource): string {
  const attribute = otherIds.get(id);
  return `state of ${environment}: ${address}${attribute === undefined ? '' : `, by its ${attribute} alone`}`;
}

/** A setting in one state of a resource in another: the policy of somebody else's bucket. */
function settingsOfOthers(input: RuleInput): readonly SeparationFinding[] {
  const { evidence, ownership } = input;
  return evidence.environments.flatMap((environment) =>
    stateResources(environment).flatMap((resource) => ofAnother(input, environment.binding.name, resource, ownership)),
  );
}

function ofAnother(
  input: RuleInput,
  environment: string,
  { settingOf, address }: StateResource,
  ownership: RuleInput['ownership'],
): readonly SeparationFinding[] {
  if (settingOf === undefined) return [];
  const states = ownership.inStates(settingOf);
  if (states.size === 0 || states.has(environment)) return [];
  return [...states].map(([other, resource]) => ({
    ...findingAbout(input, {
      identifier: settingOf,
      environment,
      other,
      message: `the state of "${environment}" manages a setting of ${resource.address} of "${other}"`,
      evidence: [`state of ${environment}: ${address} is a setting of ${ownership.resolve(settingOf)}`],
      remedy: `mhtctl terraform ${environment} -- state rm '${address}', and remove it from the configuration`,
    }),
    resource: address,
  }));
}
