import { EC2Client, RunInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { Ec2Instances } from '../../../src/adapters/aws/ec2-instances.js';
import { bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { RecordedAws } from '../../support/recorded-aws.js';

const staging = bindingOf('staging');

describe("an environment's instances", () => {
  describe('in the emulator', () => {
    let aws: EmulatedAws;
    let client: EC2Client;
    const instances = new Ec2Instances(new AwsClients(new ClientConfigurations()));
    const run = async (count: number): Promise<readonly string[]> => {
      const answer = await client.send(
        new RunInstancesCommand({
          ImageId: 'ami-12c6146b',
          MinCount: count,
          MaxCount: count,
          TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Environment', Value: 'staging' }] }],
        }),
      );
      return (answer.Instances ?? []).map(({ InstanceId = '' }) => InstanceId);
    };

    beforeAll(async () => {
      aws = await EmulatedAws.start();
      client = new EC2Client();
    });
    afterAll(async () => {
      client.destroy();
      await aws.stop();
    });
    beforeEach(() => aws.reset());

    it('are told with their state and tags, and those that are not there are left out', async () => {
      const [one = '', two = ''] = await run(2);
      await client.send(new TerminateInstancesCommand({ InstanceIds: [two] }));
      const found = await instances.describe(staging, [one, two, 'i-0123456789abcdef0']);
      expect(found.map(({ id, state, tags }) => [id, state, tags])).toEqual(
        expect.arrayContaining([[one, 'running', { Environment: 'staging' }]]),
      );
      expect(found.filter(({ id }) => id !== one).map(({ state }) => state)).toEqual(['terminated']);
    });

    it('are asked for in as many calls as it takes', async () => {
      const [one = ''] = await run(1);
      const others = Array.from({ length: 400 }, (_, index) => `i-${String(index).padStart(17, '0')}`);
      expect((await instances.describe(staging, [...others, one])).map(({ id }) => id)).toEqual([one]);
      expect(await instances.describe(staging, [])).toEqual([]);
    });

    it('are stopped and started one by one', async () => {
      const [one = '', two = ''] = await run(2);
      const states = async () =>
        new Map((await instances.describe(staging, [one, two])).map(({ id, state }) => [id, state]));
      await instances.stop(staging, one);
      expect([(await states()).get(one), (await states()).get(two)]).toEqual(['stopped', 'running']);
      await instances.start(staging, one);
      expect((await states()).get(one)).toBe('running');
    });

    it('fail by name where there is none', async () => {
      const failure = await failureOf(instances.stop(staging, 'i-0123456789abcdef0'));
      expect([failure.code, failure.exitCode]).toEqual(['AwsFailed', 5]);
      expect(failure.message).toContain('ec2:StopInstances on i-0123456789abcdef0');
    });
  });

  describe('as AWS answers', () => {
    let aws: RecordedAws;
    const caller = new CallerEnvironment();
    const error = (code: string, message: string) =>
      `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`;

    const answers = async (answer: { readonly status: number; readonly body: string }) => {
      aws = await RecordedAws.start(() => answer);
      caller.useAws({
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_REGION: 'us-east-1',
      });
      return new Ec2Instances(new AwsClients(new ClientConfigurations()));
    };
    afterEach(async () => {
      caller.restore();
      await aws.stop();
    });

    it.each([
      ['stop', 'ec2:StopInstances'],
      ['start', 'ec2:StartInstances'],
    ] as const)('are not to be had to %s without %s', async (verb, action) => {
      const instances = await answers({ status: 403, body: error('UnauthorizedOperation', 'You are not authorized') });
      const failure = await failureOf(instances[verb](staging, 'i-1'));
      expect([failure.code, failure.exitCode]).toEqual(['AwsDenied', 5]);
      expect(failure.message).toContain(`AWS denied ${action} on i-1`);
      expect(failure.nextSteps[0]).toContain(`allow ${action}`);
    });

    it('tell why one fell back to stopped', async () => {
      const instances = await answers({
        status: 200,
        body: `<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId>
          <instanceState><code>80</code><name>stopped</name></instanceState>
          <stateReason><code>Client.InternalError</code><message>Client.InternalError: Client error on launch</message></stateReason>
        </item></instancesSet></item></reservationSet></DescribeInstancesResponse>`,
      });
      expect(await instances.describe(staging, ['i-1'])).toEqual([
        { id: 'i-1', state: 'stopped', reason: 'Client.InternalError: Client error on launch', tags: {} },
      ]);
    });
  });
});
