import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { S3Ledger } from '../../../src/adapters/aws/s3-ledger.js';
import type { Binding } from '../../../src/domain/environment.js';
import { type LedgerRecord, ledgerKey, ledgerPrefix, recordId } from '../../../src/domain/ledger-record.js';
import { backendOf, bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { RecordedAws } from '../../support/recorded-aws.js';

const staging = bindingOf('staging');
const Bucket = staging.backend.bucket;

const idOf = (minute: number) => recordId(new Date(Date.UTC(2026, 0, 1, 12, minute)), '00ff00');
const record = (id: string, changes: Partial<LedgerRecord> = {}): LedgerRecord => ({
  format: 1,
  id,
  environment: 'staging',
  status: 'started',
  commit: '0123456789abcdef0123456789abcdef01234567',
  dirty: false,
  actor: 'arn:aws:iam::123456789012:user/Zoë',
  startedAt: '2026-01-01T12:00:00.000Z',
  finishedAt: null,
  planDigest: `sha256:${'0'.repeat(64)}`,
  summary: { create: 1, update: 2, delete: 3, replace: 4 },
  overrides: [{ flag: '--allow-destroy', value: 'module.db[0].aws_dynamodb_table.this["a"]' }],
  operation: 'deploy',
  branch: 'main',
  origin: 'zoë@laptop',
  inputs: { variables: { digest: 'sha256:1', text: 'a = 1\n' }, lockFile: null, terraformVersion: '1.11.4' },
  cost: { before: 1.25, after: 2, currency: 'USD' },
  separation: null,
  about: {},
  stateBefore: null,
  stateAfter: null,
  health: null,
  error: null,
  ...changes,
});

describe('the ledger of deployments', () => {
  let aws: EmulatedAws;
  let s3: S3Client;
  let ledger: S3Ledger;
  const latest = async (binding: Binding) => (await ledger.list(binding, 10)).records[0] ?? null;
  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    s3 = new S3Client();
  });

  afterAll(async () => {
    s3.destroy();
    await aws.stop();
  });

  beforeEach(async () => {
    await aws.reset();
    await s3.send(new CreateBucketCommand({ Bucket }));
    ledger = new S3Ledger(new AwsClients(new ClientConfigurations()));
  });

  it('is empty where nothing was deployed, and where there is no bucket', async () => {
    expect(await latest(staging)).toBeNull();
    await aws.reset();
    expect(await latest(staging)).toBeNull();
  });

  it('gives back a record as it was written', async () => {
    await ledger.append(staging, record(idOf(0)));
    expect(await latest(staging)).toEqual(record(idOf(0)));
  });

  it('never writes a record twice', async () => {
    await ledger.append(staging, record(idOf(0)));
    const failure = await failureOf(ledger.append(staging, record(idOf(0), { actor: 'somebody else' })));
    expect(failure).toMatchObject({ code: 'RecordExists', exitCode: 5 });
    expect(failure.message).toContain(idOf(0));
    expect(await latest(staging)).toEqual(record(idOf(0)));
  });

  it('lets one of two win that write the same record at the same time', async () => {
    const ends = await Promise.allSettled(
      ['first', 'second'].map((actor) => ledger.append(staging, record(idOf(0), { actor }))),
    );
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each(['applied', 'no-changes', 'failed', 'interrupted'] as const)(
    'shows the end of a deployment (%s) rather than its start, and a later start rather than that',
    async (status) => {
      await ledger.append(staging, record(idOf(1)));
      await ledger.append(staging, record(idOf(1), { status }));
      expect(await latest(staging)).toMatchObject({ id: idOf(1), status });
      await ledger.append(staging, record(idOf(2)));
      expect(await latest(staging)).toMatchObject({ id: idOf(2), status: 'started' });
      await ledger.append(staging, record(idOf(0), { status: 'applied' }));
      expect(await latest(staging)).toMatchObject({ id: idOf(2), status: 'started' });
    },
  );

  it('keeps two environments apart whose states are in one bucket, under keys that start alike', async () => {
    const key = staging.backend.key;
    const neighbour = bindingOf('neighbour', { backend: backendOf('staging', { key: `${key}.old` }) });
    await ledger.append(neighbour, record(idOf(5), { environment: 'neighbour' }));
    expect(await latest(staging)).toBeNull();
    await ledger.append(staging, record(idOf(0)));
    expect(await latest(staging)).toMatchObject({ id: idOf(0) });
    expect(await latest(neighbour)).toMatchObject({ id: idOf(5) });
  });

  it('finds the newest on the last page of a listing', async () => {
    const key = (minute: number) => ledgerKey(staging.backend, { id: idOf(minute), status: 'applied' });
    const page = (minutes: readonly number[], rest: string) => ({
      status: 200,
      body: `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        ${minutes.map((minute) => `<Contents><Key>${key(minute)}</Key></Contents>`).join('')}${rest}</ListBucketResult>`,
    });
    const s3WithPages = await RecordedAws.start(({ url }) => {
      const { pathname, searchParams } = new URL(url, 'http://localhost');
      if (!searchParams.has('list-type')) {
        const asked = [0, 1, 2, 3].find((minute) => pathname === `/${Bucket}/${key(minute)}`);
        return asked === undefined ? { status: 404 } : { status: 200, body: JSON.stringify(record(idOf(asked))) };
      }
      return searchParams.get('continuation-token') === 'page/2='
        ? page([2, 3], '<IsTruncated>false</IsTruncated>')
        : page([0, 1], '<IsTruncated>true</IsTruncated><NextContinuationToken>page/2=</NextContinuationToken>');
    });
    const environment = new CallerEnvironment();
    environment.set({ AWS_ENDPOINT_URL: s3WithPages.endpoint });
    try {
      expect(await latest(staging)).toMatchObject({ id: idOf(3) });
    } finally {
      environment.restore();
      await s3WithPages.stop();
    }
  });

  it.each([
    { what: 'not JSON', body: '<html>' },
    { what: 'JSON null', body: 'null' },
    { what: 'of a later format', body: '{"format": 2}' },
    { what: 'without its fields', body: '{"format": 1}' },
    { what: 'cut off', body: JSON.stringify(record(idOf(0))).slice(0, 100) },
  ])('names a record that is $what', async ({ body }) => {
    const key = ledgerKey(staging.backend, { id: idOf(0), status: 'applied' });
    await put(key, body);
    const failure = await failureOf(ledger.find(staging, idOf(0)));
    expect(failure).toMatchObject({ code: 'RecordUnreadable', exitCode: 5 });
    expect(failure.message).toContain(`s3://${Bucket}/${key}`);
    await ledger.append(staging, record(idOf(1), { status: 'applied' }));
    expect(await ledger.list(staging, 10)).toMatchObject({
      records: [{ id: idOf(1) }],
      unreadable: [{ id: idOf(0), object: `s3://${Bucket}/${key}` }],
    });
  });

  it('lists the newest first, as many as are wanted, and says how many are older', async () => {
    for (const minute of [2, 0, 1]) {
      await ledger.append(staging, record(idOf(minute)));
      await ledger.append(staging, record(idOf(minute), { status: 'applied' }));
    }
    const { records, older } = await ledger.list(staging, 2);
    expect(records.map(({ id, status }) => [id, status])).toEqual([
      [idOf(2), 'applied'],
      [idOf(1), 'applied'],
    ]);
    expect(older).toBe(1);
  });

  it('finds an operation by its id, and none by what is no id', async () => {
    await ledger.append(staging, record(idOf(0)));
    expect(await ledger.find(staging, idOf(0))).toEqual(record(idOf(0)));
    expect(await ledger.find(staging, idOf(1))).toBeNull();
    expect(await ledger.find(staging, '../../terraform')).toBeNull();
  });

  it('names the permission that is missing', async () => {
    const denying = await RecordedAws.start(() => ({
      status: 403,
      body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>',
    }));
    const environment = new CallerEnvironment();
    environment.set({ AWS_ENDPOINT_URL: denying.endpoint });
    try {
      expect(
        (await failureOf(new S3Ledger(new AwsClients(new ClientConfigurations())).list(staging, 1))).message,
      ).toContain('s3:ListBucket');
    } finally {
      environment.restore();
      await denying.stop();
    }
  });

  it('passes over an object in its folder that is no record', async () => {
    await ledger.append(staging, record(idOf(0)));
    await put(`${ledgerPrefix(staging.backend)}notes.txt`, 'remember the milk');
    expect(await latest(staging)).toMatchObject({ id: idOf(0) });
  });

  it('says that there is no bucket to append to', async () => {
    await aws.reset();
    const failure = await failureOf(ledger.append(staging, record(idOf(0))));
    expect(failure.exitCode).toBe(5);
    expect(failure.message).toContain('NoSuchBucket');
  });
});
