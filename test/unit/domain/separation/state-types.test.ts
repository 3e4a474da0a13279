import { describe, expect, it } from '@jest/globals';
import { placeOf, spelled, stateFacts, stateResources } from '../../../../src/domain/separation/state-facts.js';
import type { StateInstance } from '../../../../src/domain/state.js';
import { ACCOUNT, bindingOf } from '../../../fakes/bindings.js';
import { stateOf } from '../../../fakes/states.js';

type Attributes = StateInstance['attributes'];

const PLACE = { partition: 'aws', accountId: ACCOUNT, region: 'us-east-1' };
const id = (prefix: string, digit = '1') => `${prefix}-${digit.repeat(17)}`;
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const [VPC, TABLE, GROUP, ACL] = [id('vpc'), id('rtb'), id('sg'), id('acl')];

function environmentOf(instances: readonly StateInstance[], parts: { readonly identity?: null } = {}) {
  const state = { state: stateOf({ instances }), versionId: null, kmsKeyArn: null, digest: '' };
  const identity = { accountId: ACCOUNT, arn: iam('user/ada') };
  return { binding: bindingOf('staging'), identity, state, ...parts };
}

/** What a resource's attributes say, in short. */
function saidBy(type: string, attributes: Attributes) {
  const environment = environmentOf([{ address: `${type}.this`, type, attributes }]);
  const { resources, relations, policies } = stateFacts(environment);
  const [resource] = stateResources(environment);
  return {
    is: resource?.ids,
    also: [...(resource?.otherIds ?? [])].map(([other, attribute]) => `${attribute} ${other}`),
    of: resource?.settingOf,
    changes: resource?.changes,
    aliases: resources.flatMap(({ aliases }) => aliases),
    leads: relations.map(({ kind, from, to }) => `${kind} ${from} ${to}`),
    holds: policies.map(({ kind, holder, document }) => `${kind} ${holder} ${document}`),
  };
}

