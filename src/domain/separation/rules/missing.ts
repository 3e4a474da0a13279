import { Existence } from '../existence.js';
import type { OpenQuestion, RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { placeOf, type StateResource, stateResources } from '../state-facts.js';
import { STATE_TYPES } from '../state-types.js';
import { findingAbout } from './finding.js';

/** What a state says there is, is there. */
export const missing: SeparationRule = {
  id: 'missing',
  title: 'everything in a state is there',
  why: 'A state that describes what is gone proves nothing, and the next deployment makes it anew, empty.',
  needs: ['state', 'existence'],
  find: (input) =>
    lookedFor(input).flatMap(({ environment, resource, presence }) => gone(input, environment, resource, presence)),
  open: (input) =>
    lookedFor(input).flatMap(({ environment, resource, presence }): readonly OpenQuestion[] =>
      presence === 'unknown'
        ? [
            {
              environments: [environment],
              resource: resource.address,
              reason: `mhtctl does not ask AWS for resources of type ${resource.type}`,
            },
          ]
        : [],
    ),
};

interface LookedFor {
  readonly environment: string;
  readonly resource: StateResource;
  readonly presence: ReturnType<Existence['of']>;
}

/** Every resource of its own. A setting is there when what it is a setting of is there. */
function lookedFor({ evidence, ownership }: RuleInput): readonly LookedFor[] {
  const existence = new Existence(evidence);
  return evidence.environments.flatMap((environment) => {
    const place = placeOf(environment);
    return stateResources(environment).flatMap((resource): readonly LookedFor[] => {
      const [id] = resource.ids;
      const known = STATE_TYPES[resource.type];
      if (
        id === undefined ||
        (known?.partOf !== undefined &&
          existence.of(id, known.as ?? resource.type, place) === 'unknown' &&
          partIsJudged(ownership, id))
      )
        return [];
      return [
        {
          environment: environment.binding.name,
          resource,
          presence: existence.of(id, known?.as ?? resource.type, place),
        },
      ];
    });
  });
}

/** A part that is not listed by itself is judged with its whole. */
function partIsJudged(ownership: RuleInput['ownership'], id: string): boolean {
  return ownership.resource(id)?.partOf !== undefined;
}

function gone(
  input: RuleInput,
  environment: string,
  resource: StateResource,
  presence: string,
): readonly SeparationFinding[] {
  const [id] = resource.ids;
  if (presence !== 'gone' || id === undefined) return [];
  return [
    findingAbout(input, {
      identifier: id,
      environment,
      other: null,
      message: `${resource.address} is in the state of "${environment}" and not in AWS`,
      evidence: [`state: ${resource.address} is ${id}`, `AWS: no ${resource.type} ${id} is listed`],
      remedy: `see what a deployment would make anew: mhtctl plan ${environment}`,
    }),
  ];
}
