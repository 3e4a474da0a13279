import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeSubnetsCommand, EC2Client, type Subnet } from '@aws-sdk/client-ec2';
import {
  type Action,
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readElasticLoadBalancing } from '../../../../src/adapters/aws/facts/elastic-load-balancing.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { factsBy, idsOf, listedTypes, noted, told, toldOf } from '../../../support/fact-reading.js';

const MORE_THAN_ONE_CALL_FOR_TAGS = 22;

describe('load balancing, read from AWS', () => {
  let aws: EmulatedAws;
  let ec2: EC2Client;
  let elb: ElasticLoadBalancingV2Client;
  let acm: ACMClient;
  let subnets: readonly Subnet[];
  const createBalancer = async (Name: string) => {
    const { LoadBalancers } = await elb.send(
      new CreateLoadBalancerCommand({
        Name,
        Subnets: subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId),
        Tags: [{ Key: 'Environment', Value: 'staging' }],
      }),
    );
    const [{ LoadBalancerArn: id = '', DNSName = '', VpcId = '', SecurityGroups = [] } = {}] = LoadBalancers ?? [];
    return { id, DNSName, VpcId, SecurityGroups };
  };
  const createGroup = async (Name: string, TargetType: 'lambda' | 'instance' | 'ip' = 'instance') => {
    const network = TargetType === 'lambda' ? {} : { Protocol: 'HTTP' as const, Port: 80, VpcId: subnets[0]?.VpcId };
    const { TargetGroups } = await elb.send(new CreateTargetGroupCommand({ Name, TargetType, ...network }));
    return TargetGroups?.[0]?.TargetGroupArn ?? '';
  };
  const createListener = async (LoadBalancerArn: string, DefaultActions: Action[], certificate?: string) => {
    const { Listeners } = await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn,
        DefaultActions,
        ...(certificate === undefined
          ? { Protocol: 'HTTP', Port: 80 }
          : { Protocol: 'HTTPS', Port: 443, Certificates: [{ CertificateArn: certificate }] }),
        Tags: [{ Key: 'Environment', Value: 'staging' }],
      }),
    );
    return Listeners?.[0]?.ListenerArn ?? '';
  };
  const forwardTo = (...groups: readonly string[]): Action[] => [
    {
      Type: 'forward',
      ForwardConfig: { TargetGroups: groups.map((TargetGroupArn) => ({ TargetGroupArn, Weight: 1 })) },
    },
  ];

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    ec2 = new EC2Client();
    elb = new ElasticLoadBalancingV2Client();
    acm = new ACMClient();
  });

  afterAll(async () => {
    ec2.destroy();
    elb.destroy();
    acm.destroy();
    await aws.stop();
  });

  beforeEach(async () => {
    await aws.reset();
    subnets = (await ec2.send(new DescribeSubnetsCommand())).Subnets ?? [];
  });

  it('finds nothing where there is nothing, and says that it looked', async () => {
    const read = await factsBy(readElasticLoadBalancing);
    expect(read.facts.resources).toEqual([]);
    expect(read.unread).toEqual([]);
    expect(listedTypes(read)).toEqual(['aws_lb', 'aws_lb_target_group'].map((type) => `${type} in us-east-1`));
  });

  it('tells a load balancer with its name in DNS, its tags and where it is', async () => {
    const balancer = await createBalancer('App');
    const read = await factsBy(readElasticLoadBalancing);
    expect(noted(read, balancer.id)).toEqual([
      {
        id: balancer.id,
        type: 'aws_lb',
        name: 'App',
        aliases: [balancer.DNSName.toLowerCase()],
        tags: { Environment: 'staging' },
        partOf: undefined,
      },
    ]);
    expect(toldOf(read, 'placed-in', balancer.id)).toEqual(
      [
        `${balancer.VpcId}: VpcId`,
        ...subnets.slice(0, 2).map(({ SubnetId }) => `${SubnetId}: AvailabilityZones.SubnetId`),
        ...balancer.SecurityGroups.map((group) => `${group}: SecurityGroups`),
      ].sort(),
    );
  });

  it('tells every target group that a listener and its rules forward to', async () => {
    const [blue, green, beta] = [await createGroup('blue'), await createGroup('green'), await createGroup('beta')];
    const { id } = await createBalancer('app');
    const listener = await createListener(id, forwardTo(blue, green));
    const { Rules } = await elb.send(
      new CreateRuleCommand({
        ListenerArn: listener,
        Priority: 5,
        Conditions: [{ Field: 'path-pattern', Values: ['/beta'] }],
        Actions: [{ Type: 'forward', TargetGroupArn: beta }],
        Tags: [{ Key: 'Environment', Value: 'production' }],
      }),
    );
    const rule = Rules?.[0]?.RuleArn ?? '';
    const read = await factsBy(readElasticLoadBalancing);
    expect(told(read, 'forward')).toEqual(
      [
        `${listener} -> ${blue}: DefaultActions`,
        `${listener} -> ${green}: DefaultActions`,
        `${rule} -> ${beta}: Actions of rule 5`,
      ].sort(),
    );
    expect(noted(read, listener)).toEqual([
      expect.objectContaining({ type: 'aws_lb_listener', partOf: id, tags: { Environment: 'staging' } }),
    ]);
    expect(noted(read, rule)).toEqual([
      expect.objectContaining({ type: 'aws_lb_listener_rule', partOf: listener, tags: { Environment: 'production' } }),
    ]);
  });

  it('tells the host of a redirect to another, and of none to the same', async () => {
    const { id } = await createBalancer('app');
    const redirect = (Host: string): Action[] => [
      { Type: 'redirect', RedirectConfig: { Host, Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
    ];
    const listener = await createListener(id, redirect('#{host}'));
    await elb.send(
      new CreateRuleCommand({
        ListenerArn: listener,
        Priority: 1,
        Conditions: [{ Field: 'path-pattern', Values: ['/old'] }],
        Actions: redirect('Api.Example.com'),
      }),
    );
    expect(told(await factsBy(readElasticLoadBalancing), 'forward')).toEqual([
      expect.stringMatching(/listener-rule\/.* -> api\.example\.com: Actions of rule 1$/),
    ]);
  });

  it('tells the certificates of a listener, each once', async () => {
    const request = async (DomainName: string) =>
      (await acm.send(new RequestCertificateCommand({ DomainName }))).CertificateArn ?? '';
    const [first, second] = [await request('a.example.com'), await request('b.example.com')];
    const { id } = await createBalancer('app');
    const listener = await createListener(id, forwardTo(await createGroup('blue')), first);
    await elb.send(
      new AddListenerCertificatesCommand({ ListenerArn: listener, Certificates: [{ CertificateArn: second }] }),
    );
    const certificates = toldOf(await factsBy(readElasticLoadBalancing), 'certificate', listener);
    expect(certificates.map((line) => line.replace(/: .*/, ''))).toEqual([first, second].sort());
  });

  it('tells the bucket of access logs, while they are written', async () => {
    const [writing, silent] = [await createBalancer('writing'), await createBalancer('silent')];
    const log = (LoadBalancerArn: string, Value: 'true' | 'false') =>
      elb.send(
        new ModifyLoadBalancerAttributesCommand({
          LoadBalancerArn,
          Attributes: [
            { Key: 'access_logs.s3.bucket', Value: 'logs' },
            { Key: 'access_logs.s3.enabled', Value },
          ],
        }),
      );
    await log(writing.id, 'true');
    await log(silent.id, 'false');
    expect(told(await factsBy(readElasticLoadBalancing), 'access-log')).toEqual([
      `${writing.id} -> arn:aws:s3:::logs: access_logs.s3.bucket`,
    ]);
  });

  it('tells the targets of a group, whatever they are', async () => {
    const [functions, addresses] = [await createGroup('functions', 'lambda'), await createGroup('addresses', 'ip')];
    const app = 'arn:aws:lambda:us-east-1:123456789012:function:app';
    const register = (TargetGroupArn: string, ...ids: readonly string[]) =>
      elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: ids.map((Id) => ({ Id })) }));
    await register(functions, app);
    await register(addresses, '10.0.0.5', '10.0.0.6');
    expect(told(await factsBy(readElasticLoadBalancing), 'target')).toEqual(
      [
        `${functions} -> ${app}: Target.Id`,
        `${addresses} -> 10.0.0.5: Target.Id`,
        `${addresses} -> 10.0.0.6: Target.Id`,
      ].sort(),
    );
  });

  it("tells the targets of a group that is nobody's, in a VPC or behind a load balancer that concerns an environment", async () => {
    const [inVpc, behind] = [await createGroup('misc'), await createGroup('functions', 'lambda')];
    const balancer = await createBalancer('app');
    await createListener(balancer.id, forwardTo(behind));
    const target = { [inVpc]: 'i-0123456789abcdef0', [behind]: 'arn:aws:lambda:us-east-1:123456789012:function:app' };
    for (const [TargetGroupArn, Id = ''] of Object.entries(target))
      await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id }] }));
    const ofGroups = async (concerned: string) =>
      told(await factsBy(readElasticLoadBalancing, ({ id }) => id === concerned), 'target');
    expect(await ofGroups(balancer.VpcId)).toEqual([`${inVpc} -> ${target[inVpc]}: Target.Id`]);
    expect(await ofGroups(balancer.id)).toEqual([`${behind} -> ${target[behind]}: Target.Id`]);
    expect(await ofGroups('vpc-0fedcba9876543210')).toEqual([]);
  });

  it('looks into a load balancer of nobody when it leads to a target group that is looked into', async () => {
    const group = await createGroup('app');
    const [shared, idle] = [await createBalancer('shared'), await createBalancer('idle')];
    const listener = await createListener(shared.id, forwardTo(group));
    await createListener(idle.id, [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }]);
    const read = await factsBy(readElasticLoadBalancing, ({ id }) => id === group);
    expect(idsOf(read, 'aws_lb')).toEqual([shared.id, idle.id].sort());
    expect(idsOf(read, 'aws_lb_listener')).toEqual([listener]);
    expect(listedTypes(read)).toEqual(
      [
        `aws_lb_listener in us-east-1 of ${shared.id}`,
        'aws_lb in us-east-1',
        `aws_lb_listener_rule in us-east-1 of ${listener}`,
        'aws_lb_target_group in us-east-1',
      ].sort(),
    );
  });

  it('tells the tags of more resources than one call answers', async () => {
    const names = Array.from({ length: MORE_THAN_ONE_CALL_FOR_TAGS }, (_, index) => `group-${index}`);
    await Promise.all(names.map((name) => createGroup(name, 'lambda')));
    const { facts, unread } = await factsBy(readElasticLoadBalancing, () => false);
    expect(facts.resources.map(({ name, tags }) => ({ name, tags }))).toEqual(
      expect.arrayContaining(names.map((name) => ({ name, tags: {} }))),
    );
    expect(unread).toEqual([]);
  });
});
