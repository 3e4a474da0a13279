import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { ElbTargetHealth } from '../../../src/adapters/aws/elb-target-health.js';
import { S3Ledger } from '../../../src/adapters/aws/s3-ledger.js';
import { S3StateStore } from '../../../src/adapters/aws/s3-state-store.js';
import { StsIdentitySource } from '../../../src/adapters/aws/sts-identity-source.js';
import { TaggingInventory } from '../../../src/adapters/aws/tagging-inventory.js';
import { FakeClock } from '../../fakes/clock.js';
import { backendOf, bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { failureOf } from '../../support/failure.js';
import { freePort } from '../../support/loopback.js';
import { recogniseNodeErrors } from '../../support/node-errors.js';
import { everythingOf } from '../../support/pages.js';
import { type AskedRequest, type RecordedAnswer, RecordedAws } from '../../support/recorded-aws.js';

const staging = bindingOf('staging');
const TARGET_GROUP = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/app/6d0ecf831eec9f09';
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' };

/** Error bodies in the three forms that AWS's protocols give them. */
const query = (status: number, code: string, message: string): RecordedAnswer => ({
  status,
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code>
    <Message>${message}</Message></Error><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ErrorResponse>`,
});
const restXml = (status: number, code: string, message: string): RecordedAnswer => ({
  status,
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message>
    <RequestId>4442587FB7D0A2F9</RequestId></Error>`,
});
const json = (status: number, type: string, message: string): RecordedAnswer => ({
  status,
  body: JSON.stringify({ __type: type, message }),
});

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::123456789012:user/Alice</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>123456789012</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`;

describe('what AWS refuses', () => {
  const environment = new CallerEnvironment();
  let server: RecordedAws | undefined;

  const answering = async (answer: (request: AskedRequest) => RecordedAnswer | Promise<RecordedAnswer>) => {
    server = await RecordedAws.start(answer);
    environment.set({ AWS_ENDPOINT_URL: server.endpoint });
    return server;
  };
  const whoAmI = (binding = staging) => new StsIdentitySource(new ClientConfigurations()).whoAmI(binding);
  const readState = () => new S3StateStore(new AwsClients(new ClientConfigurations()), undefined).readState(staging);
  const inspect = (binding = staging) =>
    new S3StateStore(new AwsClients(new ClientConfigurations()), undefined).inspect(binding);
  const latest = () => new S3Ledger(new AwsClients(new ClientConfigurations())).list(staging, 1);
  const inventory = () =>
    everythingOf(
      new TaggingInventory(new ClientConfigurations(), new FakeClock()).pages(
        { accountId: '123456789012', region: 'us-east-1', roleArn: undefined },
        { tag: 'Environment', values: ['staging'] },
      ),
    );
  const targets = () =>
    new ElbTargetHealth(new AwsClients(new ClientConfigurations())).targets(staging, [TARGET_GROUP]);

  let takeBack: () => void;

  beforeAll(() => {
    takeBack = recogniseNodeErrors();
  });

  afterAll(() => takeBack());

  beforeEach(() => {
    environment.useAws({
      ...CREDENTIALS,
      AWS_CONFIG_FILE: '/nowhere/config',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  });

  afterEach(async () => {
    environment.restore();
    await server?.stop();
    server = undefined;
  });

  it.each([
    {
      name: 'an expired token of STS',
      answer: query(403, 'ExpiredToken', 'The security token included in the request is expired'),
      ask: () => whoAmI(),
      code: 'CredentialsExpired',
      says: 'sts:GetCallerIdentity',
    },
    {
      name: 'an expired token of S3',
      answer: restXml(400, 'ExpiredToken', 'The provided token has expired.'),
      ask: readState,
      code: 'CredentialsExpired',
      says: 's3:GetObject',
    },
    {
      name: 'an expired token of a JSON service',
      answer: json(
        400,
        'com.amazon.coral.service#ExpiredTokenException',
        'The security token included in the request is expired',
      ),
      ask: inventory,
      code: 'CredentialsExpired',
      says: 'tag:GetResources',
    },
    {
      name: 'an access key that does not exist, to STS',
      answer: query(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'),
      ask: () => whoAmI(),
      code: 'CredentialsRejected',
      says: 'InvalidClientTokenId',
    },
    {
      name: 'an access key that does not exist, to S3',
      answer: restXml(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'),
      ask: latest,
      code: 'CredentialsRejected',
      says: 'InvalidAccessKeyId',
    },
    {
      name: 'a wrong secret',
      answer: restXml(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.'),
      ask: readState,
      code: 'CredentialsRejected',
      says: 'SignatureDoesNotMatch',
    },
    {
      name: 'an unknown token, to a JSON service',
      answer: json(400, 'UnrecognizedClientException', 'The security token included in the request is invalid.'),
      ask: inventory,
      code: 'CredentialsRejected',
      says: 'UnrecognizedClientException',
    },
    {
      name: 'a missing permission of S3',
      answer: restXml(403, 'AccessDenied', 'Access Denied'),
      ask: readState,
      code: 'AwsDenied',
      says: 's3:GetObject on s3://acme-state-staging/staging/terraform.tfstate',
    },
    {
      name: 'a missing permission of a JSON service',
      answer: json(400, 'AccessDeniedException', 'User: arn:aws:iam::123456789012:user/Alice is not authorized'),
      ask: inventory,
      code: 'AwsDenied',
      says: 'tag:GetResources',
    },
    {
      name: 'a missing permission of the load balancer',
      answer: query(403, 'AccessDenied', 'User: arn:aws:iam::123456789012:user/Alice is not authorized'),
      ask: targets,
      code: 'AwsDenied',
      says: 'elasticloadbalancing:DescribeTargetHealth',
    },
    {
      name: 'a bucket in another region',
      answer: restXml(301, 'PermanentRedirect', 'The bucket must be addressed using the specified endpoint.'),
      ask: readState,
      code: 'AwsFailed',
      says: 'PermanentRedirect',
    },
  ])('is $code (exit 5) for $name', async ({ answer, ask, code, says }) => {
    await answering(() => answer);
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({ code, exitCode: 5 });
    expect(failure.message).toContain(says);
    expect(failure.nextSteps).not.toEqual([]);
  });

  it('names expired credentials although S3 answers a HEAD request without a body, and sooner than others', async () => {
    await answering(async ({ method }) => {
      if (method === 'HEAD') return { status: 400 };
      await delay(50);
      return restXml(400, 'ExpiredToken', 'The provided token has expired.');
    });
    const binding = bindingOf('staging', { backend: backendOf('staging', { lockTable: undefined }) });
    expect(await failureOf(inspect(binding))).toMatchObject({ code: 'CredentialsExpired', exitCode: 5 });
  });

  it.each([
    { service: 'STS', answer: query(400, 'Throttling', 'Rate exceeded') },
    { service: 'STS, out of order,', answer: query(503, 'ServiceUnavailable', 'The service is overloaded') },
  ])('is asked again when $service throttles', async ({ answer }) => {
    let refusals = 1;
    const { asked } = await answering(() => {
      refusals -= 1;
      return refusals >= 0 ? answer : { status: 200, body: identity };
    });
    expect(await whoAmI()).toEqual({ accountId: '123456789012', arn: 'arn:aws:iam::123456789012:user/Alice' });
    expect(asked).toHaveLength(2);
  });

  it('is AwsFailed after four attempts when it is out of order for long', async () => {
    const { asked } = await answering(() => query(503, 'ServiceUnavailable', 'The service is overloaded'));
    const failure = await failureOf(whoAmI());
    expect(failure).toMatchObject({ code: 'AwsFailed', exitCode: 5 });
    expect(failure.message).toContain('The service is overloaded');
    expect(asked).toHaveLength(4);
  });

  describe('about a role', () => {
    const roleArn = 'arn:aws:iam::210987654321:role/deploy';
    const binding = bindingOf('staging', { roleArn });

    it('is the wrong identity (exit 7) when the role may not be assumed', async () => {
      await answering(() => query(403, 'AccessDenied', 'User is not authorized to perform: sts:AssumeRole'));
      const failure = await failureOf(whoAmI(binding));
      expect(failure).toMatchObject({ code: 'RoleRefused', exitCode: 7 });
      expect(failure.message).toContain(roleArn);
    });

    it('is still about expired credentials when those are', async () => {
      await answering(() => query(403, 'ExpiredToken', 'The security token included in the request is expired'));
      expect(await failureOf(whoAmI(binding))).toMatchObject({ code: 'CredentialsExpired', exitCode: 5 });
    });
  });

  describe('because nobody is there', () => {
    it.each([
      { adapter: 'identity', ask: () => whoAmI() },
      { adapter: 'state', ask: readState },
      { adapter: 'backend', ask: () => inspect() },
      { adapter: 'ledger', ask: latest },
      { adapter: 'inventory', ask: inventory },
      { adapter: 'target health', ask: targets },
    ])('is AwsUnreachable, naming the endpoint: $adapter', async ({ ask }) => {
      const endpoint = `http://127.0.0.1:${await freePort()}`;
      environment.set({ AWS_ENDPOINT_URL: endpoint });
      const failure = await failureOf(ask());
      expect(failure).toMatchObject({ code: 'AwsUnreachable', exitCode: 5 });
      expect(failure.message).toContain(endpoint);
    });

    it('is AwsUnreachable when the name does not resolve', async () => {
      environment.set({ AWS_ENDPOINT_URL: 'http://aws.invalid' });
      expect(await failureOf(whoAmI())).toMatchObject({ code: 'AwsUnreachable', exitCode: 5 });
    });
  });

  it('is CredentialsMissing where there are none at all', async () => {
    const { asked } = await answering(() => ({ status: 200, body: identity }));
    environment.set({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, HOME: '/nowhere' });
    for (const ask of [whoAmI, readState, inventory]) {
      const failure = await failureOf(ask());
      expect(failure).toMatchObject({ code: 'CredentialsMissing', exitCode: 5 });
      expect(failure.nextSteps.join('\n')).toContain('aws sso login');
    }
    expect(asked).toEqual([]);
  });
});
