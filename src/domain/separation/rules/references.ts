import { stringsIn } from '../../foreign-names.js';
import type { Json } from '../../plan.js';
import { crossings } from '../crossings.js';
import { bindingsOf, wordThatNames } from '../names.js';
import { referredTo } from '../referred-to.js';
import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { type StateResource, stateResources } from '../state-facts.js';
import { STATE_TYPES } from '../state-types.js';
import { crossingFinding } from './crossing-rule.js';
import { findingAbout } from './finding.js';

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

/** Tags, wherever they stand: rules of their own judge them. */
const TAGS = /(?:^|\.)(?:tags|tags_all|volume_tags|tag_specifications)(?:\.|$)/;

/** Nothing else in an environment refers to what is another's. */
export const references: SeparationRule = {
  id: 'references',
  title: 'no other setting of one environment refers to another',
  why: 'A setting that names a resource is there to use it; sooner or later something does.',
  needs: ['state'],
  find: (input) => [
    ...crossings(input, new Set(['mentions'])).map((crossing) => crossingFinding(input, crossing, 'mentions')),
    ...inStates(input),
  ],
};

function inStates(input: RuleInput): readonly SeparationFinding[] {
  return input.evidence.environments.flatMap((environment) =>
    stateResources(environment).flatMap((resource) => inResource(input, environment.binding.name, resource)),
  );
}

/** The first attribute that refers to another environment, of those that no rule of their own judges. */
function inResource(input: RuleInput, environment: string, resource: StateResource): readonly SeparationFinding[] {
  const { ownership } = input;
  const { instance, ids, settingOf, address } = resource;
  const identifier = ids[0] ?? settingOf;
  if (identifier !== undefined && ownership.ownersOf(identifier).size > 1) return [];
  const judged = judgedElsewhere(instance.type);
  for (const [name, value] of Object.entries(instance.attributes)) {
    if (IDENTITY.has(name)) continue;
    for (const { path, text } of stringsIn(value as Json, false, name)) {
      const plain = path.replace(/\[\d+\]/g, '');
      if (text.length < 3 || TAGS.test(plain) || judged.some((each) => plain === each || plain.startsWith(`${each}.`)))
        continue;
      const other = referredTo(input, environment, text);
      if (other === undefined) continue;
      const word = wordThatNames(text, other, bindingsOf(input.evidence));
      return [
        {
          ...findingAbout(input, {
            identifier: identifier ?? address,
            environment,
            other,
            message: `${path} of ${address} refers to "${other}"`,
            evidence: [`state: ${address} ${path} contains ${JSON.stringify(word)}`],
            remedy: `give it a value of "${environment}"'s own in the configuration, then: mhtctl deploy ${environment}`,
          }),
          resource: address,
        },
      ];
    }
  }
  return [];
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
