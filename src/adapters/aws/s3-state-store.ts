import type { S3Client } from '@aws-sdk/client-s3';
import { type BackendFacts, type BucketFacts, backendTags, type LockTableFacts } from '../../domain/backend-facts.js';
import type { Binding } from '../../domain/environment.js';
import { markName, parseMark } from '../../domain/migration/mark.js';
import { type State, type StateObject, StateReader } from '../../domain/state.js';
import type { StateStore } from '../../ports/state-store.js';
import { awsFailure, isAwsError, isNotFound } from './aws-failure.js';
import type { AwsClients } from './clients.js';
import { readBody } from './read-body.js';
import { S3StateBucket } from './s3-state-bucket.js';
import { tlsOnlyPolicy, withTlsOnly } from './tls-only-policy.js';

const NO_BUCKET: BucketFacts = {
  exists: false,
  versioned: false,
  encryption: null,
  publicAccessBlocked: false,
  tlsOnly: false,
  tags: {},
};
const NO_TABLE: LockTableFacts = { exists: false, pointInTimeRecovery: false, tags: {} };

/** Every answer AWS gives when a part of a bucket's configuration was never set. */
const NEVER_SET = [
  'NoSuchBucketPolicy',
  'NoSuchTagSet',
  'NoSuchPublicAccessBlockConfiguration',
  'ServerSideEncryptionConfigurationNotFoundError',
] as const;

/** State bucket and lock table by the APIs of S3 and DynamoDB. */
export class S3StateStore implements StateStore {
  readonly #clients: AwsClients;
  readonly #plainHttp: boolean;

  /** @param endpoint address of an emulated AWS, when there is one */
  constructor(clients: AwsClients, endpoint: string | undefined) {
    this.#clients = clients;
    this.#plainHttp = endpoint?.startsWith('http:') === true;
  }

  async inspect(binding: Binding): Promise<BackendFacts> {
    const { backend } = binding;
    const [bucket, lockTable, mark] = await Promise.all([
      this.#inspectBucket(binding),
      backend.lockTable === undefined ? null : this.#inspectTable(binding, backend.lockTable),
      new S3StateBucket(this.#clients).read(backend, markName(backend.key)),
    ]);
    return { bucket, lockTable, migrated: mark === null ? null : parseMark(mark) };
  }

  async readState(binding: Binding): Promise<State | null> {
    return (await this.readStateObject(binding))?.state ?? null;
  }

  async readStateObject(binding: Binding): Promise<StateObject | null> {
    const { bucket, key } = binding.backend;
    const origin = `s3://${bucket}/${key}`;
    const [{ GetObjectCommand }, client] = await this.#s3(binding);
    let digest: string;
    let versionId: string | null;
    let kmsKeyArn: string | null;
    const reader = new StateReader(origin, binding.name);
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      digest = await readBody(answer.Body, (text) => reader.feed(text));
      versionId = answer.VersionId ?? null;
      kmsKeyArn = answer.SSEKMSKeyId ?? null;
    } catch (error) {
      if (isAwsError(error, 'NoSuchKey', 'NoSuchBucket')) return null;
      throw awsFailure(error, 's3:GetObject', origin);
    }
    return { state: reader.end(), versionId, kmsKeyArn, digest };
  }

  async repair(binding: Binding, facts: BackendFacts): Promise<void> {
    // The bucket first: without it nothing can be recorded. Each step is safe to repeat after an interruption.
    await this.#repairBucket(binding, facts.bucket);
    if (facts.lockTable !== null && binding.backend.lockTable !== undefined) {
      await this.#repairTable(binding, binding.backend.lockTable, facts.lockTable);
    }
  }

