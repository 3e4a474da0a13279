import { AutoScalingClient, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateTargetGroupCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAutoScaling } from '../../../../src/adapters/aws/facts/auto-scaling.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { factsBy, factsOfRecorded, listedTypes, noted, type ReadFacts, toldOf } from '../../../support/fact-reading.js';

describe('Auto Scaling, read from AWS', () => {
  let aws: EmulatedAws;
  let read: ReadFacts;
  const world = { subnet: '', template: '', targetGroup: '' };
  const groupId = () => read.facts.resources.find(({ type }) => type === 'aws_autoscaling_group')?.id ?? '';

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const [ec2, elb, scaling] = [new EC2Client(), new ElasticLoadBalancingV2Client(), new AutoScalingClient()];
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand());
    const { SubnetId = '', VpcId, AvailabilityZone = '' } = Subnets?.[0] ?? {};
    world.subnet = SubnetId;
    const { LaunchTemplate } = await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: 'app',
        LaunchTemplateData: { ImageId: 'ami-12c6146b', InstanceType: 't3.micro' },
      }),
    );
    world.template = LaunchTemplate?.LaunchTemplateId ?? '';
    const { TargetGroups } = await elb.send(
      new CreateTargetGroupCommand({ Name: 'app', Protocol: 'HTTP', Port: 80, VpcId }),
    );
    world.targetGroup = TargetGroups?.[0]?.TargetGroupArn ?? '';
    await scaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: 'app',
        MinSize: 2,
        MaxSize: 2,
        AvailabilityZones: [AvailabilityZone],
        VPCZoneIdentifier: SubnetId,
        LaunchTemplate: { LaunchTemplateId: world.template, Version: '$Latest' },
        TargetGroupARNs: [world.targetGroup],
        Tags: [{ Key: 'Environment', Value: 'staging', PropagateAtLaunch: true }],
      }),
    );
    for (const client of [ec2, elb, scaling]) client.destroy();
    read = await factsBy(readAutoScaling);
  });

  afterAll(() => aws.stop());

  it('tells a group by its ARN, its name and its tags', () => {
    expect(noted(read, groupId())).toEqual([
      {
        id: expect.stringMatching(/^arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:.*\/app$/),
        type: 'aws_autoscaling_group',
        name: 'app',
        aliases: [],
        tags: { Environment: 'staging' },
        partOf: undefined,
      },
    ]);
    expect(listedTypes(read)).toEqual(['aws_autoscaling_group in us-east-1']);
  });

  it('tells that its instances are parts of it', () => {
    expect(read.facts.resources.filter(({ partOf }) => partOf === groupId())).toEqual([
      expect.objectContaining({ type: 'aws_instance', id: expect.stringMatching(/^i-/) }),
      expect.objectContaining({ type: 'aws_instance', id: expect.stringMatching(/^i-/) }),
    ]);
  });

  it('tells where it is, by what it starts instances, and what target groups it serves', () => {
    expect(toldOf(read, 'placed-in', groupId())).toEqual([`${world.subnet}: VPCZoneIdentifier`]);
    expect(toldOf(read, 'mentions', groupId())).toEqual([`${world.template}: LaunchTemplate`]);
    expect(toldOf(read, 'target', world.targetGroup)).toEqual([`${groupId()}: AutoScalingGroup.TargetGroupARNs`]);
  });

  it('has a gap where it is denied, as AWS documents it', async () => {
    const denied = await factsOfRecorded(readAutoScaling, () => ({
      status: 403,
      body: `<ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><Error><Type>Sender</Type>
        <Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>`,
    }));
    expect(denied.unread).toEqual([
      expect.objectContaining({
        action: 'autoscaling:DescribeAutoScalingGroups',
        areas: ['existence', 'network', 'traffic', 'policies', 'tags'],
      }),
    ]);
    expect(listedTypes(denied)).toEqual([]);
  });
});
