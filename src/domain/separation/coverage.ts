import type { EnvironmentEvidence, Evidence } from './evidence.js';
import { type Existence, existenceIn, whyUnknown } from './existence.js';
import type { Unread } from './facts.js';
import { parseArn } from './identifiers.js';
import type { Ownership } from './ownership.js';
import type { Coverage } from './report.js';
import { placeOf, type StateResource, stateResources } from './state-facts.js';
import { stateTags } from './state-tags.js';
import { STATE_TYPES } from './state-types.js';

/** How much of each environment was looked at, resource by resource. */
export function coverageOf(evidence: Evidence, ownership: Ownership): Readonly<Record<string, Coverage>> {
  const existence = existenceIn(evidence);
  const reasons = new Map(
    evidence.unread.flatMap(({ subject, action, reason }) => [
      [subject, reason] as const,
      // Some are asked for by their names, which resources of several services may have.
      [`${action.split(':')[0]} ${subject}`, reason] as const,
    ]),
  );
  return Object.fromEntries(
    evidence.environments.map((environment) => {
      const resources = stateResources(environment);
      const uncheckable = resources.flatMap((resource) => {
        const reason = whyUncheckable(resource, { environment, evidence, ownership, existence, reasons });
        return reason === undefined ? [] : [{ resource: resource.address, reason }];
      });
      return [
        environment.binding.name,
        { inState: resources.length, checked: resources.length - uncheckable.length, uncheckable },
      ];
    }),
  );
}

interface Seen {
  readonly environment: EnvironmentEvidence;
  readonly evidence: Evidence;
  readonly ownership: Ownership;
  readonly existence: Existence;
  /** Why a resource could not be read, by its identifier, and by its service and name. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** Why a resource counts as not checked; undefined when it was found in AWS and read as far as the rules need. */
function whyUncheckable(resource: StateResource, seen: Seen): string | undefined {
  const { ownership, existence, environment, evidence } = seen;
  const { type, ids, settingOf } = resource;
  if (!type.startsWith('aws_')) return 'it is no AWS resource: it exists in the state alone';
  const known = STATE_TYPES[type];
  const identifier = ids[0] ?? (settingOf === undefined ? undefined : ownership.resolve(settingOf));
  if (identifier === undefined) return whyUnknown(evidence, environment.binding.name, resource);
  // A setting, or a part that is not listed by itself, is seen with its whole.
  const whole =
    settingOf === undefined
      ? known?.partOf === undefined
        ? undefined
        : ownership.resource(identifier)?.partOf
      : identifier;
  const presence = existence.ofResource(resource, environment) ?? 'unknown';
  const seenAs =
    presence === 'unknown' && whole !== undefined
      ? existence.of(ownership.resolve(whole), ownership.resource(whole)?.type, placeOf(environment))
      : presence;
  if (seenAs === 'gone') return 'it is not in AWS';
  if (seenAs === 'unknown') return whyUnknown(evidence, environment.binding.name, resource);
  if (ids.length > 0 && stateTags(resource) !== undefined && ownership.liveTags(identifier) === undefined)
    return gapAbout(evidence.unread, environment, 'tags') ?? 'its tags could not be read';
  const service = parseArn(identifier)?.service;
  return seen.reasons.get(identifier) ?? seen.reasons.get(`${service} ${ownership.resource(identifier)?.name}`);
}

function gapAbout(
  unread: readonly Unread[],
  { binding }: EnvironmentEvidence,
  area: Unread['areas'][number],
): string | undefined {
  return unread.find(({ areas, environments }) => areas.includes(area) && environments.includes(binding.name))?.reason;
}