  async #inspectBucket(binding: Binding): Promise<BucketFacts> {
    const Bucket = binding.backend.bucket;
    const [s3, client] = await this.#s3(binding);
    const ask = async <T>(action: string, request: Promise<T>): Promise<T | undefined> => {
      try {
        return await request;
      } catch (error) {
        if (isNotFound(error) || isAwsError(error, ...NEVER_SET)) return undefined;
        throw awsFailure(error, action, `s3://${Bucket}`);
      }
    };
    const [versioning, encryption, publicAccess, policy, tagging] = await Promise.all([
      ask('s3:GetBucketVersioning', client.send(new s3.GetBucketVersioningCommand({ Bucket }))),
      ask('s3:GetEncryptionConfiguration', client.send(new s3.GetBucketEncryptionCommand({ Bucket }))),
      ask('s3:GetBucketPublicAccessBlock', client.send(new s3.GetPublicAccessBlockCommand({ Bucket }))),
      ask('s3:GetBucketPolicy', client.send(new s3.GetBucketPolicyCommand({ Bucket }))),
      ask('s3:GetBucketTagging', client.send(new s3.GetBucketTaggingCommand({ Bucket }))),
    ]);
    // HEAD would answer this too, but its errors have no body: an expired token could not be told from a denial.
    if (versioning === undefined) return { ...NO_BUCKET, tlsOnly: this.#plainHttp ? 'no-tls' : false };
    const block = publicAccess?.PublicAccessBlockConfiguration;
    const rule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    return {
      exists: true,
      versioned: versioning?.Status === 'Enabled',
      encryption: rule?.SSEAlgorithm ?? null,
      publicAccessBlocked:
        block?.BlockPublicAcls === true &&
        block.BlockPublicPolicy === true &&
        block.IgnorePublicAcls === true &&
        block.RestrictPublicBuckets === true,
      tlsOnly: this.#plainHttp ? 'no-tls' : tlsOnlyPolicy(policy?.Policy, Bucket),
      tags: Object.fromEntries((tagging?.TagSet ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
    };
  }

  async #repairBucket(binding: Binding, facts: BucketFacts): Promise<void> {
    const { bucket: Bucket, region } = binding.backend;
    const [s3, client] = await this.#s3(binding);
    const set = async (action: string, request: () => Promise<unknown>): Promise<void> => {
      try {
        await request();
      } catch (error) {
        throw awsFailure(error, action, `s3://${Bucket}`);
      }
    };
    if (!facts.exists) {
      // us-east-1 is the one region that S3 refuses as a location constraint.
      const location =
        region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } };
      await set('s3:CreateBucket', () => client.send(new s3.CreateBucketCommand({ Bucket, ...location })));
    }
    if (!facts.publicAccessBlocked) {
      await set('s3:PutBucketPublicAccessBlock', () =>
        client.send(
          new s3.PutPublicAccessBlockCommand({
            Bucket,
            PublicAccessBlockConfiguration: {
              BlockPublicAcls: true,
              BlockPublicPolicy: true,
              IgnorePublicAcls: true,
              RestrictPublicBuckets: true,
            },
          }),
        ),
      );
    }
    if (!facts.versioned) {
      await set('s3:PutBucketVersioning', () =>
        client.send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })),
      );
    }
    if (facts.encryption === null) {
      await set('s3:PutEncryptionConfiguration', () =>
        client.send(
          new s3.PutBucketEncryptionCommand({
            Bucket,
            ServerSideEncryptionConfiguration: {
              Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
            },
          }),
        ),
      );
    }
    if (facts.tlsOnly === false) {
      await set('s3:PutBucketPolicy', async () => {
        const current = await client.send(new s3.GetBucketPolicyCommand({ Bucket })).catch((error) => {
          if (isAwsError(error, 'NoSuchBucketPolicy')) return undefined;
          throw error;
        });
        await client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: withTlsOnly(current?.Policy, Bucket) }));
      });
    }
    await set('s3:PutBucketTagging', () => {
      const tags = { ...facts.tags, ...backendTags(binding) };
      const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      return client.send(new s3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    });
  }

  async #inspectTable(binding: Binding, TableName: string): Promise<LockTableFacts> {
    const [dynamodb, client] = await this.#dynamodb(binding);
    try {
      const { Table } = await client.send(new dynamodb.DescribeTableCommand({ TableName }));
      const [backups, tags] = await Promise.all([
        client.send(new dynamodb.DescribeContinuousBackupsCommand({ TableName })),
        client.send(new dynamodb.ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn })),
      ]);
      const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
      return {
        exists: true,
        pointInTimeRecovery: recovery?.PointInTimeRecoveryStatus === 'ENABLED',
        tags: Object.fromEntries((tags.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
      };
    } catch (error) {
      if (isAwsError(error, 'ResourceNotFoundException')) return NO_TABLE;
      throw awsFailure(error, 'dynamodb:DescribeTable', TableName);
    }
  }

  async #repairTable(binding: Binding, TableName: string, facts: LockTableFacts): Promise<void> {
    const [dynamodb, client] = await this.#dynamodb(binding);
    const Tags = Object.entries(backendTags(binding)).map(([Key, Value]) => ({ Key, Value }));
    try {
      if (!facts.exists) {
        await client.send(
          new dynamodb.CreateTableCommand({
            TableName,
            BillingMode: 'PAY_PER_REQUEST',
            // The key Terraform's S3 backend expects: https://developer.hashicorp.com/terraform/language/backend/s3
            AttributeDefinitions: [{ AttributeName: 'LockID', AttributeType: 'S' }],
            KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
            SSESpecification: { Enabled: true },
            DeletionProtectionEnabled: true,
            Tags,
          }),
        );
        await dynamodb.waitUntilTableExists({ client, maxWaitTime: 120 }, { TableName });
      }
      if (!facts.pointInTimeRecovery) {
        await client.send(
          new dynamodb.UpdateContinuousBackupsCommand({
            TableName,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        );
      }
      if (facts.exists) {
        const { Table } = await client.send(new dynamodb.DescribeTableCommand({ TableName }));
        await client.send(new dynamodb.TagResourceCommand({ ResourceArn: Table?.TableArn, Tags }));
      }
    } catch (error) {
      throw awsFailure(error, 'dynamodb:CreateTable', TableName);
    }
  }

  async #s3(binding: Binding): Promise<[typeof import('./sdk/s3.js'), S3Client]> {
    return Promise.all([import('./sdk/s3.js'), this.#clients.s3(binding)]);
  }

  async #dynamodb(binding: Binding) {
    return Promise.all([import('./sdk/dynamodb.js'), this.#clients.dynamodb(binding)]);
  }
}
