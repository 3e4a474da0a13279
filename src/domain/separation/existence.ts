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
  /** Types with what all parts of that type were listed of. */
  readonly #listedWithin: ReadonlySet<string>;
  /** Ids of the hosted zones that are there. */
  readonly #zones: ReadonlySet<string>;

  constructor(live: Pick<Facts, 'resources' | 'listedTypes'>) {
    this.#there = new Set(live.resources.map(({ id }) => id));
    this.#zones = new Set(
      live.resources.flatMap(({ id, type }) =>
        type === 'aws_route53_zone' ? [id.slice(id.lastIndexOf('/') + 1)] : [],
      ),
    );
    const whole = live.listedTypes.filter(({ within }) => within === undefined);
    this.#listed = new Set(whole.map(({ type, accountId, region }) => `${type} ${accountId} ${region}`));
    this.#listedWithin = new Set(
      live.listedTypes.flatMap(({ type, within }) => (within === undefined ? [] : [`${type} ${within}`])),
    );
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
    if (regions.some((each) => this.#listed.has(`${type} ${account} ${each}`))) return 'gone';
    return this.#isGoneFromItsWhole(id, type, place) ? 'gone' : 'unknown';
  }

  /** Whether all parts of its whole were listed, and it is not there; or whether its whole is gone. */
  #isGoneFromItsWhole(id: string, type: string, place: Place): boolean {
    const whole = wholeOf(id, type, place);
    if (whole === undefined) return false;
    return this.#listedWithin.has(`${type} ${whole.id}`) || this.of(whole.id, whole.type, place) === 'gone';
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
    return this.#zones.has(zoneIdOf(record));
  }
}

/**
 * What something is listed with: the zone of a record, the load balancer of a listener, the listener of a rule. Undefined
 * for what is listed by itself.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
function wholeOf(
  id: string,
  type: string,
  { partition }: Place,
): { readonly id: string; readonly type: string } | undefined {
  if (type === 'aws_route53_record')
    return { id: `arn:${partition}:route53:::hostedzone/${zoneIdOf(id)}`, type: 'aws_route53_zone' };
  const upToLast = id.slice(0, id.lastIndexOf('/'));
  if (type === 'aws_lb_listener') return { id: upToLast.replace(':listener/', ':loadbalancer/'), type: 'aws_lb' };
  if (type === 'aws_lb_listener_rule')
    return { id: upToLast.replace(':listener-rule/', ':listener/'), type: 'aws_lb_listener' };
  return undefined;
}

function zoneIdOf(record: string): string {
  return record.slice(0, record.indexOf('/'));
}

/** Why nobody knows whether a resource of a state is there. */
export function whyUnknown({ unread }: Evidence, environment: string, resource: StateResource): string {
  const { type, ids, settingOf } = resource;
  const [id] = ids;
  if (ids.length === 0 && settingOf === undefined) return 'the state names nothing that identifies it in AWS';
  const gap = unread.find(
    ({ areas, environments }) => areas.includes('existence') && environments.includes(environment),
  );
  if (gap !== undefined && Object.hasOwn(STATE_TYPES, type)) return gap.reason;
  return type === 'aws_route53_record' && id !== undefined
    ? `its hosted zone ${zoneIdOf(id)} is in no account that mhtctl looks at`
    : `mhtctl does not ask AWS for resources of type ${type}`;
}