describe('a resource in a state', () => {
  it.each<[string, Attributes, readonly string[]]>([
    [
      'aws_vpc_peering_connection',
      { id: id('pcx'), vpc_id: VPC, peer_vpc_id: id('vpc', '2'), peer_owner_id: '222222222222' },
      [`peering ${VPC} ${id('vpc', '2')}`, `peering ${VPC} 222222222222`],
    ],
    [
      'aws_ec2_transit_gateway_vpc_attachment',
      { id: id('tgw-attach'), vpc_id: VPC, transit_gateway_id: id('tgw') },
      [`transit-gateway ${VPC} ${id('tgw')}`],
    ],
    [
      'aws_vpc_ipv6_cidr_block_association',
      { id: id('vpc-cidr-assoc'), vpc_id: VPC, ipv6_cidr_block: '2600:1f18::/56' },
      [`vpc-cidr ${VPC} 2600:1f18::/56`],
    ],
    [
      'aws_vpc',
      { id: VPC, cidr_block: '10.5.0.0/16', ipv6_cidr_block: '2600:1f18::/56' },
      [`vpc-cidr ${VPC} 10.5.0.0/16`, `vpc-cidr ${VPC} 2600:1f18::/56`],
    ],
    [
      'aws_route',
      { route_table_id: TABLE, destination_ipv6_cidr_block: '2600::/16', egress_only_gateway_id: id('eigw') },
      [`route ${TABLE} 2600::/16`, `route ${TABLE} ${id('eigw')}`],
    ],
    [
      'aws_route',
      { route_table_id: TABLE, destination_prefix_list_id: id('pl'), vpc_peering_connection_id: id('pcx') },
      [`route ${TABLE} ${id('pl')}`, `route ${TABLE} ${id('pcx')}`],
    ],
    [
      'aws_default_route_table',
      { id: TABLE, vpc_id: VPC, route: [{ cidr_block: '10.9.0.0/16', gateway_id: '', transit_gateway_id: id('tgw') }] },
      [`placed-in ${TABLE} ${VPC}`, `route ${TABLE} 10.9.0.0/16`, `route ${TABLE} ${id('tgw')}`],
    ],
    [
      'aws_network_acl',
      {
        id: ACL,
        vpc_id: VPC,
        ingress: [
          { action: 'allow', cidr_block: '10.9.0.0/16', ipv6_cidr_block: '' },
          { action: 'deny', cidr_block: '10.8.0.0/16' },
        ],
        egress: [{ action: 'allow', cidr_block: '', ipv6_cidr_block: '2600::/16' }],
      },
      [`placed-in ${ACL} ${VPC}`, `network-acl-entry ${ACL} 10.9.0.0/16`, `network-acl-entry ${ACL} 2600::/16`],
    ],
    [
      'aws_default_network_acl',
      { id: ACL, ingress: [{ action: 'allow', cidr_block: '10.9.0.0/16' }] },
      [`network-acl-entry ${ACL} 10.9.0.0/16`],
    ],
    ['aws_network_acl_rule', { network_acl_id: ACL, rule_action: 'deny', cidr_block: '10.9.0.0/16' }, []],
    [
      'aws_network_acl_rule',
      { network_acl_id: ACL, rule_action: 'allow', cidr_block: '10.9.0.0/16' },
      [`network-acl-entry ${ACL} 10.9.0.0/16`],
    ],
    [
      'aws_security_group_rule',
      {
        security_group_id: GROUP,
        cidr_blocks: ['10.9.0.0/16'],
        source_security_group_id: `222222222222/${id('sg', '2')}`,
      },
      [`security-group-rule ${GROUP} 10.9.0.0/16`, `security-group-rule ${GROUP} ${id('sg', '2')}`],
    ],
    [
      'aws_security_group',
      {
        id: GROUP,
        vpc_id: VPC,
        ingress: [{ security_groups: [id('sg', '2')], cidr_blocks: [], ipv6_cidr_blocks: null }],
      },
      [`placed-in ${GROUP} ${VPC}`, `security-group-rule ${GROUP} ${id('sg', '2')}`],
    ],
    [
      'aws_vpc_endpoint',
      { id: id('vpce'), vpc_id: VPC, service_name: `com.amazonaws.vpce.us-east-1.${id('vpce-svc')}` },
      [`placed-in ${id('vpce')} ${VPC}`, `endpoint-service ${id('vpce')} ${id('vpce-svc')}`],
    ],
    [
      'aws_lb_listener',
      {
        arn: arn('elasticloadbalancing', 'listener/x'),
        default_action: [{ redirect: [{ host: 'API.example.com' }] }, { redirect: [{ host: '#{host}' }] }],
      },
      [`forward ${arn('elasticloadbalancing', 'listener/x')} api.example.com`],
    ],
    [
      'aws_lambda_function',
      {
        arn: arn('lambda', 'function:f'),
        environment: [
          { variables: { A: `${arn('secretsmanager', 'secret:a/b-1')}:key::`, B: arn('ssm', 'parameter/c.') } },
        ],
      },
      [
        `secret ${arn('lambda', 'function:f')} ${arn('secretsmanager', 'secret:a/b-1')}`,
        `secret ${arn('lambda', 'function:f')} ${arn('ssm', 'parameter/c')}`,
      ],
    ],
    ['aws_instance', { id: id('i'), user_data: 'c2VjcmV0', user_data_base64: null }, []],
    [
      'aws_kms_alias',
      { arn: arn('kms', 'alias/a'), target_key_id: 'k' },
      [`key-alias ${arn('kms', 'alias/a')} ${arn('kms', 'key/k')}`],
    ],
    ['aws_default_subnet', { id: id('subnet'), vpc_id: VPC }, [`placed-in ${id('subnet')} ${VPC}`]],
    [
      'aws_vpc_endpoint_service_allowed_principal',
      { vpc_endpoint_service_id: id('vpce-svc'), principal_arn: 'arn:aws:iam::222222222222:root' },
      [`endpoint-service-permission ${id('vpce-svc')} arn:aws:iam::222222222222:root`],
    ],
    [
      'aws_lb',
      {
        arn: arn('elasticloadbalancing', 'loadbalancer/app/x/1'),
        access_logs: [{ enabled: false, bucket: 'old' }],
        connection_logs: [{ enabled: true, bucket: 'logs' }],
      },
      [`access-log ${arn('elasticloadbalancing', 'loadbalancer/app/x/1')} arn:aws:s3:::logs`],
    ],
    [
      'aws_s3_bucket_replication_configuration',
      { bucket: 'a', role: iam('role/copy'), rule: [{ destination: [{ bucket: 'arn:aws:s3:::b' }] }] },
      ['replication arn:aws:s3:::a arn:aws:s3:::b', `service-role arn:aws:s3:::a ${iam('role/copy')}`],
    ],
    [
      'aws_s3_bucket_notification',
      { bucket: 'a', queue: [{ queue_arn: arn('sqs', 'q') }], topic: [] },
      [`notification arn:aws:s3:::a ${arn('sqs', 'q')}`],
    ],
    [
      'aws_sns_topic_subscription',
      { arn: `${arn('sns', 't')}:1`, topic_arn: arn('sns', 't'), endpoint: arn('sqs', 'q'), redrive_policy: '' },
      [`subscription ${arn('sns', 't')} ${arn('sqs', 'q')}`],
    ],
    [
      'aws_scheduler_schedule',
      { arn: arn('scheduler', 'schedule/default/x'), target: [{ arn: arn('sqs', 'q'), role_arn: iam('role/run') }] },
      [
        `event-target ${arn('scheduler', 'schedule/default/x')} ${arn('sqs', 'q')}`,
        `service-role ${arn('scheduler', 'schedule/default/x')} ${iam('role/run')}`,
      ],
    ],
    [
      'aws_route53_zone_association',
      { id: `Z1:${VPC}`, zone_id: 'Z1', vpc_id: VPC },
      [`zone-vpc arn:aws:route53:::hostedzone/Z1 ${VPC}`],
    ],
    [
      'aws_cloudwatch_log_subscription_filter',
      { log_group_name: 'app', destination_arn: arn('lambda', 'function:ship') },
      [`log-delivery ${arn('logs', 'log-group:app')} ${arn('lambda', 'function:ship')}`],
    ],
  ])('%s with %j leads where it says', (type, attributes, leads) => {
    expect(saidBy(type, attributes).leads).toEqual(leads);
  });

  it.each<[string, Attributes, string | undefined]>([
    ['aws_s3_bucket_policy', { bucket: 'b' }, 'arn:aws:s3:::b'],
    ['aws_vpc_security_group_ingress_rule', { id: id('sgr'), security_group_id: GROUP }, GROUP],
    ['aws_lb_listener', { arn: arn('elasticloadbalancing', 'listener/x'), load_balancer_arn: 'arn:x' }, 'arn:x'],
    ['aws_alb_listener_rule', { arn: arn('elasticloadbalancing', 'rule/x'), listener_arn: 'arn:x' }, 'arn:x'],
    ['aws_vpc_peering_connection', { id: id('pcx'), vpc_id: VPC }, VPC],
    ['aws_subnet', { id: id('subnet'), vpc_id: VPC }, undefined],
    ['aws_sqs_queue', { arn: arn('sqs', 'q') }, undefined],
    ['aws_lb_listener', { arn: arn('elasticloadbalancing', 'listener/x') }, undefined],
  ])('%s with %j changes %s', (type, attributes, changes) => {
    expect(saidBy(type, attributes).changes).toBe(changes);
  });

  it.each<[string, Attributes, string]>([
    ['aws_iam_user_policy', { user: 'ci', name: 'x', policy: '{}' }, `identity ${iam('user/ci')} {}`],
    ['aws_iam_group_policy', { group: 'ops', name: 'x', policy: '{}' }, `identity ${iam('group/ops')} {}`],
    ['aws_iam_role_policy', { role: 'app', name: 'x', policy: '{}' }, `identity ${iam('role/app')} {}`],
    ['aws_kms_key_policy', { key_id: 'k', policy: '{}' }, `resource ${arn('kms', 'key/k')} {}`],
    ['aws_s3_bucket_policy', { bucket: 'b', policy: 'no JSON' }, 'resource arn:aws:s3:::b no JSON'],
    ['aws_vpc_endpoint_policy', { vpc_endpoint_id: id('vpce'), policy: '{}' }, `endpoint ${id('vpce')} {}`],
  ])('%s with %j holds its policy', (type, attributes, holds) => {
    expect(saidBy(type, attributes).holds).toEqual([holds]);
  });

  it.each<[string, Attributes, readonly string[]]>([
    ['aws_iam_role', { arn: iam('role/service/team/app'), name: 'app' }, [iam('role/app')]],
    ['aws_iam_role', { arn: iam('role/app'), name: 'app' }, []],
    [
      'aws_lb',
      { arn: arn('elasticloadbalancing', 'loadbalancer/app/x/1'), dns_name: 'X-1.elb.amazonaws.com' },
      ['X-1.elb.amazonaws.com', 'x-1.elb.amazonaws.com'],
    ],
    ['aws_instance', { id: id('i'), public_ip: '203.0.113.7', public_dns: '' }, ['203.0.113.7']],
  ])('%s with %j is known by other names', (type, attributes, aliases) => {
    expect(saidBy(type, attributes).aliases).toEqual(aliases);
  });

  it.each<[string, Attributes, string | undefined]>([
    ['aws_sqs_queue', { arn: arn('sqs', 'q') }, arn('sqs', 'q')],
    ['aws_vpc', { arn: arn('ec2', `vpc/${VPC}`), id: VPC }, VPC],
    ['aws_vpc', { id: VPC }, VPC],
    ['aws_key_pair', { arn: arn('ec2', 'key-pair/x'), id: 'x' }, arn('ec2', 'key-pair/x')],
    ['aws_cloudwatch_log_group', { arn: `${arn('logs', 'log-group:x')}:*` }, arn('logs', 'log-group:x')],
    ['aws_route53_record', { zone_id: 'Z1', name: 'WWW.Example.com.', type: 'A' }, 'Z1/www.example.com/A'],
    [
      'aws_route53_record',
      { zone_id: 'Z1', fqdn: 'a.b', name: 'a', type: 'A', set_identifier: 'blue' },
      'Z1/a.b/A/blue',
    ],
    ['aws_quantum_ledger', { arn: arn('quantum', 'ledger/x') }, arn('quantum', 'ledger/x')],
    ['aws_quantum_ledger', { id: arn('quantum', 'ledger/x') }, arn('quantum', 'ledger/x')],
    ['aws_quantum_ledger', { id: 'ledger-1' }, undefined],
    ['aws_quantum_ledger', { arn: 5, id: 6 }, undefined],
    ['aws_route53_record', { zone_id: 5, name: null, type: 'A' }, undefined],
    ['cloudflare_record', { id: id('vpc') }, undefined],
    ['toString', { arn: null }, undefined],
    ['__proto__', {}, undefined],
  ])('%s with %j is %s', (type, attributes, expected) => {
    expect(saidBy(type, attributes).is).toEqual(expected === undefined ? [] : [expected]);
  });

  it.each<[string, Attributes, readonly string[]]>([
    ['aws_vpc', { arn: arn('ec2', `vpc/${VPC}`), id: VPC }, []],
    ['aws_vpc', { arn: arn('ec2', `vpc/${VPC}`), id: id('vpc', '2') }, [`id ${id('vpc', '2')}`]],
    ['aws_vpc', { id: VPC }, []],
    ['aws_eip', { allocation_id: id('eipalloc'), id: id('eipalloc', '2') }, [`id ${id('eipalloc', '2')}`]],
    ['aws_efs_file_system', { arn: arn('elasticfilesystem', 'file-system/x'), id: id('fs') }, [`id ${id('fs')}`]],
    ['aws_sqs_queue', { arn: arn('sqs', 'q'), id: `http://localhost:5000/${ACCOUNT}/q`, url: '' }, []],
    [
      'aws_sqs_queue',
      { arn: arn('sqs', 'q'), id: '', url: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/p` },
      [`url ${arn('sqs', 'p')}`],
    ],
    ['aws_iam_role', { arn: iam('role/service/team/app'), id: 'app' }, []],
    ['aws_iam_role', { arn: iam('role/service/team/app'), id: 'ops' }, [`id ${iam('role/ops')}`]],
    ['aws_iam_user', { arn: iam('user/ada'), id: 'bob' }, [`id ${iam('user/bob')}`]],
    ['aws_kms_key', { arn: arn('kms', 'key/1'), id: '1', key_id: '2' }, [`key_id ${arn('kms', 'key/2')}`]],
    ['aws_kms_alias', { arn: arn('kms', 'alias/a'), id: 'alias/b' }, [`id ${arn('kms', 'alias/b')}`]],
    ['aws_cloudwatch_log_group', { arn: 'arn:aws:logs:eu-west-1:222222222222:log-group:x:*', id: 'x' }, []],
    [
      'aws_cloudwatch_metric_alarm',
      { arn: arn('cloudwatch', 'alarm:a'), id: 'b' },
      [`id ${arn('cloudwatch', 'alarm:b')}`],
    ],
    ['aws_cloudwatch_event_rule', { arn: arn('events', 'rule/bus/a'), id: 'bus/a' }, []],
    [
      'aws_scheduler_schedule',
      { arn: arn('scheduler', 'schedule/g/a'), id: 'g/b' },
      [`id ${arn('scheduler', 'schedule/g/b')}`],
    ],
    ['aws_scheduler_schedule_group', { arn: arn('scheduler', 'schedule-group/a'), id: 'a' }, []],
    ['aws_lambda_function', { arn: arn('lambda', 'function:f'), id: 'f' }, []],
    ['aws_ssm_parameter', { arn: arn('ssm', 'parameter/a/b'), id: '/a/b' }, []],
    ['aws_ssm_parameter', { arn: arn('ssm', 'parameter/a'), id: 'b' }, [`id ${arn('ssm', 'parameter/b')}`]],
    ['aws_route53_zone', { arn: 'arn:aws:route53:::hostedzone/Z1', id: 'Z1', zone_id: 'Z1' }, []],
    [
      'aws_route53_record',
      { zone_id: 'Z1', fqdn: 'a.b', name: 'A.b.', type: 'A', id: 'Z1_a.b_A', set_identifier: '' },
      [],
    ],
    [
      'aws_route53_record',
      { zone_id: 'Z1', fqdn: '_v.a.b', type: 'CNAME', id: 'Z1__v.a.b_CNAME_blue', set_identifier: 'blue' },
      [],
    ],
    ['aws_route53_record', { zone_id: 'Z1', fqdn: 'a.b', type: 'A', id: 'Z1_c.b_A' }, ['id Z1/c.b/A']],
    ['aws_route53_record', { zone_id: 'Z1', fqdn: 'a.b', name: 'c.b', type: 'A' }, ['name Z1/c.b/A']],
    ['aws_s3_bucket', { arn: 'arn:aws:s3:::a', id: 'planned:x.y' }, []],
    ['aws_s3_bucket_policy', { bucket: 'a', id: 'b' }, []],
    ['cloudflare_record', { arn: arn('sqs', 'q'), id: VPC }, [`id ${VPC}`]],
  ])('%s with %j also says that it is %j', (type, attributes, also) => {
    expect(saidBy(type, attributes).also).toEqual(also);
  });

  it.each<[string, Attributes]>([
    ['aws_sqs_queue', { arn: arn('sqs', 'q'), redrive_policy: '{"deadLetterTargetArn":' }],
    ['aws_sqs_queue', { arn: arn('sqs', 'q'), redrive_policy: 7, kms_master_key_id: [null, {}], policy: null }],
    ['aws_security_group', { id: GROUP, ingress: [null, 'x', { cidr_blocks: { deep: null } }] }],
    ['aws_instance', { id: id('i'), root_block_device: null, ebs_block_device: [[null]], iam_instance_profile: 3 }],
    ['aws_s3_bucket_policy', { bucket: 'b', policy: null }],
  ])('%s with %j leads nowhere', (type, attributes) => {
    expect(saidBy(type, attributes)).toMatchObject({ leads: [], holds: [] });
  });
});

describe('an identifier', () => {
  it.each([
    ['data', 'bucket', 'aws-cn', 'arn:aws-cn:s3:::data'],
    ['arn:aws:s3:::data/prefix', 'bucket', 'aws', 'arn:aws:s3:::data'],
    ['alias/data', 'key', 'aws', arn('kms', 'alias/data')],
    ['1234', 'key', 'aws-us-gov', `arn:aws-us-gov:kms:us-east-1:${ACCOUNT}:key/1234`],
    ['app/x/1', 'load balancer', 'aws', arn('elasticloadbalancing', 'loadbalancer/app/x/1')],
    ['Dualstack.X.ELB.amazonaws.com.', 'dns name', 'aws', 'x.elb.amazonaws.com'],
    ['com.amazonaws.us-east-1.s3', 'service', 'aws', 'com.amazonaws.us-east-1.s3'],
  ] as const)('"%s" as a %s of partition %s is %s', (value, spelling, partition, expected) => {
    expect(spelled(value, spelling, { ...PLACE, partition })).toBe(expected);
  });
});

describe('where an environment is', () => {
  const resources = [
    { address: 'a.b', type: 'aws_iam_policy', attributes: { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
    { address: 'c.d', type: 'aws_sqs_queue', attributes: { arn: 'arn:aws-cn:sqs:cn-north-1:333333333333:q' } },
  ];

  it('is where AWS says its credentials are', () => {
    expect(placeOf(environmentOf(resources))).toEqual(PLACE);
  });

  it('is where its files pin it, when nobody asked AWS, in the partition of its ARNs', () => {
    const environment = environmentOf(resources, { identity: null });
    expect(placeOf(environment)).toEqual({ ...PLACE, partition: 'aws-cn' });
    const unpinned = { ...environment, binding: bindingOf('staging', { accountId: undefined }) };
    expect(placeOf(unpinned)).toEqual({ ...PLACE, partition: 'aws-cn', accountId: '333333333333' });
    expect(placeOf({ ...unpinned, state: null })).toEqual({ ...PLACE, accountId: '' });
  });
});
