import { isExcludedByPattern, stringsIn } from '../../foreign-names.js';
import type { Json } from '../../plan.js';
import { plainText } from '../../user-data.js';
import { crossings, environmentsBetween } from '../crossings.js';
import type { EnvironmentEvidence } from '../evidence.js';
import type { Relation } from '../facts.js';
import { bindingsOf } from '../names.js';
import { referredTo } from '../referred-to.js';
import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { isRunMode } from '../run-modes.js';
import { placeOf, relationsOf, type StateResource, stateResources } from '../state-facts.js';
import { isTagPath } from '../state-tags.js';
import { STATE_TYPES } from '../state-types.js';
import { crossingFinding } from './crossing-rule.js';
import { changesAnothers } from './crossing-settings.js';
import { referenceFinding } from './finding.js';
import { othersRead, outputsOfOthers } from './outputs-and-reads.js';

/** Attributes that are a resource's own identity; other rules judge them. */
const IDENTITY: ReadonlySet<string> = new Set([
  'alarm_name',
  'arn',
  'bucket',
  'description',
  'id',
  'name',
  'name_prefix',
  'url',
]);

/** Nothing else in an environment refers to what is another's. */
export const references: SeparationRule = {
  id: 'references',
  title: 'no other setting of one environment refers to another',
  why: 'A setting that names a resource is there to use it; sooner or later something does.',
  needs: ['state'],
  find: (input) => [
    ...crossings(input, new Set(['mentions'])).map((crossing) => crossingFinding(input, crossing, 'mentions')),
    ...inStates(input),
    ...outputsOfOthers(input),
    ...othersRead(input, 'others'),
  ],
};

function inStates(input: RuleInput): readonly SeparationFinding[] {
  const unsaid = unsaidIn(input);
  return input.evidence.environments.flatMap((environment) =>
    stateResources(environment).flatMap((resource) => inResource(input, environment, resource, unsaid)),
  );
}

/** The first attribute that refers to another environment, of those that no rule of their own judges. */
function inResource(
  input: RuleInput,
  environment: EnvironmentEvidence,
  resource: StateResource,
  unsaid: Unsaid,
): readonly SeparationFinding[] {
  const { ownership } = input;
  const { name } = environment.binding;
  const identifier = resource.ids[0] ?? resource.settingOf;
  if (identifier !== undefined && ownership.ownersOf(identifier).size > 1) return [];
  // That it is in this state at all is one finding of another rule.
  if (changesAnothers(ownership, name, resource)) return [];
  for (const found of unjudgedTexts(resource)) {
    const named = referredTo(input, name, found.text);
    if (named === undefined || isRunMode(found.path, found.text, bindingsOf(input.evidence))) continue;
    const rest = unsaid(environment, resource, named, found);
    const other = referredTo(input, name, rest);
    if (other === undefined) continue;
    const reference = { environment: name, other, address: resource.address, path: found.path, text: rest };
    return [referenceFinding(input.evidence, reference, `${found.path} of ${resource.address}`)];
  }
  return [];
}

/** A text of a resource. */
interface FoundText {
  readonly path: string;
  /** The path without the numbers of blocks. */
  readonly attribute: string;
  readonly text: string;
}

/** The texts of a resource that no rule of their own judges. */
function* unjudgedTexts({ instance: { type, attributes } }: StateResource): Generator<FoundText> {
  const judged = judgedElsewhere(type);
  for (const [name, value] of Object.entries(attributes)) {
    if (IDENTITY.has(name)) continue;
    for (const found of stringsIn(value as Json, false, name)) {
      const { path, text } = found;
      const attribute = path.replace(/\[\d+\]/g, '');
      if (text.length < 3 || isTagPath(attribute) || isExcludedByPattern(found)) continue;
      if (judged.some((each) => attribute === each || attribute.startsWith(`${each}.`))) continue;
      yield { path, attribute, text: plainText(name, text) };
    }
  }
}

