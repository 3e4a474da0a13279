import { createHash } from 'node:crypto';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { S3StateArchive } from '../../../src/adapters/aws/s3-state-archive.js';
import { S3StateStore } from '../../../src/adapters/aws/s3-state-store.js';
import { recordId } from '../../../src/domain/ledger-record.js';
import { backupKey, type StateCopy } from '../../../src/domain/state-archive.js';
import { backendOf, bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { RecordedAws } from '../../support/recorded-aws.js';

const staging = bindingOf('staging');
const { bucket: Bucket, key: Key, lockTable = '' } = staging.backend;
const idOf = (minute: number) => recordId(new Date(Date.UTC(2026, 0, 1, 12, minute)), '00ff00');
const textOf = (copy: StateCopy | null) => (copy === null ? null : new TextDecoder().decode(copy.bytes));

describe("an environment's states of the past, on an emulated AWS", () => {
  let aws: EmulatedAws;
  let archive: S3StateArchive;
  let s3: S3Client;
  let dynamodb: DynamoDBClient;

  const put = async (text: string, key = Key) =>
    (await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: Buffer.from(text) }))).VersionId ?? '';
  const setVersioning = (Status: 'Enabled' | 'Suspended') =>
    s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  const current = () => archive.read(staging, { kind: 'current' });
  const copyOf = async (text: string): Promise<StateCopy> => {
    await put(text, 'elsewhere');
    const found = await archive.read(bindingOf('staging', { backend: backendOf('staging', { key: 'elsewhere' }) }), {
      kind: 'current',
    });
    if (found === null) throw new Error('the object was not read');
    return found;
  };

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
    archive = new S3StateArchive(new AwsClients(new ClientConfigurations()));
    await s3.send(new CreateBucketCommand({ Bucket }));
    await setVersioning('Enabled');
  });

  describe('the versions of the state', () => {
    it('are newest first, the deletions among them, and none of what lies beside the state', async () => {
      const first = await put('one');
      const second = await put('two');
      await put('a record', `${Key}.deployments/x.json`);
      await put('a lock', `${Key}.tflock`);
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      const { newest, older } = await archive.versions(staging, 20);
      expect(newest.map(({ deleted, current: is }) => ({ deleted, current: is }))).toEqual([
        { deleted: true, current: true },
        { deleted: false, current: false },
        { deleted: false, current: false },
      ]);
      expect(newest.slice(1).map(({ versionId }) => versionId)).toEqual([second, first]);
      expect(Date.now() - (newest[0]?.writtenAt.getTime() ?? 0)).toBeLessThan(60_000);
      expect(older).toBe(0);
    });

    it('are as many as were asked for, and the rest is counted', async () => {
      const ids = [await put('one'), await put('two'), await put('three')];
      const { newest, older } = await archive.versions(staging, 2);
      expect(newest.map(({ versionId }) => versionId)).toEqual([ids[2], ids[1]]);
      expect(older).toBe(1);
    });

    it('are one without an id where the bucket keeps none', async () => {
      await setVersioning('Suspended');
      await put('one');
      await put('two');
      expect(await archive.keepsVersions(staging)).toBe(false);
      const { newest } = await archive.versions(staging, 20);
      expect(newest.map(({ versionId, current: is }) => [versionId, is])).toEqual([['null', true]]);
      expect(textOf(await archive.read(staging, { kind: 'version', versionId: 'null' }))).toBe('two');
    });

    it('are none without the object, and without the bucket', async () => {
      expect(await archive.versions(staging, 20)).toEqual({ newest: [], older: 0 });
      await aws.reset();
      expect(await archive.versions(staging, 20)).toEqual({ newest: [], older: 0 });
      expect(await archive.backups(staging, 20)).toEqual({ newest: [], older: 0 });
      expect(await archive.keepsVersions(staging)).toBe(false);
      expect(await current()).toBeNull();
    });

    it('are listed page by page, until the next key begins', async () => {
      const version = (id: string, minute: number, latest = false, key = Key) =>
        `<Version><Key>${key}</Key><VersionId>${id}</VersionId><IsLatest>${latest}</IsLatest>
         <LastModified>2026-01-01T12:0${minute}:00.000Z</LastModified></Version>`;
      const marker = `<DeleteMarker><Key>${Key}</Key><VersionId>gone</VersionId><IsLatest>false</IsLatest>
        <LastModified>2026-01-01T12:04:00.000Z</LastModified></DeleteMarker>`;
      const page = (content: string) =>
        `<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</ListVersionsResult>`;
      const more = (key: string, id: string) =>
        `<IsTruncated>true</IsTruncated><NextKeyMarker>${key}</NextKeyMarker><NextVersionIdMarker>${id}</NextVersionIdMarker>`;
      const pages: Readonly<Record<string, string>> = {
        '': page(version('e', 5, true) + marker + more(Key, 'gone')),
        gone: page(version('c', 3) + more(Key, 'c')),
        c: page(version('b', 2) + version('other', 1, true, `${Key}.tflock`) + more(`${Key}.tflock`, 'other')),
      };
      const recorded = await RecordedAws.start(({ url }) => {
        const { searchParams } = new URL(url, 'http://localhost');
        const body = pages[searchParams.get('version-id-marker') ?? ''];
        return body === undefined ? { status: 500 } : { status: 200, body };
      });
      const environment = new CallerEnvironment();
      environment.set({ AWS_ENDPOINT_URL: recorded.endpoint });
      try {
        const { newest, older } = await archive.versions(staging, 3);
        expect(newest.map(({ versionId, deleted }) => [versionId, deleted])).toEqual([
          ['e', false],
          ['gone', true],
          ['c', false],
        ]);
        expect(older).toBe(1);
        expect(recorded.asked).toHaveLength(3);
      } finally {
        environment.restore();
        await recorded.stop();
      }
    });
  });

  describe('a copy', () => {
    it('is byte by byte what a version holds, whatever that is', async () => {
      const bytes = Buffer.from([0xff, 0x00, 0xfe, 0x0a]);
      const { VersionId = '' } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: bytes }));
      await put('later');
      const copy = await archive.read(staging, { kind: 'version', versionId: VersionId });
      expect(Buffer.from(copy?.bytes ?? [])).toEqual(bytes);
      expect(copy?.versionId).toBe(VersionId);
      expect(textOf(await current())).toBe('later');
    });

    it.each(['no-such-version', '11111111-1111-1111-1111-111111111111'])(
      'is null for a version that is not there (%s)',
      async (versionId) => {
        await put('one');
        expect(await archive.read(staging, { kind: 'version', versionId })).toBeNull();
      },
    );

    it('is null for a deletion, and for a state that was deleted', async () => {
      await put('one');
      const { VersionId = '' } = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      expect(await archive.read(staging, { kind: 'version', versionId: VersionId })).toBeNull();
      expect(await current()).toBeNull();
    });
  });

  describe('a backup', () => {
    it('is put beside the state and read back', async () => {
      await put('the state');
      const copy = await current();
      if (copy === null) throw new Error('no state');
      expect(await archive.keep(staging, idOf(1), copy)).toBe(`s3://${Bucket}/${backupKey(staging.backend, idOf(1))}`);
      expect(textOf(await archive.read(staging, { kind: 'backup', id: idOf(1) }))).toBe('the state');
    });

    it('is never written over, whoever is first', async () => {
      const [one, other] = [await copyOf('one'), await copyOf('other')];
      const ends = await Promise.allSettled([one, other].map((copy) => archive.keep(staging, idOf(1), copy)));
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const failure = await failureOf(archive.keep(staging, idOf(1), await copyOf('a third')));
      expect(failure).toMatchObject({ code: 'BackupExists', exitCode: 5 });
      expect(['one', 'other']).toContain(textOf(await archive.read(staging, { kind: 'backup', id: idOf(1) })));
    });

    it('counts as written when it is there already, as after an answer that was lost', async () => {
      const copy = await copyOf('one');
      await archive.keep(staging, idOf(1), copy);
      expect(await archive.keep(staging, idOf(1), copy)).toContain(idOf(1));
    });

    it('is encrypted as the state is', async () => {
      const encryption = { algorithm: 'aws:kms', kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/state' };
      await archive.keep(staging, idOf(1), { ...(await copyOf('one')), encryption });
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key: backupKey(staging.backend, idOf(1)) }));
      expect(head).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption.kmsKeyArn });
    });

    it('is listed newest first, and what people put beside backups is passed over', async () => {
      for (const minute of [2, 1, 3]) await archive.keep(staging, idOf(minute), await copyOf(`state ${minute}`));
      await put('remember the milk', `${Key}.backups/notes.txt`);
      await put('mine', `${Key}.backups/mine.tfstate`);
      const { newest, older } = await archive.backups(staging, 2);
      expect(newest.map(({ id }) => id)).toEqual([idOf(3), idOf(2)]);
      expect(older).toBe(1);
    });
  });

  describe('a copy that is put back', () => {
    const digest = async () => {
      const LockID = { S: `${Bucket}/${Key}-md5` };
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: lockTable, Key: { LockID } }));
      return Item?.['Digest']?.S;
    };
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    beforeEach(async () => {
      const store = new S3StateStore(new AwsClients(new ClientConfigurations()), aws.endpoint);
      await store.repair(staging, await store.inspect(staging));
    });

    it('is the state where there was none, with the digest that Terraform compares', async () => {
      await put('the last one');
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      await archive.putBack(staging, await copyOf('an earlier one'), null);
      expect(textOf(await current())).toBe('an earlier one');
      expect(await digest()).toBe(md5('an earlier one'));
    });

    it('is the state instead of what was there', async () => {
      await put('garbage');
      await archive.putBack(staging, await copyOf('an earlier one'), await current());
      expect(textOf(await current())).toBe('an earlier one');
    });

    it('is what Terraform expects from then on, and nothing else is', async () => {
      const [copy, other] = [await copyOf('an earlier one'), await copyOf('another')];
      expect(await archive.isExpected(staging, other)).toBe(true);
      await archive.putBack(staging, copy, null);
      expect(await archive.isExpected(staging, copy)).toBe(true);
      expect(await archive.isExpected(staging, other)).toBe(false);
    });

    it('is not written over a state that came in between', async () => {
      const copy = await copyOf('an earlier one');
      await put('garbage');
      const garbage = await current();
      await put('written by somebody else');
      for (const replaced of [null, garbage]) {
        expect(await failureOf(archive.putBack(staging, copy, replaced))).toMatchObject({
          code: 'StateMoved',
          exitCode: 6,
        });
      }
      expect(textOf(await current())).toBe('written by somebody else');
      expect(await digest()).toBeUndefined();
    });

    it('needs no lock table where the backend file names none', async () => {
      const binding = bindingOf('staging', { backend: backendOf('staging', { lockTable: undefined }) });
      await archive.putBack(binding, await copyOf('an earlier one'), null);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      expect(await Body?.transformToString()).toBe('an earlier one');
      expect(await digest()).toBeUndefined();
    });
  });

  it.each([
    { what: 'its versions', action: 's3:ListBucketVersions', ask: () => archive.versions(staging, 20) },
    { what: 'its backups', action: 's3:ListBucket', ask: () => archive.backups(staging, 20) },
    { what: 'whether it keeps versions', action: 's3:GetBucketVersioning', ask: () => archive.keepsVersions(staging) },
    { what: 'the state', action: 's3:GetObject', ask: () => archive.read(staging, { kind: 'current' }) },
    {
      what: 'a version',
      action: 's3:GetObjectVersion',
      ask: () => archive.read(staging, { kind: 'version', versionId: 'v1' }),
    },
  ])('names the permission that is missing to read $what', async ({ action, ask }) => {
    const denying = await RecordedAws.start(() => ({
      status: 403,
      body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>',
    }));
    const environment = new CallerEnvironment();
    environment.set({ AWS_ENDPOINT_URL: denying.endpoint });
    try {
      const failure = await failureOf(ask());
      expect(failure).toMatchObject({ code: 'AwsDenied', exitCode: 5 });
      expect(failure.message).toContain(`${action} on s3://${Bucket}`);
    } finally {
      environment.restore();
      await denying.stop();
    }
  });
});
