import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { type StateResource, stateResources } from '../state-facts.js';
import { changesAnothers, crossingIn } from './crossing-settings.js';
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

/**
 * A setting in one state of a resource in another: the policy of somebody else's bucket, a rule of somebody else's
 * security group. One that leads from the one environment to the other is found by the rule that judges where it leads.
 */
function settingsOfOthers(input: RuleInput): readonly SeparationFinding[] {
  const { evidence, ownership } = input;
  const settings = evidence.environments.flatMap((environment) =>
    stateResources(environment).flatMap((resource) =>
      changesAnothers(ownership, environment.binding.name, resource) && !isContested(ownership, resource)
        ? [{ environment, resource }]
        : [],
    ),
  );
  if (settings.length === 0) return [];
  const crosses = crossingIn(input);
  return settings
    .filter(({ environment, resource }) => !crosses(environment, resource))
    .flatMap(({ environment, resource }) => settingFindings(input, environment.binding.name, resource));
}

/** Whether it is in two states by itself, or tagged as another's, and found there. */
function isContested(ownership: RuleInput['ownership'], { ids: [own] }: StateResource): boolean {
  return own !== undefined && ownership.ownersOf(own).size > 1;
}

function settingFindings(
  input: RuleInput,
  environment: string,
  { changes = '', settingOf, address }: StateResource,
): readonly SeparationFinding[] {
  const { ownership } = input;
  const whole = ownership.resolve(changes);
  return [...ownership.inStates(whole)].map(([other, { address: theirs }]) => ({
    ...findingAbout(input, {
      identifier: whole,
      environment,
      other,
      message: `the state of "${environment}" manages a setting of ${theirs} of "${other}"`,
      evidence: [
        `state of ${environment}: ${address} is a ${settingOf === undefined ? 'part' : 'setting'} of ${whole}`,
      ],
      remedy: `mhtctl terraform ${environment} -- state rm '${address}', and remove it from the configuration`,
    }),
    resource: address,
  }));
}
