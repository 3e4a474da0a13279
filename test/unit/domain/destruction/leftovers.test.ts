import { describe, expect, it } from '@jest/globals';
import { leftoversOf } from '../../../../src/domain/destruction/leftovers.js';
import type { EnvironmentEvidence } from '../../../../src/domain/separation/evidence.js';
import type { TaggedResource } from '../../../../src/domain/separation/inventory.js';
import type { StateInstance } from '../../../../src/domain/state.js';
import { ACCOUNT, STAGING } from '../../../fakes/bindings.js';
import { type EvidenceParts, evidenceOf, resourceFact } from '../../../fakes/separation-evidence.js';
import { stateOf } from '../../../fakes/states.js';

const BUCKET = 'arn:aws:s3:::mht-api-staging-data';
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:mht-api-staging-jobs`;
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/mht-api-staging-table`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const LISTED = ['aws_s3_bucket', 'aws_sqs_queue', 'aws_dynamodb_table', 'aws_kms_key'].map((type) => ({
  type,
  accountId: ACCOUNT,
  region: type === 'aws_s3_bucket' ? 'global' : 'us-east-1',
}));

const stateBefore = (instances: readonly StateInstance[]): EnvironmentEvidence => ({
  binding: STAGING,
  identity: { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/ada` },
  state: { state: stateOf({ instances }), versionId: null, kmsKeyArn: null, digest: '' },
});
const instance = (address: string, arn: string): StateInstance => ({
  address,
  type: address.split('.')[0] ?? '',
  attributes: { arn, id: arn },
});
const tagged = (arn: string, tags: TaggedResource['tags'] = { Environment: 'staging' }): TaggedResource => ({
  arn,
  tags,
});
const evidenceAfter = (parts: EvidenceParts) => evidenceOf({ bindings: [STAGING], listedTypes: LISTED, ...parts });

describe('what is left of an environment that was destroyed', () => {
  it('is nothing when AWS lists nothing, whatever the state had and the tags still say', () => {
    const state = stateBefore([instance('aws_s3_bucket.data', BUCKET), instance('aws_sqs_queue.jobs', QUEUE)]);
    expect(leftoversOf(state, evidenceAfter({ inventory: [tagged(BUCKET), tagged(QUEUE)] }))).toEqual([]);
  });

  it('is what the state had and is there all the same, with its address', () => {
    const found = leftoversOf(
      stateBefore([instance('aws_s3_bucket.data', BUCKET)]),
      evidenceAfter({ resources: [resourceFact(BUCKET)] }),
    );
    expect(found).toEqual([
      {
        id: BUCKET,
        type: 'aws_s3_bucket',
        address: 'aws_s3_bucket.data',
        status: 'there',
        remedy: 'aws s3 rb s3://mht-api-staging-data --force',
      },
    ]);
  });

  it('is what carries its tag and was in no state', () => {
    const evidence = evidenceAfter({ inventory: [tagged(TABLE)], resources: [resourceFact(TABLE)] });
    expect(leftoversOf(stateBefore([]), evidence)).toEqual([
      expect.objectContaining({
        id: TABLE,
        address: null,
        status: 'there',
        remedy: 'aws dynamodb delete-table --table-name mht-api-staging-table',
      }),
    ]);
  });

  it('is a key that waits for its deletion, which can be cancelled', () => {
    const [key] = leftoversOf(
      stateBefore([instance('aws_kms_key.this', KEY)]),
      evidenceAfter({ resources: [resourceFact(KEY)] }),
    );
    expect(key).toMatchObject({ status: 'pending', remedy: `to keep it: aws kms cancel-key-deletion --key-id ${KEY}` });
  });

  it('may be what only the tags tell of, where nobody asked its service', () => {
    const stream = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/mht-api-staging`;
    const evidence = evidenceAfter({ inventory: [tagged(stream), tagged(QUEUE)], resources: [resourceFact(QUEUE)] });
    expect(leftoversOf(stateBefore([]), evidence).map(({ id, status }) => [id, status])).toEqual([
      [QUEUE, 'there'],
      [stream, 'unknown'],
    ]);
  });

  it("is neither the state backend nor what is another environment's", () => {
    const { bucket, lockTable } = STAGING.backend;
    const own = [`arn:aws:s3:::${bucket}`, `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/${lockTable}`];
    const bootstrapped = tagged('arn:aws:s3:::other-name', { Environment: 'staging', ManagedBy: 'mhtctl' });
    const foreign = tagged('arn:aws:s3:::theirs', { Environment: 'production' });
    const inventory = [...own.map((arn) => tagged(arn)), bootstrapped, foreign];
    const evidence = evidenceAfter({ inventory, resources: inventory.map(({ arn }) => resourceFact(arn)) });
    expect(leftoversOf(stateBefore([]), evidence)).toEqual([]);
  });
});
