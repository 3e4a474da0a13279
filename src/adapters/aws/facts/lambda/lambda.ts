import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Reading } from '../reading.js';

/** What the parts of Lambda's reader share. */
export interface Lambda {
  readonly reading: Reading;
  readonly sdk: typeof import('../../sdk/lambda.js');
  readonly client: LambdaClient;
}
