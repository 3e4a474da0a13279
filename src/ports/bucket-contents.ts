import type { BucketContents as Contents } from '../domain/destruction/protections.js';
import type { Binding } from '../domain/environment.js';

/** What buckets hold, without their contents. */
export interface BucketContents {
  /**
   * Counts the objects of a bucket, their earlier versions and deletion marks, up to a thousand. None without a bucket.
   * @param region where it is; the environment's when it is not known
   */
  count(binding: Binding, bucket: string, region: string | undefined): Promise<Contents>;
}
