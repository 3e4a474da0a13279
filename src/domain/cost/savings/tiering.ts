import { editLine } from '../../binding/invalid-configuration.js';
import type { CostedResource } from '../costed-resource.js';
import { estimate } from '../estimate.js';
import { type Money, moneyOf } from '../money.js';
import { Neighbours } from '../neighbours.js';
import type { SavingsEvidence, SavingsRule } from './saving.js';

const VARIABLE = 'enable_s3_intelligent_tiering';
/** Use that has to be stated: with assumed numbers the answer would be ours and not the bucket's. */
const NEEDED = ['stored_gb', 'objects', 'infrequent_share'];

/** Intelligent-Tiering where watching the objects costs more than the colder tier saves, or the other way round. */
export const tiering: SavingsRule = (evidence) => {
  const { resources, basis, environment } = evidence;
  const neighbours = new Neighbours(resources);
  return resources.flatMap((bucket) => {
    const { address, type, attributes } = bucket;
    const name = attributes['bucket'];
    if (type !== 'aws_s3_bucket' || typeof name !== 'string') return [];
    if (NEEDED.some((use) => basis.usage.stated(type, address, use) === undefined)) return [];
    const { intelligentTiering, expiresAfterDays } = neighbours.lifecycle(name);
    if (expiresAfterDays !== undefined) return [];
    const [now, changed] = [intelligentTiering, !intelligentTiering].map(
      (on) => usageWith(bucket, name, on, evidence).usage,
    );
    const monthly = (now ?? 0) - (changed ?? 0);
    if (monthly <= 0) return [];
    const line = `${VARIABLE} = ${!intelligentTiering}`;
    const own = environment.variables[VARIABLE];
    return [
      {
        resources: [address],
        monthly,
        kind: 'usage' as const,
        message: intelligentTiering
          ? 'watching its objects costs more than the colder tier saves'
          : 'the colder tier saves more than watching its objects costs',
        change: own === undefined ? `add to ${environment.variablesFile}: ${line}` : editLine(own.location, line),
      },
    ];
  });
};

/** What a bucket's use costs with the tiering on or off. */
function usageWith(bucket: CostedResource, name: string, on: boolean, { basis }: SavingsEvidence): Money {
  const lifecycle: CostedResource = {
    address: 'lifecycle',
    type: 'aws_s3_bucket_lifecycle_configuration',
    attributes: {
      bucket: name,
      rule: on ? [{ status: 'Enabled', transition: [{ storage_class: 'INTELLIGENT_TIERING', days: 0 }] }] : [],
    },
  };
  const [cost] = estimate([bucket, lifecycle], basis);
  return moneyOf(cost ?? { components: [] });
}
