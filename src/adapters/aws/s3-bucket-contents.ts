import type { BucketContents as Contents } from '../../domain/destruction/protections.js';
import type { Binding } from '../../domain/environment.js';
import type { BucketContents } from '../../ports/bucket-contents.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { ClientConfigurations } from './client-configuration.js';

/** What buckets hold, by one page of S3's listing of versions. */
export class S3BucketContents implements BucketContents {
  readonly #configurations: ClientConfigurations;

  constructor(configurations: ClientConfigurations) {
    this.#configurations = configurations;
  }

  async count(binding: Binding, bucket: string, region: string | undefined): Promise<Contents> {
    const { ListObjectVersionsCommand, S3Client } = await import('./sdk/s3.js');
    const client = new S3Client(await this.#configurations.of(binding, region));
    try {
      const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
      const versions = (page.Versions?.length ?? 0) + (page.DeleteMarkers?.length ?? 0);
      return { versions, more: page.IsTruncated === true };
    } catch (error) {
      if (isAwsError(error, 'NoSuchBucket')) return { versions: 0, more: false };
      throw awsFailure(error, 's3:ListBucketVersions', `s3://${bucket}`);
    } finally {
      client.destroy();
    }
  }
}
