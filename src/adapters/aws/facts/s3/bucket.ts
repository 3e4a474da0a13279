import type { S3Client } from '@aws-sdk/client-s3';
import type { Reading } from '../reading.js';

/** A bucket that is looked at closely, with what to ask about it by. */
export interface Bucket {
  readonly reading: Reading;
  readonly sdk: typeof import('../../sdk/s3.js');
  /** Of the bucket's own region. */
  readonly client: S3Client;
  readonly id: string;
  readonly name: string;
  readonly region: string;
}
