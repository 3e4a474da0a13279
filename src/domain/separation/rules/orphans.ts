import { typeOfArn } from '../arn-types.js';
import { existenceIn, type Presence } from '../existence.js';
import { canonicalId, parseArn } from '../identifiers.js';
import type { OpenQuestion, RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { placeOf } from '../state-facts.js';
import { findingAbout } from './finding.js';

/** The tag `ManagedBy` of what `mhtctl bootstrap` makes, and the types of it: see `backendTags`. */
const BOOTSTRAP = { tag: 'mhtctl', types: new Set(['aws_s3_bucket', 'aws_dynamodb_table']) };

/** What says that it is an environment's is in its state. */
export const orphans: SeparationRule = {
  id: 'orphans',
  title: 'everything tagged with an environment is in its state',
  why: 'Nobody plans, reviews or removes it; it costs money, and its permissions and connections go unseen.',
  needs: ['state', 'tags', 'existence'],
  find: (input) =>
    candidates(input).flatMap(({ environment, id, tags, presence }): readonly SeparationFinding[] =>
      presence === 'there'
        ? [
            findingAbout(input, {
              identifier: id,
              environment,
              other: null,
              message: `${id} is tagged Environment = "${environment}", is there, and is in no state`,
              evidence: [`AWS: ${id} ${JSON.stringify(tags)}`],
              remedy: `configure and import it (mhtctl import ${environment} ADDRESS ID), or delete it; until then nothing of "${environment}" may rely on it`,
            }),
          ]
        : [],
    ),
  open: (input) =>
    candidates(input).flatMap(({ environment, id, presence }): readonly OpenQuestion[] =>
      presence === 'unknown'
        ? [
            {
              environments: [environment],
              resource: id,
              reason: 'it is tagged and in no state, and mhtctl does not ask its service whether it is still there',
            },
          ]
        : [],
    ),
};

/** Canonical identifiers of what is found to be in no state; what else is wrong with it is of no account. */
export function orphansIn(input: RuleInput): ReadonlySet<string> {
  return new Set(candidates(input).flatMap(({ id, presence }) => (presence === 'there' ? [id] : [])));
}

interface Candidate {
  readonly environment: string;
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly presence: Exclude<Presence, 'gone'>;
}

const known = new WeakMap<RuleInput, readonly Candidate[]>();

/** What is tagged and in no state. Computed once: what is there is found, and what may be there is open. */
function candidates(input: RuleInput): readonly Candidate[] {
  const found = known.get(input) ?? findCandidates(input);
  known.set(input, found);
  return found;
}

function findCandidates({ evidence, ownership }: RuleInput): readonly Candidate[] {
  const existence = existenceIn(evidence);
  const bindings = new Map(evidence.environments.map((environment) => [environment.binding.name, environment]));
  const unseen = new Set(
    evidence.environments.filter(({ state }) => state === null).map(({ binding }) => binding.name),
  );
  const made = madeByManaged(ownership);
  const seen = new Set<string>();
  const found: Candidate[] = [];
  const look = (identifier: string, type: string | undefined, tags: Candidate['tags']): void => {
    const id = canonicalId(identifier);
    const environment = bindings.get(tags['Environment'] ?? '');
    if (environment === undefined || seen.has(id)) return;
    const { name } = environment.binding;
    // Without its state nothing can be said to be missing from it; what bootstrap made is in none.
    if (
      unseen.has(name) ||
      (tags['ManagedBy'] === BOOTSTRAP.tag && BOOTSTRAP.types.has(type ?? '')) ||
      ownership.isBackend(id) ||
      isPartOfManaged(ownership, made, id)
    )
      return;
    if (!ownership.ownersOf(id).has(name)) return;
    const place = placeOf(environment);
    // Of an EC2 resource, only its ARN has the region.
    const region = parseArn(identifier)?.region || place.region;
    const presence = existence.of(id, type, { ...place, region });
    // Deleted ones are listed for hours.
    if (presence !== 'gone') found.push({ environment: name, id, tags, presence });
  };
  for (const { id, type, tags } of evidence.live.resources) {
    if (tags === undefined) continue;
    look(id, type, tags);
    if (bindings.has(tags['Environment'] ?? '')) seen.add(canonicalId(id));
  }
  for (const [id, arn, tags] of ownership.inventory()) look(arn, typeOfArn(arn), ownership.liveTags(id) ?? tags);
  return found;
}

/** Tags that AWS sets on what something makes, with where the ARN of the maker has the name that the tag has. */
const MAKERS: readonly (readonly [tag: string, arn: RegExp])[] = [
  ['aws:autoscaling:groupName', /^arn:[^:]+:autoscaling:.*:autoScalingGroupName\/(.+)$/],
  ['aws:cloudformation:stack-name', /^arn:[^:]+:cloudformation:[^:]*:[^:]*:stack\/([^/]+)/],
];

/**
 * What AWS makes for something and with its tags, and so in no state of its own. Other parts, like a rule of a security
 * group or of a listener, are made by people.
 */
const MADE_WITH_ITS_WHOLE: ReadonlySet<string> = new Set(['aws_ebs_volume', 'aws_instance', 'aws_network_interface']);

/** The resource that brought this one with it; undefined for what somebody made by itself. */
function makerOf(ownership: RuleInput['ownership'], id: string): string | undefined {
  const { type = '', partOf } = ownership.resource(id) ?? {};
  return MADE_WITH_ITS_WHOLE.has(type) ? partOf : undefined;
}

/** What a managed resource brought with it: an instance's volume, an Auto Scaling group's instance and its volume. */
function isPartOfManaged(ownership: RuleInput['ownership'], made: ReadonlySet<string>, identifier: string): boolean {
  const visited = new Set<string>();
  for (let id: string | undefined = identifier; id !== undefined && !visited.has(id); id = makerOf(ownership, id)) {
    visited.add(id);
    if (ownership.inStates(id).size > 0) return true;
    const tags = ownership.liveTags(id) ?? {};
    if (MAKERS.some(([tag]) => made.has(`${tag} ${tags[tag]}`))) return true;
  }
  return false;
}

/** Tags with the values that AWS sets on what managed groups and stacks make. */
function madeByManaged(ownership: RuleInput['ownership']): ReadonlySet<string> {
  return new Set(
    ownership.managed().flatMap((id) =>
      MAKERS.flatMap(([tag, arn]) => {
        const [, name] = arn.exec(id) ?? [];
        return name === undefined ? [] : [`${tag} ${name}`];
      }),
    ),
  );
}
