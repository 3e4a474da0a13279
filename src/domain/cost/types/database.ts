import type { Attributes } from '../attributes.js';
import { type Costing, FREE, fixed, together, unknown, used } from '../costing.js';
import { sumOf } from '../decimal.js';
import type { PriceKey } from '../prices.js';
import { HOURS, pieces, type ResourceTypes, resourceType } from '../resource-type.js';

const USAGE = {
  write_requests: { value: 100_000, most: 1e12, what: 'write request units of a table on demand' },
  read_requests: { value: 1_000_000, most: 1e12, what: 'read request units of a table on demand' },
  stored_gb: { value: 1, most: 1_000_000, what: 'GB stored, also what a point-in-time recovery covers' },
};

/** DynamoDB. Source: https://aws.amazon.com/dynamodb/pricing/ */
export const DATABASE: ResourceTypes = {
  aws_dynamodb_table: resourceType(USAGE, (attributes, { use }) => {
    const tableClass = attributes.textIfKnown('table_class');
    if (tableClass !== undefined && tableClass !== 'STANDARD') return unknown(`no prices for class ${tableClass}`);
    return pieces(
      () =>
        attributes.text('billing_mode') === 'PAY_PER_REQUEST'
          ? together(
              used('Write requests', 'dynamodb/write-requests', use('write_requests')),
              used('Read requests', 'dynamodb/read-requests', use('read_requests')),
            )
          : pieces(
              () => provisioned(attributes, 'write_capacity', 'Write capacity', 'dynamodb/provisioned/write'),
              () => provisioned(attributes, 'read_capacity', 'Read capacity', 'dynamodb/provisioned/read'),
            ),
      () => used('Storage', 'dynamodb/storage', use('stored_gb')),
      () => {
        const [recovery] = attributes.blocks('point_in_time_recovery');
        return recovery?.flag('enabled') === true
          ? used('Point-in-time recovery', 'dynamodb/point-in-time-recovery', use('stored_gb'))
          : FREE;
      },
      () => (attributes.count('replica') === 0 ? FREE : unknown('no prices for replicas in other regions')),
    );
  }),
};

/** Capacity of the table and of its indexes, each of which has its own. */
function provisioned(attributes: Attributes, name: string, label: string, price: PriceKey): Costing {
  const units = [attributes, ...attributes.blocks('global_secondary_index')].map((holder) => holder.number(name));
  const known = units.filter((value) => value !== undefined);
  if (known.length < units.length) return unknown(`${name} is not set`);
  return fixed(label, price, sumOf(known).times(HOURS));
}
