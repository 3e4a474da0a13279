import { createHash } from 'node:crypto';
import type {
  DeleteMarkerEntry,
  ListObjectVersionsCommandOutput,
  ObjectVersion,
  S3Client,
  ServerSideEncryption,
} from '@aws-sdk/client-s3';
import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import {
  backupIdOf,
  backupKey,
  backupPrefix,
  type StateBackup,
  type StateCopy,
  type StatePlace,
  type StateVersion,
} from '../../domain/state-archive.js';
import type { Newest, StateArchive } from '../../ports/state-archive.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { AwsClients } from './clients.js';

/** What S3 answers for an object, or a version of it, that is not there or only marks a deletion. */
const NOT_THERE = ['NoSuchKey', 'NoSuchVersion', 'NoSuchBucket', 'MethodNotAllowed'] as const;

/** The versions of the state's object in S3, and the backups beside it. */
export class S3StateArchive implements StateArchive {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async keepsVersions(binding: Binding): Promise<boolean> {
    const Bucket = binding.backend.bucket;
    const [{ GetBucketVersioningCommand }, client] = await this.#s3(binding);
    try {
      const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
      return Status === 'Enabled';
    } catch (error) {
      if (isAwsError(error, 'NoSuchBucket')) return false;
      throw awsFailure(error, 's3:GetBucketVersioning', `s3://${Bucket}`);
    }
  }

