import type { Attributes } from '../attributes.js';
import { type Costing, FREE, fixed, together, unknown, used } from '../costing.js';
import { Decimal } from '../decimal.js';
import type { PriceKey } from '../prices.js';
import { pieces, type ResourceTypes, resourceType, rowOf } from '../resource-type.js';

/** What EBS bills of a volume type. Source: https://aws.amazon.com/ebs/pricing/ */
interface VolumeType {
  readonly storage: PriceKey;
  /** Provisioned performance, and how much of it comes with the volume. */
  readonly iops?: { readonly price: PriceKey; readonly included: number };
  readonly throughput?: { readonly price: PriceKey; readonly included: number };
  /** Requests, which only the oldest type is billed for. */
  readonly requests?: PriceKey;
}

const VOLUME_TYPES: Readonly<Record<string, VolumeType>> = {
  gp2: { storage: 'ebs/gp2/storage' },
  gp3: {
    storage: 'ebs/gp3/storage',
    iops: { price: 'ebs/gp3/iops', included: 3000 },
    throughput: { price: 'ebs/gp3/throughput', included: 125 },
  },
  io1: { storage: 'ebs/io1/storage', iops: { price: 'ebs/io1/iops', included: 0 } },
  io2: { storage: 'ebs/io2/storage', iops: { price: 'ebs/io2/iops', included: 0 } },
  sc1: { storage: 'ebs/sc1/storage' },
  st1: { storage: 'ebs/st1/storage' },
  standard: { storage: 'ebs/standard/storage', requests: 'ebs/standard/requests' },
};

/** Where a volume says what it is: a volume of its own calls it otherwise than a block of an instance. */
interface VolumeAttributes {
  readonly type: string;
  readonly size: string;
}

/** What a volume costs. @param label how to call it, such as `root volume` */
export function volumeCost(
  volume: Attributes,
  label: string,
  { type, size }: VolumeAttributes,
  requests: Decimal,
): Costing {
  // EBS's own default; the provider's documentation says the same.
  const name = volume.text(type) ?? 'gp2';
  const product = rowOf(VOLUME_TYPES, name);
  if (product === undefined) return unknown(`no prices for volume type ${name} (${label})`);
  const gigabytes = volume.number(size);
  if (gigabytes === undefined) return unknown(`the size of the ${label} is not set`);
  return together(
    fixed(`${label} (${name})`, product.storage, gigabytes),
    provisioned(volume, 'iops', `${label} IOPS`, product.iops),
    provisioned(volume, 'throughput', `${label} throughput`, product.throughput),
    product.requests === undefined ? FREE : used(`${label} requests`, product.requests, requests),
  );
}

/** Performance beyond what comes with the volume. Where a plan leaves it to the provider, it is what comes with it. */
function provisioned(volume: Attributes, attribute: string, label: string, product: VolumeType['iops']): Costing {
  if (product === undefined || (product.included > 0 && volume.isUnknown(attribute))) return FREE;
  const extra = (volume.number(attribute) ?? Decimal.ZERO).minus(Decimal.of(product.included));
  return extra.compare(Decimal.ZERO) > 0 ? fixed(label, product.price, extra) : FREE;
}

const REQUESTS = { value: 1_000_000, most: 1e12, what: 'requests to magnetic volumes' };

/** Volumes and what belongs to them. */
export const VOLUMES: ResourceTypes = {
  aws_ebs_volume: resourceType({ volume_requests: REQUESTS }, (attributes, { use }) =>
    pieces(() => volumeCost(attributes, 'Volume', { type: 'type', size: 'size' }, use('volume_requests'))),
  ),
  aws_volume_attachment: { usage: {}, cost: () => FREE },
};
