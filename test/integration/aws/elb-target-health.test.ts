import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { ElbTargetHealth } from '../../../src/adapters/aws/elb-target-health.js';
import { bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { RecordedAws } from '../../support/recorded-aws.js';

const staging = bindingOf('staging');
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:app';

describe('the health of targets', () => {
  describe('in the emulator', () => {
    let aws: EmulatedAws;
    let client: ElasticLoadBalancingV2Client;
    let targetHealth: ElbTargetHealth;
    // A group of functions is the one kind that needs no network.
    const createGroup = async (Name: string): Promise<string> => {
      const answer = await client.send(new CreateTargetGroupCommand({ Name, TargetType: 'lambda' }));
      return answer.TargetGroups?.[0]?.TargetGroupArn ?? '';
    };

    beforeAll(async () => {
      aws = await EmulatedAws.start();
      client = new ElasticLoadBalancingV2Client();
      targetHealth = new ElbTargetHealth(new AwsClients(new ClientConfigurations()));
    });

    afterAll(async () => {
      client.destroy();
      await aws.stop();
    });

    beforeEach(() => aws.reset());

    it('is not asked for where there is no target group', async () => {
      expect(await targetHealth.targets(staging, [])).toEqual([]);
    });

    it('is that of no targets for a target group without any, naming the group', async () => {
      expect(await targetHealth.targets(staging, [await createGroup('app-blue')])).toEqual([
        { name: 'app-blue', targets: [] },
      ]);
    });

    it('tells the targets, by groups in their order', async () => {
      const groups = [await createGroup('app-blue'), await createGroup('app-green')];
      await client.send(new RegisterTargetsCommand({ TargetGroupArn: groups[1], Targets: [{ Id: FUNCTION }] }));
      expect(await targetHealth.targets(staging, groups)).toEqual([
        { name: 'app-blue', targets: [] },
        { name: 'app-green', targets: [expect.objectContaining({ id: FUNCTION })] },
      ]);
    });

    it('is of a target group that is not there, naming it', async () => {
      const gone = (await createGroup('app-gone')).replace(/[^/]+$/, '0000000000000000');
      expect(await targetHealth.targets(staging, [gone])).toEqual([{ name: 'app-gone', targets: null }]);
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

    const targetOf = async (description: string) => {
      described = description;
      const groups = await new ElbTargetHealth(new AwsClients(new ClientConfigurations())).targets(staging, [
        'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/app/6d0ecf831eec9f09',
      ]);
      expect(groups).toEqual([{ name: 'app', targets: [expect.anything()] }]);
      return groups[0]?.targets?.[0];
    };

    it('tells the target and its state', async () => {
      expect(await targetOf('<State>healthy</State>')).toEqual({ id: 'i-0376fadf', state: 'healthy', reason: '' });
    });

    it('tells the reason', async () => {
      const found = await targetOf(
        '<State>unhealthy</State><Reason>Target.ResponseCodeMismatch</Reason><Description>Health checks failed with these codes: [503]</Description>',
      );
      expect(found).toMatchObject({
        state: 'unhealthy',
        reason: 'Target.ResponseCodeMismatch: Health checks failed with these codes: [503]',
      });
    });
  });
});
