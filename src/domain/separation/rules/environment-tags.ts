import { nearestName } from '../../nearest-name.js';
import type { Json } from '../../plan.js';
import { Existence } from '../existence.js';
import type { OpenQuestion, RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { placeOf, type StateResource, stateResources } from '../state-facts.js';
import { STATE_TYPES } from '../state-types.js';
import { findingAbout } from './finding.js';

const TAG = 'Environment';

/** Everything that can be tagged carries its environment's tag, letter for letter, in the state and in AWS. */
export const environmentTags: SeparationRule = {
  id: 'environment-tags',
  title: "every resource carries its environment's tag",
  why: 'Inventory, cost and permissions by tag miss what is tagged otherwise; nobody knows whose it is.',
  needs: ['state', 'tags'],
  find: (input) => [...inStates(input), ...strays(input)],
  open: unread,
};

function inStates(input: RuleInput): readonly SeparationFinding[] {
  const { evidence, ownership } = input;
  const names = new Set(evidence.environments.map(({ binding }) => binding.name));
  return evidence.environments.flatMap((environment) =>
    stateResources(environment).flatMap((resource) => {
      const inState = stateTags(resource);
      const [id] = resource.ids;
      if (inState === undefined || id === undefined) return [];
      const said: string[] = [];
      const wrong = (tags: Readonly<Record<string, unknown>> | undefined, where: string): void => {
        if (tags === undefined) return;
        const value = tags[TAG];
        // That of another environment is judged by a rule of its own.
        if (value === environment.binding.name || (typeof value === 'string' && names.has(value))) return;
        said.push(`${where}: ${spoken(value, tags)}`);
      };
      wrong(inState, 'state');
      wrong(ownership.liveTags(id), 'AWS');
      if (said.length === 0) return [];
      return [tagFinding(input, environment.binding.name, id, resource.address, said)];
    }),
  );
}

/** Resources of the project in no state, whose tag is nearly an environment's name. */
function strays(input: RuleInput): readonly SeparationFinding[] {
  const { evidence, ownership } = input;
  const bindings = evidence.environments.map(({ binding }) => binding);
  const names = bindings.map(({ name }) => name);
  return evidence.inventory.flatMap(({ arn, tags }) => {
    const value = tags[TAG];
    if (value === undefined || names.includes(value) || ownership.inStates(arn).size > 0) return [];
    const near = nearMiss(value, names);
    const binding = bindings.find(({ name }) => name === near);
    if (binding === undefined || tags['Project'] !== binding.variables['project_name']) return [];
    return [tagFinding(input, binding.name, arn, ownership.resolve(arn), [`AWS: ${spoken(value, tags)}`])];
  });
}

function tagFinding(
  input: RuleInput,
  environment: string,
  identifier: string,
  shown: string,
  said: readonly string[],
): SeparationFinding {
  const [first = ''] = said;
  const about = first.slice(first.indexOf(': ') + 2);
  const value = /"(.*)"/.exec(about)?.[1];
  const near = value !== undefined && nearMiss(value, [environment]) !== undefined ? ', a near miss' : '';
  return findingAbout(input, {
    identifier,
    environment,
    other: null,
    message: `${shown} ${about}; expected "${environment}"${near}`,
    evidence: said.map((line) => `${line} (${input.ownership.resolve(identifier)})`),
    remedy: `mhtctl deploy ${environment}; if it is not planned there: aws resourcegroupstaggingapi tag-resources --resource-arn-list ${input.ownership.arnOf(identifier) ?? input.ownership.resolve(identifier)} --tags ${TAG}=${environment}`,
  });
}

function spoken(value: unknown, tags: Readonly<Record<string, unknown>>): string {
  if (value !== undefined) return `has the tag ${TAG} = ${JSON.stringify(value)}`;
  const other = Object.keys(tags).find((key) => key.toLowerCase() === TAG.toLowerCase() || key.toLowerCase() === 'env');
  return other === undefined
    ? `has no tag ${TAG}`
    : `has no tag ${TAG}, but ${JSON.stringify(other)} = ${JSON.stringify(tags[other])}`;
}

/** The name a value was meant to be: other case, an abbreviation, white space around it, a slip of the finger. */
function nearMiss(value: string, names: readonly string[]): string | undefined {
  const trimmed = value.trim();
  return names.find((name) => name.toLowerCase() === trimmed.toLowerCase()) ?? nearestName(trimmed, names);
}

/** The tags in a state, default tags included; undefined for a type without tags. */
export function stateTags({ instance }: Pick<StateResource, 'instance'>): Readonly<Record<string, Json>> | undefined {
  const tags = instance.attributes['tags_all'];
  if (tags === undefined) return undefined;
  return tags !== null && typeof tags === 'object' && !Array.isArray(tags)
    ? (tags as Readonly<Record<string, Json>>)
    : {};
}

/** Resources that can be tagged and whose tags nobody told. What is not there is missed by another rule. */
function unread({ evidence, ownership }: RuleInput): readonly OpenQuestion[] {
  const existence = new Existence(evidence);
  return evidence.environments.flatMap((environment) =>
    stateResources(environment).flatMap((resource) => {
      const [id] = resource.ids;
      if (id === undefined || stateTags(resource) === undefined || ownership.liveTags(id) !== undefined) return [];
      if (existence.of(id, STATE_TYPES[resource.type]?.as ?? resource.type, placeOf(environment)) === 'gone') return [];
      return [
        {
          environments: [environment.binding.name],
          resource: resource.address,
          reason: 'AWS does not list it by its tags, and its service was not asked for them',
        },
      ];
    }),
  );
}
