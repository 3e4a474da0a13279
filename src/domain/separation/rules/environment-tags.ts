import type { Binding } from '../../environment.js';
import { nearestName } from '../../nearest-name.js';
import { carriesName } from '../../physical-name.js';
import { existenceIn } from '../existence.js';
import { canonicalId, isEc2Id, parseArn } from '../identifiers.js';
import { locationOf } from '../location.js';
import type { OpenQuestion, RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { placeOf, stateResources } from '../state-facts.js';
import { taggedInState } from '../state-tags.js';
import { meansEnvironment } from '../telling-tags.js';
import { findingAbout } from './finding.js';

const TAG = 'Environment';

type Tags = Readonly<Record<string, unknown>>;

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
  const names = new Set<unknown>(evidence.environments.map(({ binding }) => binding.name));
  return evidence.environments.flatMap((environment) =>
    stateResources(environment).flatMap((resource) =>
      taggedInState(resource).flatMap(({ id, tags }): readonly SeparationFinding[] => {
        const live = ownership.liveTags(id);
        const told = [
          ['state', tags],
          // Of what AWS made, like a default ACL, only a tag that it has can be wrong.
          ['AWS', tags === undefined && live?.[TAG] === undefined ? undefined : live],
        ] as const;
        // That of another environment is judged by a rule of its own.
        const wrong = told.flatMap(([where, said]) =>
          said === undefined || names.has(said[TAG]) ? [] : [{ where, said }],
        );
        if (wrong.length === 0) return [];
        const shown = id === resource.ids[0] ? resource.address : `${id} of ${resource.address}`;
        return [
          {
            ...tagFinding(input, environment.binding.name, id, shown, wrong),
            resource: resource.address,
            location: locationOf(evidence, resource.address),
          },
        ];
      }),
    ),
  );
}

/** Resources of the project in no state, whose tag is nearly that of an environment. */
function* strays(input: RuleInput): Generator<SeparationFinding> {
  const { evidence, ownership } = input;
  const bindings = evidence.environments.map(({ binding }) => binding);
  const names = bindings.map(({ name }) => name);
  for (const id of ownership.listed()) {
    const tags = ownership.liveTags(id) ?? {};
    const value = tags[TAG] ?? tags[nearKey(tags) ?? TAG];
    if (value === undefined || names.includes(tags[TAG] ?? '') || ownership.inStates(id).size > 0) continue;
    const near = nearMiss(value, names);
    const binding = bindings.find(({ name }) => name === near);
    if (binding === undefined || !isOfProject(ownership, id, tags, binding)) continue;
    yield tagFinding(input, binding.name, id, ownership.resolve(id), [{ where: 'AWS', said: tags }]);
  }
}

/** Whether a resource is of an environment's project: by its tag, or by its name where it has no such tag. */
function isOfProject(ownership: RuleInput['ownership'], id: string, tags: Tags, { variables }: Binding): boolean {
  const { project_name: project } = variables;
  if (tags['Project'] !== undefined || typeof project !== 'string') return tags['Project'] === project;
  return carriesName(ownership.resource(id)?.name ?? parseArn(id)?.resource ?? id, project);
}

function tagFinding(
  { evidence, ownership }: RuleInput,
  environment: string,
  identifier: string,
  shown: string,
  wrong: readonly { readonly where: string; readonly said: Tags }[],
): SeparationFinding {
  const id = ownership.resolve(identifier);
  const values = wrong.map(({ said }) => said[TAG]);
  const near = values.some((value) => typeof value === 'string' && nearMiss(value, [environment]) !== undefined);
  return findingAbout(
    { evidence, ownership },
    {
      identifier,
      environment,
      other: null,
      message: `${shown} ${spoken(wrong[0]?.said ?? {})}; expected "${environment}"${near ? ', a near miss' : ''}`,
      evidence: wrong.map(({ where, said }) => `${where}: ${spoken(said)} (${id})`),
      remedy: `mhtctl deploy ${environment}; if it is not planned there: ${tagging(ownership.arnOf(id) ?? id, environment)}`,
    },
  );
}

/**
 * The command that gives something its tag. The tagging API takes neither bare ids nor what is of IAM.
 * Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_TagResources.html
 */
function tagging(id: string, environment: string): string {
  if (isEc2Id(canonicalId(id)))
    return `aws ec2 create-tags --resources ${canonicalId(id)} --tags Key=${TAG},Value=${environment}`;
  const arn = parseArn(id);
  const [, kind, name] = /^(role|user|instance-profile)\/(?:.*\/)?([^/]+)$/.exec(arn?.resource ?? '') ?? [];
  if (arn?.service === 'iam' && kind !== undefined)
    return `aws iam tag-${kind} --${kind}-name ${name} --tags Key=${TAG},Value=${environment}`;
  if (arn?.service === 'iam') return `aws iam tag-policy --policy-arn ${id} --tags Key=${TAG},Value=${environment}`;
  return `aws resourcegroupstaggingapi tag-resources --resource-arn-list ${id} --tags ${TAG}=${environment}`;
}

function spoken(tags: Tags): string {
  if (tags[TAG] !== undefined) return `has the tag ${TAG} = ${JSON.stringify(tags[TAG])}`;
  const other = nearKey(tags);
  return other === undefined
    ? `has no tag ${TAG}`
    : `has no tag ${TAG}, but ${JSON.stringify(other)} = ${JSON.stringify(tags[other])}`;
}

function nearKey(tags: Tags): string | undefined {
  return Object.keys(tags).find((key) => key !== TAG && meansEnvironment(key));
}

/**
 * The name a value was meant to be: other case, an abbreviation or contraction, white space around it, a slip of the
 * finger. A longer word, or one with a number, may well be the name of an environment that is not compared.
 */
function nearMiss(value: string, names: readonly string[]): string | undefined {
  const meant = value.trim().toLowerCase();
  const same = names.find((name) => name.toLowerCase() === meant);
  if (same !== undefined) return same;
  const contracted = names.filter((name) => isContraction(meant, name.toLowerCase()));
  if (contracted.length === 1) return contracted[0];
  const near = nearestName(meant, names);
  if (near === undefined) return undefined;
  const isSlip = Math.abs(near.length - meant.length) < 2 && /\d/.test(near) === /\d/.test(meant);
  return isSlip || contracted.includes(near) ? near : undefined;
}

/** Whether a word is a name with letters left out, at its end like `prod` or within like `prd`. */
function isContraction(word: string, name: string): boolean {
  if (word.length < 3 || word.length >= name.length || word[0] !== name[0]) return false;
  let at = 0;
  for (const letter of word) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** What can be tagged and whose tags nobody told. What is not there is missed by another rule. */
function unread({ evidence, ownership }: RuleInput): readonly OpenQuestion[] {
  const existence = existenceIn(evidence);
  return evidence.environments.flatMap((environment) =>
    stateResources(environment).flatMap((resource) =>
      taggedInState(resource).flatMap(({ id, tags }): readonly OpenQuestion[] => {
        if (tags === undefined || ownership.liveTags(id) !== undefined) return [];
        const presence =
          id === resource.ids[0]
            ? existence.ofResource(resource, environment)
            : existence.of(id, ownership.resource(id)?.type, placeOf(environment));
        if (presence === 'gone') return [];
        return [
          {
            environments: [environment.binding.name],
            resource: id === resource.ids[0] ? resource.address : `${id} of ${resource.address}`,
            reason: 'AWS does not list it by its tags, and its service was not asked for them',
          },
        ];
      }),
    ),
  );
}