/** What of a text of a resource, which refers to another environment, no other rule finds. */
type Unsaid = (environment: EnvironmentEvidence, resource: StateResource, other: string, found: FoundText) => string;

/**
 * Takes out of a text what a rule of its own finds: the target of a relation that leads to the other environment, by its
 * identifier or its name. What stands in one block with such a target, like a prefix beside a bucket, goes with it.
 */
function unsaidIn(input: RuleInput): Unsaid {
  const { ownership } = input;
  let known: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  return (environment, resource, other, { attribute, text }) => {
    // A secret is one word of a text, and says nothing of the others.
    const leadsThere = (relation: Relation) =>
      relation.kind !== 'secret' && environmentsBetween(ownership, relation).some((pair) => pair.includes(other));
    const written = relationsOf(resource, placeOf(environment)).filter(leadsThere);
    if (written.some(({ where }) => isBeside(where, attribute, resource.settingOf !== undefined))) return '';
    // Most states refer to nobody, and then nobody asks.
    known ??= crossingTargets(input);
    const subject = resource.ids[0] ?? resource.settingOf;
    const targets = subject === undefined ? undefined : known.get(ownership.resolve(subject));
    return [...(targets ?? [])].reduce(without, text);
  };
}

/** What relations that cross lead to, by the identifier of where they start; not those that this rule itself judges. */
function crossingTargets(input: RuleInput): ReadonlyMap<string, ReadonlySet<string>> {
  const kinds = new Set(input.evidence.facts.relations.map(({ kind }) => kind));
  kinds.delete('mentions');
  const found = new Map<string, Set<string>>();
  for (const { from, told } of crossings(input, kinds)) {
    const known = found.get(from) ?? new Set();
    found.set(from, known);
    for (const { to } of told) known.add(to);
  }
  return found;
}

/** Whether two attributes stand in the same block, or in the same mere setting. */
function isBeside(attribute: string, other: string, isSetting: boolean): boolean {
  const block = attribute.slice(0, Math.max(attribute.lastIndexOf('.'), 0)).replace(/\[[^\]]*\]/g, '');
  return block === '' ? isSetting : other.startsWith(`${block}.`);
}

/** A text without the words that are an identifier, or the end of it, by which most settings go: a name or a number. */
function without(text: string, identifier: string): string {
  const end = identifier.slice(Math.max(identifier.lastIndexOf(':'), identifier.lastIndexOf('/')) + 1);
  return [identifier, end].reduce(
    // A look at the text is cheaper than a pattern, and most texts have none of the words.
    (rest, word) => (rest.includes(word) ? rest.replace(wholeWord(word), '') : rest),
    text,
  );
}

function wholeWord(word: string): RegExp {
  return new RegExp(`(?<![\\w-])${word.replace(/[^\w-]/g, '\\$&')}(?![\\w-])`, 'g');
}

/** Attributes that are a tag. */
const OF_TAGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_autoscaling_group', ['tag']],
  ['aws_autoscaling_group_tag', ['tag']],
  ['aws_ec2_tag', ['key', 'value']],
]);

const judgedPaths = new Map<string, readonly string[]>();

/** Paths of a type's attributes that rules of their own judge. */
function judgedElsewhere(type: string): readonly string[] {
  const known = judgedPaths.get(type);
  if (known !== undefined) return known;
  const { relations = [], policies = [], settingOf, partOf, id } = STATE_TYPES[type] ?? {};
  const paths = [
    ...(OF_TAGS.get(type) ?? []),
    ...relations.map(([, path]) => path.replace(/\[[^\]]*\]/g, '').replace(/^\./, '')),
    ...policies.map(([, path]) => path),
    ...[settingOf, partOf, id].flatMap((entry) => (entry === undefined ? [] : [entry[0]])),
  ];
  judgedPaths.set(type, paths);
  return paths;
}
