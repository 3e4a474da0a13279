import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ElbTargetHealth } from '../../../src/adapters/aws/elb-target-health.js';
import { bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { RecordedAws } from '../../support/recorded-aws.js';

const staging = bindingOf('staging');
const targetHealth = new ElbTargetHealth();
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:app';

describe('the health of targets', () => {
  describe('in the emulator', () => {
    let aws: EmulatedAws;
    let client: ElasticLoadBalancingV2Client;
    // A group of functions is the one kind that needs no network.
    const createGroup = async (Name: string): Promise<string> => {
      const answer = await client.send(new CreateTargetGroupCommand({ Name, TargetType: 'lambda' }));
      return answer.TargetGroups?.[0]?.TargetGroupArn ?? '';
    };

    beforeAll(async () => {
      aws = await EmulatedAws.start();
      client = new ElasticLoadBalancingV2Client();
    });

    afterAll(async () => {
      client.destroy();
      await aws.stop();
    });

    beforeEach(() => aws.reset());

    it('is not asked for where there is no target group', async () => {
      expect(await targetHealth.targets(staging, [])).toEqual([]);
    });

    it('is unhealthy for a target group without targets, naming the group', async () => {
      expect(await targetHealth.targets(staging, [await createGroup('app-blue')])).toEqual([
        { name: expect.stringContaining('app-blue'), status: 'unhealthy', detail: 'no target is registered' },
      ]);
    });

    it('is one check a target, over all groups in their order', async () => {
      const groups = [await createGroup('app-blue'), await createGroup('app-green')];
      await client.send(new RegisterTargetsCommand({ TargetGroupArn: groups[1], Targets: [{ Id: FUNCTION }] }));
      const checks = await targetHealth.targets(staging, groups);
      expect(checks.map(({ name }) => name)).toEqual([
        expect.stringContaining('app-blue'),
        expect.stringContaining(FUNCTION),
      ]);
    });
  });

  describe('as AWS answers', () => {
    const environment = new CallerEnvironment();
    let server: RecordedAws;
    let described = '';

    beforeAll(async () => {
      server = await RecordedAws.start(() => ({
        status: 200,
        body: `<DescribeTargetHealthResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
          <DescribeTargetHealthResult><TargetHealthDescriptions><member>
            <Target><Id>i-0376fadf</Id><Port>80</Port></Target><HealthCheckPort>80</HealthCheckPort>
            <TargetHealth>${described}</TargetHealth>
          </member></TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>`,
      }));
      environment.useAws({
        AWS_ENDPOINT_URL: server.endpoint,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      });
    });

    afterAll(async () => {
      environment.restore();
      await server.stop();
    });

    const check = async (description: string) => {
      described = description;
      const checks = await targetHealth.targets(staging, [
        'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/app/6d0ecf831eec9f09',
      ]);
      expect(checks).toHaveLength(1);
      return checks[0];
    };

    it.each([
      { state: 'healthy', status: 'healthy' },
      { state: 'initial', status: 'unhealthy' },
      { state: 'unhealthy', status: 'unhealthy' },
      { state: 'unhealthy.draining', status: 'unhealthy' },
      { state: 'draining', status: 'unhealthy' },
      { state: 'unavailable', status: 'not-checked' },
    ])('$state is $status', async ({ state, status }) => {
      expect(await check(`<State>${state}</State>`)).toMatchObject({ status, detail: state });
    });

    it.each(['unused', 'a-state-of-the-future'])('%s is never healthy', async (state) => {
      expect((await check(`<State>${state}</State>`))?.status).not.toBe('healthy');
    });

    it('tells the target, its group and the reason', async () => {
      const found = await check(
        '<State>unhealthy</State><Reason>Target.ResponseCodeMismatch</Reason><Description>Health checks failed with these codes: [503]</Description>',
      );
      expect(found?.name).toContain('i-0376fadf');
      expect(found?.name).toContain('app');
      expect(found?.detail).toContain('Target.ResponseCodeMismatch');
      expect(found?.detail).toContain('[503]');
    });
  });
});
