import type { IAMClient } from '@aws-sdk/client-iam';
import type { Reading } from '../reading.js';

/** What the parts of IAM's reader share. */
export interface Iam {
  readonly reading: Reading;
  readonly sdk: typeof import('../../sdk/iam.js');
  readonly client: IAMClient;
}
