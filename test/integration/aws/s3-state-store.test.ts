import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketLocationCommand,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { S3StateStore } from '../../../src/adapters/aws/s3-state-store.js';
import { backendRequirements } from '../../../src/domain/backend-facts.js';
import type { Binding } from '../../../src/domain/environment.js';
import { backendOf, bindingOf } from '../../support/bindings.js';
import { EmulatedAws } from '../../support/emulated-aws.js';

const staging = bindingOf('staging');
const Bucket = staging.backend.bucket;
const TableName = staging.backend.lockTable ?? '';
const OWN_TAGS = { Environment: 'staging', Project: 'acme', ManagedBy: 'mhtctl' };

describe('the state backend on an emulated AWS', () => {
  let aws: EmulatedAws;
  let store: S3StateStore;
  let s3: S3Client;
  let dynamodb: DynamoDBClient;

  const repaired = async (binding: Binding = staging) => {
    await store.repair(binding, await store.inspect(binding));
    return store.inspect(binding);
  };
  /** What the backend is not, as in "the bucket is not versioned". */
  const unmet = async (binding: Binding = staging) =>
    backendRequirements(await store.inspect(binding), binding)
      .filter(({ met }) => !met)
      .map(({ resource, property }) => `${resource}: ${property}`);
  const createBareTable = () =>
    dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'LockID', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
      }),
    );
  const tableArn = async () => (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.TableArn;

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
    store = new S3StateStore(new AwsClients(new ClientConfigurations()), aws.endpoint);
  });

  describe('when it is inspected', () => {
    it('is not there before anything was made', async () => {
      const { bucket, lockTable } = await store.inspect(staging);
      expect(bucket).toMatchObject({ exists: false, versioned: false, publicAccessBlocked: false, encryption: null });
      expect(lockTable).toEqual({ exists: false, pointInTimeRecovery: false, tags: {} });
    });

    it('shows what a bare bucket and a bare table lack', async () => {
      await s3.send(new CreateBucketCommand({ Bucket }));
      await createBareTable();
      const { bucket, lockTable } = await store.inspect(staging);
      expect(bucket).toMatchObject({ exists: true, versioned: false, publicAccessBlocked: false, tags: {} });
      expect(lockTable).toEqual({ exists: true, pointInTimeRecovery: false, tags: {} });
    });

    it('has no lock table where the backend file names none', async () => {
      const binding = bindingOf('staging', { backend: backendOf('staging', { lockTable: undefined }) });
      expect((await repaired(binding)).lockTable).toBeNull();
      expect((await dynamodb.send(new ListTablesCommand())).TableNames).toEqual([]);
    });
  });

  describe('when it is repaired', () => {
    it('has everything that mhtctl asks of it, from nothing', async () => {
      expect(await repaired()).toEqual({
        bucket: {
          exists: true,
          versioned: true,
          encryption: 'AES256',
          publicAccessBlocked: true,
          tlsOnly: 'no-tls',
          tags: OWN_TAGS,
        },
        lockTable: { exists: true, pointInTimeRecovery: true, tags: OWN_TAGS },
        migrated: null,
      });
    });

    it('gets a lock table as the S3 backend of Terraform expects it', async () => {
      await repaired();
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
      expect(Table?.KeySchema).toEqual([{ AttributeName: 'LockID', KeyType: 'HASH' }]);
      expect(Table?.AttributeDefinitions).toEqual([{ AttributeName: 'LockID', AttributeType: 'S' }]);
      expect(Table?.DeletionProtectionEnabled).toBe(true);
    });

    it("is made in the backend's own region", async () => {
      const binding = bindingOf('staging', { backend: backendOf('staging', { region: 'eu-west-1' }) });
      await repaired(binding);
      const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }));
      expect(LocationConstraint).toBe('eu-west-1');
      expect(await unmet(binding)).toEqual([]);
    });

    it.each([
      {
        drift: 'suspended versioning',
        property: 'bucket: versioned',
        change: () =>
          s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })),
      },
      {
        drift: 'no public access block',
        property: 'bucket: private',
        change: () => s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
      },
      {
        drift: 'a public access block that lets public policies through',
        property: 'bucket: private',
        change: () =>
          s3.send(
            new PutPublicAccessBlockCommand({
              Bucket,
              PublicAccessBlockConfiguration: {
                BlockPublicAcls: true,
                BlockPublicPolicy: false,
                IgnorePublicAcls: true,
                RestrictPublicBuckets: true,
              },
            }),
          ),
      },
      {
        drift: "another environment's tags on the bucket",
        property: 'bucket: tagged',
        change: () =>
          s3.send(
            new PutBucketTaggingCommand({
              Bucket,
              Tagging: { TagSet: [{ Key: 'Environment', Value: 'production' }] },
            }),
          ),
      },
      {
        drift: 'no recovery of the lock table to a point in time',
        property: 'lockTable: recoverable to a point in time',
        change: () =>
          dynamodb.send(
            new UpdateContinuousBackupsCommand({
              TableName,
              PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
            }),
          ),
      },
      {
        drift: 'a lock table without its tags',
        property: 'lockTable: tagged',
        change: async () =>
          dynamodb.send(new UntagResourceCommand({ ResourceArn: await tableArn(), TagKeys: Object.keys(OWN_TAGS) })),
      },
    ])('is rid of $drift', async ({ property, change }) => {
      await repaired();
      await change();
      expect(await unmet()).toEqual([property]);
      await repaired();
      expect(await unmet()).toEqual([]);
    });

    it('gets a lock table that is missing beside its bucket', async () => {
      await repaired(bindingOf('staging', { backend: backendOf('staging', { lockTable: undefined }) }));
      expect(await unmet()).toContain('lockTable: there');
      await repaired();
      expect(await unmet()).toEqual([]);
    });

    it('keeps the tags of others, on the bucket and on the lock table', async () => {
      await s3.send(new CreateBucketCommand({ Bucket }));
      await createBareTable();
      const foreign = [{ Key: 'CostCentre', Value: '4711' }];
      await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: foreign } }));
      await dynamodb.send(new TagResourceCommand({ ResourceArn: await tableArn(), Tags: foreign }));
      const { bucket, lockTable } = await repaired();
      expect(bucket.tags).toEqual({ ...OWN_TAGS, CostCentre: '4711' });
      expect(lockTable?.tags).toEqual({ ...OWN_TAGS, CostCentre: '4711' });
    });

    it('keeps an encryption with a KMS key that somebody chose', async () => {
      await s3.send(new CreateBucketCommand({ Bucket }));
      await s3.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
          },
        }),
      );
      expect((await repaired()).bucket.encryption).toBe('aws:kms');
    });

    it('is unchanged by a second repair', async () => {
      const once = await repaired();
      expect(await repaired()).toEqual(once);
      expect(await unmet()).toEqual([]);
    });
  });

  it("is made in the account of the backend's own role, whatever role the environment has", async () => {
    const binding = bindingOf('staging', {
      roleArn: 'arn:aws:iam::333333333333:role/deploy',
      backend: backendOf('staging', { roleArn: 'arn:aws:iam::222222222222:role/state' }),
    });
    await repaired(binding);
    expect(await unmet(binding)).toEqual([]);
    const inAccount = async (account: string) => {
      const RoleArn = `arn:aws:iam::${account}:role/any`;
      const credentials = fromTemporaryCredentials({ params: { RoleArn, RoleSessionName: 'test' } });
      const client = new DynamoDBClient({ credentials });
      const { TableNames } = await client.send(new ListTablesCommand());
      client.destroy();
      return TableNames;
    };
    expect(await inAccount('222222222222')).toEqual([TableName]);
    expect(await inAccount('333333333333')).toEqual([]);
  });

  it('over plain HTTP is "no-tls" and gets no policy: the emulator applies a conditional Deny unconditionally', async () => {
    expect((await repaired()).bucket.tlsOnly).toBe('no-tls');
    expect(await unmet()).toEqual([]);
    const trueView = await new S3StateStore(new AwsClients(new ClientConfigurations()), undefined).inspect(staging);
    expect(trueView.bucket.tlsOnly).toBe(false);
  });
});
