import { createHash } from 'node:crypto';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { S3StateStore } from '../../../src/adapters/aws/s3-state-store.js';
import { bindingOf } from '../../support/bindings.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';

const staging = bindingOf('staging');
const Bucket = staging.backend.bucket;

describe('the state on an emulated AWS', () => {
  let aws: EmulatedAws;
  let store: S3StateStore;
  let s3: S3Client;

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
    store = new S3StateStore(new AwsClients(new ClientConfigurations()), aws.endpoint);
  });

  const bucket = async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const versioned = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: versioned }));
  };
  const putState = (text: string) =>
    s3.send(new PutObjectCommand({ Bucket, Key: staging.backend.key, Body: Buffer.from(text) }));

  it('is null without a bucket', async () => {
    expect(await store.readState(staging)).toBeNull();
  });

  it('is null in a bucket without the object', async () => {
    await bucket();
    expect(await store.readState(staging)).toBeNull();
  });

  it('is read with its outputs and managed resources', async () => {
    await bucket();
    await putState(
      JSON.stringify({
        version: 4,
        terraform_version: '1.11.4',
        serial: 7,
        lineage: '6f1d1d4e-ff6c-42a8-a6d3-2f1a0d8c9a11',
        outputs: { url: { value: 'https://ä.example', type: 'string' }, key: { value: 'k', sensitive: true } },
        resources: [
          { mode: 'data', type: 'aws_region', name: 'here', instances: [{ attributes: { id: 'us-east-1' } }] },
          {
            mode: 'managed',
            module: 'module.alb[0]',
            type: 'aws_lb',
            name: 'app_lb',
            instances: [{ index_key: 'a', attributes: { name: 'lb' } }],
          },
        ],
      }),
    );
    expect(await store.readState(staging)).toEqual({
      lineage: '6f1d1d4e-ff6c-42a8-a6d3-2f1a0d8c9a11',
      serial: 7,
      terraformVersion: '1.11.4',
      outputs: {
        url: { value: 'https://ä.example', sensitive: false },
        key: { value: 'k', sensitive: true },
      },
      instances: [{ address: 'module.alb[0].aws_lb.app_lb["a"]', type: 'aws_lb', attributes: { name: 'lb' } }],
      dataSources: [{ address: 'data.aws_region.here', type: 'aws_region', attributes: { id: 'us-east-1' } }],
    });
  });

  describe('as an object', () => {
    const text = JSON.stringify({ version: 4, lineage: 'x', serial: 1, resources: [] });
    const object = async () => store.readStateObject(staging);

    it('is null where there is none', async () => {
      expect(await object()).toBeNull();
      await bucket();
      expect(await object()).toBeNull();
    });

    it('has the version that S3 gave it, and the digest of its bytes', async () => {
      await bucket();
      const first = await putState(text);
      const second = await putState(`${text}\n`);
      expect(first.VersionId).not.toBe(second.VersionId);
      expect(await object()).toMatchObject({
        state: { lineage: 'x', serial: 1, instances: [] },
        versionId: second.VersionId,
        kmsKeyArn: null,
        digest: `sha256:${createHash('sha256').update(`${text}\n`).digest('hex')}`,
      });
    });

    it('has no version in a bucket that keeps none', async () => {
      await s3.send(new CreateBucketCommand({ Bucket }));
      await putState(text);
      expect((await object())?.versionId).toBeNull();
    });

    it('has the key that it is encrypted with', async () => {
      await bucket();
      const SSEKMSKeyId = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: staging.backend.key,
          Body: text,
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId,
        }),
      );
      expect((await object())?.kmsKeyArn).toBe(SSEKMSKeyId);
    });
  });

  it.each([
    { what: 'garbage', body: 'not a state', code: 'StateUnreadable' },
    { what: 'an empty object', body: '', code: 'StateUnreadable' },
    { what: 'version 5', body: '{"version": 5, "resources": []}', code: 'StateVersionUnknown' },
    { what: 'cut off', body: '{"version": 4, "resources": [{"mode": "man', code: 'StateUnreadable' },
    { what: 'version 3', body: '{"version": 3, "serial": 1, "modules": []}', code: 'StateVersionUnknown' },
    { what: 'no list of resources', body: '{"version": 4, "resources": "x"}', code: 'StateUnreadable' },
    { what: 'JSON null', body: 'null', code: 'StateVersionUnknown' },
  ])('is refused when it is $what, naming the object', async ({ body, code }) => {
    await bucket();
    await putState(body);
    const failure = await failureOf(store.readState(staging));
    expect(failure).toMatchObject({ code, exitCode: 5 });
    expect(failure.message).toContain(`s3://${Bucket}/${staging.backend.key}`);
    expect(failure.message).not.toContain('s3:GetObject');
  });
});
