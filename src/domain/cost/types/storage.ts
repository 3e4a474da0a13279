import { type Costing, together, used } from '../costing.js';
import { Decimal } from '../decimal.js';
import type { BucketLifecycle } from '../neighbours.js';
import { freeTypes, pieces, type ResourceTypes, resourceType, type Surroundings } from '../resource-type.js';

const USAGE = {
  stored_gb: { value: 10, most: 50_000, what: 'GB stored; where objects expire, what is added until they do' },
  added_gb: { value: 1, most: 50_000, what: 'GB added to a bucket whose objects expire' },
  objects: { value: 10_000, most: 1e12, what: 'objects that Intelligent-Tiering watches' },
  infrequent_share: { value: 0.5, most: 1, what: 'share of the GB that nobody reads for a month' },
  write_requests: { value: 10_000, most: 1e12, what: 'PUT, COPY, POST and LIST requests' },
  read_requests: { value: 100_000, most: 1e12, what: 'GET and other requests' },
};

/** Days that an expiry is reckoned to a month. */
const DAYS = Decimal.of(30);

/** Buckets. Their configuration is free; what is in them is not. */
export const STORAGE: ResourceTypes = {
  aws_s3_bucket: resourceType(USAGE, (attributes, surroundings) =>
    pieces(
      () => {
        const name = attributes.textIfKnown('bucket');
        return stored(surroundings.neighbours.lifecycle(name), surroundings);
      },
      () => used('Write requests', 's3/requests/write', surroundings.use('write_requests')),
      () => used('Read requests', 's3/requests/read', surroundings.use('read_requests')),
    ),
  ),
  ...freeTypes(
    'aws_s3_bucket_lifecycle_configuration',
    'aws_s3_bucket_logging',
    'aws_s3_bucket_ownership_controls',
    'aws_s3_bucket_policy',
    'aws_s3_bucket_public_access_block',
    'aws_s3_bucket_server_side_encryption_configuration',
    'aws_s3_bucket_versioning',
    // What it holds is the bucket's to pay.
    'aws_s3_object',
  ),
};

/** Source: https://aws.amazon.com/s3/pricing/ */
function stored(lifecycle: BucketLifecycle, { use }: Surroundings<keyof typeof USAGE>): Costing {
  const { expiresAfterDays, intelligentTiering } = lifecycle;
  const gigabytes = use(
    'stored_gb',
    expiresAfterDays === undefined ? undefined : use('added_gb').times(Decimal.of(expiresAfterDays)).over(DAYS),
  );
  if (!intelligentTiering) return used('Storage', 's3/storage', gigabytes);
  const infrequent = gigabytes.times(use('infrequent_share'));
  return together(
    used('Storage, frequent access', 's3/storage', gigabytes.minus(infrequent)),
    used('Storage, infrequent access', 's3/intelligent-tiering/infrequent', infrequent),
    used('Objects watched', 's3/intelligent-tiering/monitoring', use('objects')),
  );
}