  async versions(binding: Binding, limit: number): Promise<Newest<StateVersion>> {
    const { bucket, key } = binding.backend;
    const [{ ListObjectVersionsCommand }, client] = await this.#s3(binding);
    const found: StateVersion[] = [];
    const from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    try {
      do {
        const page: ListObjectVersionsCommandOutput = await client.send(
          new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...from }),
        );
        found.push(...versionsOf(key, page.DeleteMarkers ?? [], true), ...versionsOf(key, page.Versions ?? [], false));
        from.KeyMarker = page.IsTruncated === true ? page.NextKeyMarker : undefined;
        from.VersionIdMarker = page.NextVersionIdMarker;
        // Keys come in order, and the state's own before the longer ones of records and backups.
      } while (from.KeyMarker === key);
    } catch (error) {
      if (isAwsError(error, 'NoSuchBucket')) return { newest: [], older: 0 };
      throw awsFailure(error, 's3:ListBucketVersions', `s3://${bucket}/${key}`);
    }
    // S3 tells markers and versions apart from each other, each in order; sorting keeps the order of equal times.
    const ordered = found.sort(
      (one, other) =>
        Number(other.current) - Number(one.current) || other.writtenAt.getTime() - one.writtenAt.getTime(),
    );
    return newestOf(ordered, limit);
  }

  async backups(binding: Binding, limit: number): Promise<Newest<StateBackup>> {
    const { bucket } = binding.backend;
    const Prefix = backupPrefix(binding.backend);
    const [{ paginateListObjectsV2 }, client] = await this.#s3(binding);
    const found: StateBackup[] = [];
    try {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix })) {
        for (const { Key = '', LastModified } of Contents) {
          const id = backupIdOf(binding.backend, Key);
          if (id !== undefined) found.push({ id, writtenAt: LastModified ?? new Date(0) });
        }
      }
    } catch (error) {
      if (isAwsError(error, 'NoSuchBucket')) return { newest: [], older: 0 };
      throw awsFailure(error, 's3:ListBucket', `s3://${bucket}/${Prefix}`);
    }
    return newestOf(
      found.sort(({ id: one }, { id: other }) => (one < other ? 1 : -1)),
      limit,
    );
  }

  async read(binding: Binding, place: StatePlace): Promise<StateCopy | null> {
    const Bucket = binding.backend.bucket;
    const Key = place.kind === 'backup' ? backupKey(binding.backend, place.id) : binding.backend.key;
    const VersionId = place.kind === 'version' ? place.versionId : undefined;
    const [{ GetObjectCommand }, client] = await this.#s3(binding);
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key, ...(VersionId && { VersionId }) }));
      return {
        bytes: (await answer.Body?.transformToByteArray()) ?? new Uint8Array(),
        versionId: answer.VersionId ?? null,
        etag: answer.ETag ?? '',
        encryption: { algorithm: answer.ServerSideEncryption ?? null, kmsKeyArn: answer.SSEKMSKeyId ?? null },
      };
    } catch (error) {
      if (isAwsError(error, ...NOT_THERE) || isNoVersionId(error, VersionId)) return null;
      const version = VersionId === undefined ? '' : ` (version ${VersionId})`;
      const action = VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
      throw awsFailure(error, action, `s3://${Bucket}/${Key}${version}`);
    }
  }

  async isExpected(binding: Binding, copy: StateCopy): Promise<boolean> {
    const { lockTable } = binding.backend;
    if (lockTable === undefined) return true;
    const [{ GetItemCommand }, client] = await this.#dynamodb(binding);
    try {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: lockTable, Key: digestKey(binding), ConsistentRead: true }),
      );
      const expected = Item?.['Digest']?.S ?? '';
      return expected === '' || expected === md5(copy);
    } catch (error) {
      if (isAwsError(error, 'ResourceNotFoundException')) return true;
      throw awsFailure(error, 'dynamodb:GetItem', lockTable);
    }
  }

  async keep(binding: Binding, id: string, copy: StateCopy): Promise<string> {
    const Bucket = binding.backend.bucket;
    const Key = backupKey(binding.backend, id);
    const object = `s3://${Bucket}/${Key}`;
    if (await this.#putIf({ IfNoneMatch: '*' }, binding, Key, copy)) return object;
    throw new MhtctlError({
      code: 'BackupExists',
      outcome: 'toolFailed',
      message: `the backup ${object} exists already; backups are never overwritten`,
      nextSteps: ['run the command again: it takes a new id'],
    });
  }

  async putBack(binding: Binding, copy: StateCopy, replaced: StateCopy | null): Promise<void> {
    const { bucket, key } = binding.backend;
    const condition = replaced === null ? { IfNoneMatch: '*' } : { IfMatch: replaced.etag };
    if (!(await this.#putIf(condition, binding, key, copy))) {
      throw new MhtctlError({
        code: 'StateMoved',
        outcome: 'locked',
        message: `the state s3://${bucket}/${key} was written by somebody else just now; it was left as it is`,
        nextSteps: [`see what is there: mhtctl state list ${binding.name}`],
      });
    }
    await this.#writeDigest(binding, copy);
  }

  /** Writes an object if the condition holds. False when it does not. */
  async #putIf(
    condition: { readonly IfNoneMatch?: string; readonly IfMatch?: string },
    binding: Binding,
    Key: string,
    copy: StateCopy,
  ): Promise<boolean> {
    const Bucket = binding.backend.bucket;
    const [{ PutObjectCommand }, client] = await this.#s3(binding);
    try {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body: copy.bytes,
          ContentType: 'application/json',
          ...encryptionOf(copy),
          ...condition,
        }),
      );
      return true;
    } catch (error) {
      if (!isAwsError(error, 'PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey')) {
        throw awsFailure(error, 's3:PutObject', `s3://${Bucket}/${Key}`);
      }
      // The SDK repeats a put whose answer was lost: then what is in the way is this very copy.
      return this.#holds(client, Bucket, Key, copy);
    }
  }

  async #holds(client: S3Client, Bucket: string, Key: string, copy: StateCopy): Promise<boolean> {
    const { GetObjectCommand } = await import('./sdk/s3.js');
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return Buffer.compare((await Body?.transformToByteArray()) ?? new Uint8Array(), copy.bytes) === 0;
    } catch (error) {
      if (isAwsError(error, ...NOT_THERE)) return false;
      throw awsFailure(error, 's3:GetObject', `s3://${Bucket}/${Key}`);
    }
  }

  /**
   * Terraform keeps the MD5 of the state that it wrote last in the lock table, and takes no other for the state.
   * Source: https://developer.hashicorp.com/terraform/language/backend/s3 and `putMD5` of
   * https://github.com/hashicorp/terraform/blob/v1.11.4/internal/backend/remote-state/s3/client.go
   */
  async #writeDigest(binding: Binding, copy: StateCopy): Promise<void> {
    const { lockTable } = binding.backend;
    if (lockTable === undefined) return;
    const [{ PutItemCommand }, client] = await this.#dynamodb(binding);
    try {
      const Item = { ...digestKey(binding), Digest: { S: md5(copy) } };
      await client.send(new PutItemCommand({ TableName: lockTable, Item }));
    } catch (error) {
      throw awsFailure(error, 'dynamodb:PutItem', lockTable);
    }
  }

  async #dynamodb(binding: Binding) {
    return Promise.all([import('./sdk/dynamodb.js'), this.#clients.dynamodb(binding)]);
  }

  async #s3(binding: Binding) {
    return Promise.all([import('./sdk/s3.js'), this.#clients.s3(binding)]);
  }
}

function digestKey({ backend: { bucket, key } }: Binding) {
  return { LockID: { S: `${bucket}/${key}-md5` } };
}

function md5({ bytes }: StateCopy): string {
  return createHash('md5').update(bytes).digest('hex');
}

function versionsOf(
  key: string,
  listed: readonly (DeleteMarkerEntry | ObjectVersion)[],
  deleted: boolean,
): readonly StateVersion[] {
  return listed
    .filter(({ Key }) => Key === key)
    .map(({ VersionId = 'null', LastModified = new Date(0), IsLatest = false }) => ({
      versionId: VersionId,
      writtenAt: LastModified,
      current: IsLatest,
      deleted,
    }));
}

function newestOf<T>(ordered: readonly T[], limit: number): Newest<T> {
  const newest = ordered.slice(0, limit);
  return { newest, older: ordered.length - newest.length };
}

/** S3 calls a text that is no version id an invalid argument; of what was asked, only that can be one. */
function isNoVersionId(error: unknown, versionId: string | undefined): boolean {
  return versionId !== undefined && isAwsError(error, 'InvalidArgument');
}

/** What S3 said of the object that is copied. Where it said nothing, the bucket's own encryption holds. */
function encryptionOf({ encryption: { algorithm, kmsKeyArn } }: StateCopy) {
  return {
    ...(algorithm === null ? {} : { ServerSideEncryption: algorithm as ServerSideEncryption }),
    ...(kmsKeyArn === null ? {} : { SSEKMSKeyId: kmsKeyArn }),
  };
}
