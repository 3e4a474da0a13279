import type { EnvironmentEvidence, Evidence } from './evidence.js';
import type { Facts } from './facts.js';
import { parseArn } from './identifiers.js';
import { type Place, placeOf, type StateResource } from './state-facts.js';
import { STATE_TYPES } from './state-types.js';

/** Whether a resource is there: as the service's own listing says, or unknown where nothing was listed. */
export type Presence = 'there' | 'gone' | 'unknown';

/** Services whose resources are the same in every region. */
const GLOBAL: ReadonlySet<string> = new Set(['iam', 's3', 'route53']);

const known = new WeakMap<Facts, Existence>();

/** What is there, by the services' own listings. Computed once for the same evidence. */
export function existenceIn({ live }: Pick<Evidence, 'live'>): Existence {
  const existence = known.get(live) ?? new Existence(live);
  known.set(live, existence);
  return existence;
}

/** See {@link existenceIn}. */
export class Existence {
  readonly #there: ReadonlySet<string>;
  readonly #listed: ReadonlySet<string>;
  /** Ids of the hosted zones that are there. */
  readonly #zones: ReadonlySet<string>;

  constructor(live: Pick<Facts, 'resources' | 'listedTypes'>) {
    this.#there = new Set(live.resources.map(({ id }) => id));
    this.#zones = new Set(
      live.resources.flatMap(({ id, type }) =>
        type === 'aws_route53_zone' ? [id.slice(id.lastIndexOf('/') + 1)] : [],
      ),
    );
    this.#listed = new Set(live.listedTypes.map(({ type, accountId, region }) => `${type} ${accountId} ${region}`));
  }

  /**
   * Whether a resource is there.
   * @param id canonical identifier
   * @param type Terraform's type as AWS's answers have it; undefined when it is not known
   * @param place account and region to look in, where the identifier does not say
   */
  of(id: string, type: string | undefined, place: Place): Presence {
    if (this.#there.has(id)) return 'there';
    if (type === undefined || (type === 'aws_route53_record' && !this.#hasZoneOf(id))) return 'unknown';
    const arn = parseArn(id);
    const account = arn === undefined || arn.accountId === '' ? place.accountId : arn.accountId;
    const region = arn === undefined || arn.region === '' ? place.region : arn.region;
    const regions = arn !== undefined && GLOBAL.has(arn.service) ? ['global'] : [region, 'global'];
    return regions.some((each) => this.#listed.has(`${type} ${account} ${each}`)) ? 'gone' : 'unknown';
  }

  /** Whether a resource of a state is there: in the account and region that its own ARN says, else the environment's. */
  ofResource(resource: StateResource, environment: EnvironmentEvidence): Presence | undefined {
    const { ids, type, instance } = resource;
    const { arn } = instance.attributes;
    const own = typeof arn === 'string' ? parseArn(arn) : undefined;
    const { accountId, region, partition } = placeOf(environment);
    const place = { partition, accountId: own?.accountId || accountId, region: own?.region || region };
    return ids[0] === undefined ? undefined : this.of(ids[0], STATE_TYPES[type]?.as ?? type, place);
  }

  /** Records are listed with their zone, which may be in an account that nobody looks at. */
  #hasZoneOf(record: string): boolean {
    return this.#zones.has(record.slice(0, record.indexOf('/')));
  }
}

/** Why nobody knows whether a resource of a state is there. */
export function whyUnknown({ unread }: Evidence, environment: string, resource: StateResource): string {
  const { type, ids, settingOf } = resource;
  if (ids.length === 0 && settingOf === undefined) return 'the state names nothing that identifies it in AWS';
  const gap = unread.find(
    ({ areas, environments }) => areas.includes('existence') && environments.includes(environment),
  );
  return gap !== undefined && Object.hasOwn(STATE_TYPES, type)
    ? gap.reason
    : `mhtctl does not ask AWS for resources of type ${type}`;
}
