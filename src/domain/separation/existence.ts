import type { Evidence } from './evidence.js';
import { parseArn } from './identifiers.js';
import type { Place } from './state-facts.js';

/** Whether a resource is there: as the service's own listing says, or unknown where nothing was listed. */
export type Presence = 'there' | 'gone' | 'unknown';

/** Services whose resources are the same in every region. */
const GLOBAL: ReadonlySet<string> = new Set(['iam', 's3', 'route53']);

/** What is there, by the services' own listings. */
export class Existence {
  readonly #there: ReadonlySet<string>;
  readonly #listed: ReadonlySet<string>;

  constructor({ live }: Pick<Evidence, 'live'>) {
    this.#there = new Set(live.resources.map(({ id }) => id));
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
    if (type === undefined) return 'unknown';
    const arn = parseArn(id);
    const account = arn === undefined || arn.accountId === '' ? place.accountId : arn.accountId;
    const region = arn === undefined || arn.region === '' ? place.region : arn.region;
    const regions = arn !== undefined && GLOBAL.has(arn.service) ? ['global'] : [region, 'global'];
    return regions.some((each) => this.#listed.has(`${type} ${account} ${each}`)) ? 'gone' : 'unknown';
  }
}
