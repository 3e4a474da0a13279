import { typeOfArn } from '../arn-types.js';
import { existenceIn, type Presence, whyUnknown } from '../existence.js';
import { locationOf } from '../location.js';
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
              reason: whyUnknown(input.evidence, environment, resource),
            },
          ]
        : [],
    ),
};

interface LookedFor {
  readonly environment: string;
  readonly resource: StateResource;
  readonly presence: Presence;
}

const known = new WeakMap<RuleInput, readonly LookedFor[]>();

/** Every AWS resource. A setting is there when what it is a setting of is there. Computed once. */
function lookedFor(input: RuleInput): readonly LookedFor[] {
  const found = known.get(input) ?? lookForAll(input);
  known.set(input, found);
  return found;
}

function lookForAll({ evidence, ownership }: RuleInput): readonly LookedFor[] {
  const existence = existenceIn(evidence);
  return evidence.environments.flatMap((environment) =>
    stateResources(environment).flatMap((resource): readonly LookedFor[] => {
      const { settingOf, type } = resource;
      const whole = settingOf === undefined ? undefined : ownership.resolve(settingOf);
      if (!type.startsWith('aws_') || (whole !== undefined && ownership.inStates(whole).size > 0)) return [];
      const presence =
        whole === undefined
          ? (existence.ofResource(resource, environment) ?? 'unknown')
          : existence.of(whole, ownership.resource(whole)?.type ?? typeOfArn(whole), placeOf(environment));
      if (presence === 'unknown' && isJudgedWithItsWhole(ownership, resource)) return [];
      return [{ environment: environment.binding.name, resource, presence }];
    }),
  );
}

/** A part that is not listed by itself is judged with its whole. */
function isJudgedWithItsWhole(ownership: RuleInput['ownership'], { type, ids: [id = ''] }: StateResource): boolean {
  return STATE_TYPES[type]?.partOf !== undefined && ownership.resource(id)?.partOf !== undefined;
}

function gone(
  input: RuleInput,
  environment: string,
  { address, type, ids, settingOf }: StateResource,
  presence: Presence,
): readonly SeparationFinding[] {
  const id = ids[0] ?? settingOf;
  if (presence !== 'gone' || id === undefined) return [];
  return [
    {
      ...findingAbout(input, {
        identifier: id,
        environment,
        other: null,
        message:
          settingOf === undefined
            ? `${address} is in the state of "${environment}" and not in AWS`
            : `${address} is in the state of "${environment}", and what it is a setting of is not in AWS`,
        evidence: [
          `state: ${address} is ${settingOf === undefined ? '' : 'a setting of '}${id}`,
          `AWS: no ${settingOf === undefined ? `${type} ` : ''}${id} is listed`,
        ],
        remedy: `see what a deployment would make anew: mhtctl plan ${environment}`,
      }),
      resource: address,
      location: locationOf(input.evidence, address),
    },
  ];
}
