import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { GetQueueAttributesCommand, SQSClient } from '../../../src/adapters/aws/sdk/sqs.js';
import { GetCallerIdentityCommand, STSClient } from '../../../src/adapters/aws/sdk/sts.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { type AskedRequest, RecordedAws } from '../../support/recorded-aws.js';

/** Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const assumedRole = (key: string) => `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
  <SessionToken>token</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult>
</AssumeRoleResponse>`;

/** Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::123456789012:user/someone</Arn><UserId>U</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

const QUEUE = { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/jobs' };

describe('the credentials of the clients of one environment', () => {
  const environment = new CallerEnvironment();
  let aws: RecordedAws;
  let directory: string;
  let configurations: ClientConfigurations;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mhtctl-test-'));
    aws = await RecordedAws.start(({ body }) => {
      if (body.includes('Action=AssumeRole')) return { status: 200, body: assumedRole(roleIn(body)) };
      return { status: 200, body: body.includes('Action=GetCallerIdentity') ? CALLER : '{}' };
    });
    configurations = new ClientConfigurations();
    environment.useAws({ AWS_ENDPOINT_URL: aws.endpoint });
  });

  afterEach(async () => {
    environment.restore();
    await aws.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** Two clients of different services ask, at once and one after the other. */
  async function askTwice(roleArn: string | undefined): Promise<readonly AskedRequest[]> {
    const access = { region: 'eu-west-1', roleArn };
    const sts = new STSClient(await configurations.of(access));
    const sqs = new SQSClient({ ...(await configurations.of(access)), useQueueUrlAsEndpoint: false });
    await Promise.all([sts.send(new GetCallerIdentityCommand({})), sqs.send(new GetQueueAttributesCommand(QUEUE))]);
    await sqs.send(new GetQueueAttributesCommand(QUEUE));
    return aws.asked;
  }

  it('are those of its role, which is assumed once', async () => {
    environment.set({ AWS_ACCESS_KEY_ID: 'CALLER', AWS_SECRET_ACCESS_KEY: 'secret' });
    const asked = await askTwice('arn:aws:iam::123456789012:role/READER');
    const [assumed, ...others] = asked;
    expect(assumed?.body).toContain('Action=AssumeRole');
    expect(signerOf(assumed)).toBe('CALLER');
    expect(others.map(signerOf)).toEqual(['READER', 'READER', 'READER']);
  });

  it('are not those of the role of another', async () => {
    environment.set({ AWS_ACCESS_KEY_ID: 'CALLER', AWS_SECRET_ACCESS_KEY: 'secret' });
    await askTwice('arn:aws:iam::123456789012:role/FIRST');
    const asked = (await askTwice('arn:aws:iam::123456789012:role/SECOND')).slice(4);
    expect(asked.slice(1).map(signerOf)).toEqual(['SECOND', 'SECOND', 'SECOND']);
  });

  it('are asked once of a program that gives them', async () => {
    const log = join(directory, 'calls');
    const given = JSON.stringify({ Version: 1, AccessKeyId: 'GIVEN', SecretAccessKey: 'secret' });
    const program = join(directory, 'give.cjs');
    await writeFile(
      program,
      `require('node:fs').appendFileSync(${JSON.stringify(log)}, 'x'); console.log('${given}');`,
    );
    const config = join(directory, 'config');
    await writeFile(config, `[profile program]\ncredential_process = "${process.execPath}" "${program}"\n`);
    environment.set({ AWS_CONFIG_FILE: config, AWS_PROFILE: 'program' });
    const asked = await askTwice(undefined);
    expect(asked.map(signerOf)).toEqual(['GIVEN', 'GIVEN', 'GIVEN']);
    expect(await readFile(log, 'utf8')).toBe('x');
  });
});

/** The name of the role in a call of AssumeRole, which stands for its access key here. */
function roleIn(body: string): string {
  return new URLSearchParams(body).get('RoleArn')?.split('/').at(-1) ?? '';
}

/** Whose key signed a request. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signerOf(request: AskedRequest | undefined): string | undefined {
  return /Credential=([^/]+)\//.exec(request?.headers.authorization ?? '')?.[1];
}
