import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  ModifyListenerCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { Sabotage } from './sabotage.js';
import type { Environment, World } from './world.js';

const aliasTo = (record: Readonly<Record<string, string>>, { balancer }: Environment): ResourceRecordSet => ({
  Name: record['fqdn'],
  Type: 'A',
  AliasTarget: {
    DNSName: balancer['dns_name'],
    HostedZoneId: balancer['zone_id'],
    EvaluateTargetHealth: true,
  },
});

const change = ({ aws }: World, zone: string, ResourceRecordSet: ResourceRecordSet, Action: 'UPSERT' | 'DELETE') =>
  aws.route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone,
      ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
    }),
  );

/** Sabotages of the way a request takes. */
export const OF_TRAFFIC: readonly Sabotage[] = [
  {
    name: "an instance of staging's behind production's load balancer",
    rule: 'traffic',
    names: ({ staging }) => staging.instance,
    commit: async ({ world: { aws, staging, production } }) => {
      const target = { TargetGroupArn: production.targetGroup, Targets: [{ Id: staging.instance, Port: 8080 }] };
      await aws.elb.send(new RegisterTargetsCommand(target));
      return () => aws.elb.send(new DeregisterTargetsCommand(target));
    },
  },
  {
    name: "a listener of staging's that forwards to production",
    rule: 'traffic',
    names: ({ production }) => production.targetGroup,
    commit: async ({ world: { aws, staging, production } }) => {
      const forward = ({ targetGroup: TargetGroupArn }: Environment) =>
        aws.elb.send(
          new ModifyListenerCommand({
            ListenerArn: staging.listener,
            DefaultActions: [{ Type: 'forward', TargetGroupArn }],
          }),
        );
      await forward(production);
      return () => forward(staging);
    },
  },
  {
    name: "a listener of production's with staging's certificate",
    rule: 'traffic',
    names: ({ staging }) => staging.certificate,
    commit: async ({ world: { aws, staging, production } }) => {
      const use = ({ certificate: CertificateArn }: Environment) =>
        aws.elb.send(
          new ModifyListenerCommand({ ListenerArn: production.listener, Certificates: [{ CertificateArn }] }),
        );
      await use(staging);
      return () => use(production);
    },
  },
  {
    name: "staging's name that leads to production's load balancer",
    rule: 'traffic',
    names: () => 'module.dns.aws_route53_record.this',
    commit: async ({ world }) => {
      const record = world.staging.resource('module.dns.aws_route53_record.this');
      const zone = record['zone_id'] ?? '';
      await change(world, zone, aliasTo(record, world.production), 'UPSERT');
      return () => change(world, zone, aliasTo(record, world.staging), 'UPSERT');
    },
  },
  {
    name: "a second name below staging's that leads to production",
    rule: 'traffic',
    names: () => 'beta.staging.api.amygdalas.com',
    commit: async ({ world }) => {
      const record = world.staging.resource('module.dns.aws_route53_record.this');
      const zone = record['zone_id'] ?? '';
      const beta: ResourceRecordSet = {
        Name: `beta.${record['fqdn']}`,
        Type: 'CNAME',
        TTL: 60,
        ResourceRecords: [{ Value: 'api.amygdalas.com' }],
      };
      await change(world, zone, beta, 'UPSERT');
      return () => change(world, zone, beta, 'DELETE');
    },
  },
  {
    name: "a target group of nobody's in staging's network, with an instance of production's",
    rule: 'traffic',
    names: ({ production }) => production.instance,
    commit: async ({ world: { aws, staging, production } }) => {
      const { TargetGroups: [{ TargetGroupArn } = {}] = [] } = await aws.elb.send(
        new CreateTargetGroupCommand({ Name: 'misc', Protocol: 'HTTP', Port: 8080, VpcId: staging.vpc }),
      );
      const target = { TargetGroupArn, Targets: [{ Id: production.instance, Port: 8080 }] };
      await aws.elb.send(new RegisterTargetsCommand(target));
      return () => aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
    },
  },
  {
    name: "a record that is gone, beside a zone of nobody's",
    rule: 'missing',
    names: () => 'module.dns.aws_route53_record.this',
    commit: async ({ world }) => {
      const { HostedZone } = await world.aws.route53.send(
        new CreateHostedZoneCommand({ Name: 'example.org', CallerReference: 'sabotage' }),
      );
      const record = world.staging.resource('module.dns.aws_route53_record.this');
      const zone = record['zone_id'] ?? '';
      await change(world, zone, aliasTo(record, world.staging), 'DELETE');
      return async () => {
        await change(world, zone, aliasTo(record, world.staging), 'UPSERT');
        await world.aws.route53.send(new DeleteHostedZoneCommand({ Id: HostedZone?.Id }));
      };
    },
  },
];
