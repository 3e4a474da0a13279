import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BackendOperationLock } from '../../../src/adapters/aws/backend-operation-lock.js';
import { BackendTerraformLocks } from '../../../src/adapters/aws/backend-terraform-locks.js';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import type { OperationClaim } from '../../../src/domain/operation-lock.js';
import { backendOf, bindingOf } from '../../support/bindings.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';

const withTable = bindingOf('staging');
const withoutTable = bindingOf('plain', { backend: backendOf('plain', { lockTable: undefined }) });
const { bucket: Bucket, key, lockTable = '' } = withTable.backend;

const claimOf = (id: string): OperationClaim => ({
  id,
  operation: 'deploy',
  actor: 'arn:aws:iam::123456789012:user/Zoë',
  origin: 'zoë@laptop',
  commit: null,
  since: '2026-01-01T12:00:00.000Z',
  expires: '2026-01-01T12:10:00.000Z',
});
const [ONE, OTHER] = [claimOf('20260101T120000Z-000001'), claimOf('20260101T120000Z-000002')];

let aws: EmulatedAws;
let s3: S3Client;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  aws = await EmulatedAws.start();
  s3 = new S3Client();
  dynamodb = new DynamoDBClient();
});

afterAll(async () => {
  s3.destroy();
  dynamodb.destroy();
  await aws.stop();
});

beforeEach(async () => {
  await aws.reset();
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new CreateBucketCommand({ Bucket: withoutTable.backend.bucket }));
  await dynamodb.send(
    new CreateTableCommand({
      TableName: lockTable,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'LockID', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
    }),
  );
});

describe.each([
  { where: 'in the lock table', binding: withTable },
  { where: 'beside the state, where there is no lock table', binding: withoutTable },
])('the operation lock $where', ({ binding }) => {
  const lock = () => new BackendOperationLock(new AwsClients(new ClientConfigurations()));

  it('is taken, seen by everybody, and given back', async () => {
    expect(await lock().holder(binding)).toBeNull();
    expect(await lock().take(binding, ONE)).toBeNull();
    expect(await lock().holder(binding)).toEqual(ONE);
    expect(await lock().release(binding, ONE.id)).toBe(true);
    expect(await lock().holder(binding)).toBeNull();
  });

  it('is refused while it is held, and names who holds it', async () => {
    await lock().take(binding, ONE);
    expect(await lock().take(binding, OTHER)).toEqual(ONE);
    expect(await lock().holder(binding)).toEqual(ONE);
  });

  it('is taken by one of many that come at the same instant', async () => {
    const claims = Array.from({ length: 8 }, (_, index) => claimOf(`20260101T120000Z-00000${index}`));
    const answers = await Promise.all(claims.map((claim) => lock().take(binding, claim)));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    const winner = claims[answers.indexOf(null)];
    expect(await lock().holder(binding)).toEqual(winner);
  });

  it('counts as taken when the answer to taking it was lost, and it is taken again', async () => {
    await lock().take(binding, ONE);
    expect(await lock().take(binding, ONE)).toBeNull();
  });

  it('is renewed and given back by its holder alone', async () => {
    await lock().take(binding, ONE);
    expect(await lock().renew(binding, OTHER)).toBe(false);
    expect(await lock().release(binding, OTHER.id)).toBe(false);
    const renewed = { ...ONE, expires: '2026-01-01T12:20:00.000Z' };
    expect(await lock().renew(binding, renewed)).toBe(true);
    expect(await lock().holder(binding)).toEqual(renewed);
  });

  it('is not there any more for who lost it', async () => {
    expect(await lock().renew(binding, ONE)).toBe(false);
    expect(await lock().release(binding, ONE.id)).toBe(false);
  });
});

describe('the operation lock', () => {
  it('is held all the same by what cannot be read', async () => {
    const Item = { LockID: { S: `${Bucket}/${key}.operation` }, Holder: { S: 'x' }, Claim: { S: '{' } };
    await dynamodb.send(new PutItemCommand({ TableName: lockTable, Item }));
    expect(
      await new BackendOperationLock(new AwsClients(new ClientConfigurations())).take(withTable, ONE),
    ).toMatchObject({ id: 'x' });
  });

  it('says that there is no table to take it in', async () => {
    await aws.reset();
    const failure = await failureOf(
      new BackendOperationLock(new AwsClients(new ClientConfigurations())).take(withTable, ONE),
    );
    expect(failure).toMatchObject({ exitCode: 5 });
    expect(failure.message).toContain(lockTable);
  });
});

describe("Terraform's own locks", () => {
  const INFO = JSON.stringify({
    ID: '9d1a0000-0000-0000-0000-000000000001',
    Operation: 'OperationTypeApply',
    Who: 'ada@laptop',
    Created: '2026-01-01T12:00:00.123456Z',
    Path: `${Bucket}/${key}`,
  });
  const held = () => new BackendTerraformLocks(new AwsClients(new ClientConfigurations())).held(withTable);

  it('are none where nothing is locked, and where there is no backend', async () => {
    expect(await held()).toEqual([]);
    await aws.reset();
    expect(await held()).toEqual([]);
  });

  it('are read from the table and from beside the state', async () => {
    await dynamodb.send(
      new PutItemCommand({ TableName: lockTable, Item: { LockID: { S: `${Bucket}/${key}` }, Info: { S: INFO } } }),
    );
    await s3.send(new PutObjectCommand({ Bucket, Key: `${key}.tflock`, Body: INFO }));
    const lock = {
      id: '9d1a0000-0000-0000-0000-000000000001',
      operation: 'OperationTypeApply',
      who: 'ada@laptop',
      created: '2026-01-01T12:00:00.123456Z',
    };
    expect(await held()).toEqual([
      { ...lock, kept: 'table' },
      { ...lock, kept: 'file' },
    ]);
  });

  it('are locks even where they cannot be read', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: `${key}.tflock`, Body: 'garbage' }));
    expect(await held()).toEqual([{ id: '', operation: '', who: '', created: '', kept: 'file' }]);
  });
});
