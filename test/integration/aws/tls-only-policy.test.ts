import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { S3StateStore } from '../../../src/adapters/aws/s3-state-store.js';
import { backendOf, bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { RecordedAws } from '../../support/recorded-aws.js';

const staging = bindingOf('staging', { backend: backendOf('staging', { lockTable: undefined }) });
const { bucket } = staging.backend;
const ARN = `arn:aws:s3:::${bucket}`;
const auditors = {
  Sid: 'Auditors',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 's3:GetObject',
  Resource: `${ARN}/*`,
};
/** The statement that Security Hub (S3.5) and AWS's own documentation give for this purpose. */
const denial = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [ARN, `${ARN}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

/**
 * S3 that has one bucket and remembers its policy. The emulator is no help here: it applies a conditional Deny
 * unconditionally, and so would shut everybody out.
 */
describe('the TLS-only policy of a state bucket on real AWS', () => {
  const environment = new CallerEnvironment();
  let s3: RecordedAws;
  let policy: string | undefined;
  const store = () => new S3StateStore(new AwsClients(new ClientConfigurations()), undefined);
  const repair = async () => store().repair(staging, await store().inspect(staging));
  const statements = () => (JSON.parse(policy ?? '{}') as { Statement?: readonly unknown[] }).Statement;

  beforeAll(async () => {
    s3 = await RecordedAws.start(({ method, url, body }) => {
      const { searchParams } = new URL(url, 'http://localhost');
      if (!searchParams.has('policy')) return { status: 200 };
      if (method === 'PUT') {
        policy = body;
        return { status: 204 };
      }
      if (policy !== undefined) return { status: 200, body: policy };
      return {
        status: 404,
        body: `<Error><Code>NoSuchBucketPolicy</Code><Message>The bucket policy does not exist</Message></Error>`,
      };
    });
    environment.useAws({
      AWS_ENDPOINT_URL: s3.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  });

  afterAll(async () => {
    environment.restore();
    await s3.stop();
  });

  beforeEach(() => {
    policy = undefined;
  });

  it('is put where there was none', async () => {
    await repair();
    expect(statements()).toEqual([expect.objectContaining(denial)]);
    expect((await store().inspect(staging)).bucket.tlsOnly).toBe(true);
  });

  it.each([
    { form: 'a list', Statement: [auditors] },
    { form: 'a single object', Statement: auditors },
  ])('is added to the statements of others, written as $form', async ({ Statement }) => {
    policy = JSON.stringify({ Version: '2012-10-17', Statement });
    expect((await store().inspect(staging)).bucket.tlsOnly).toBe(false);
    await repair();
    expect(statements()).toEqual([auditors, expect.objectContaining(denial)]);
  });

  it.each([
    { denial: 'of reading alone', weak: { ...denial, Action: 's3:GetObject' } },
    { denial: 'of the objects alone', weak: { ...denial, Resource: `${ARN}/*` } },
    { denial: 'of one account alone', weak: { ...denial, Principal: { AWS: 'arn:aws:iam::111122223333:root' } } },
    { denial: 'of what comes over TLS', weak: { ...denial, Condition: { Bool: { 'aws:SecureTransport': 'true' } } } },
    { denial: 'of another bucket', weak: { ...denial, Resource: [`${ARN}-old`, `${ARN}-old/*`] } },
  ])('is missing with a denial $denial', async ({ weak }) => {
    policy = JSON.stringify({ Version: '2012-10-17', Statement: [weak] });
    expect((await store().inspect(staging)).bucket.tlsOnly).toBe(false);
  });

  it('is recognised in the words of another tool, and then left alone', async () => {
    const written = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ ...denial, Sid: 'Other', Principal: { AWS: '*' }, Action: ['s3:*'] }, auditors],
    });
    policy = written;
    await repair();
    expect(policy).toBe(written);
  });

  it('is put once, not again by a second repair', async () => {
    await repair();
    const before = s3.asked.filter(({ method, url }) => method === 'PUT' && url.includes('policy')).length;
    await repair();
    const after = s3.asked.filter(({ method, url }) => method === 'PUT' && url.includes('policy')).length;
    expect(after).toBe(before);
  });
});
