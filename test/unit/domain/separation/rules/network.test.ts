import { describe, expect, it } from '@jest/globals';
import type { Relation } from '../../../../../src/domain/separation/facts.js';
import type { StateInstance } from '../../../../../src/domain/state.js';
import { type Changes, deployedOf, PRODUCTION_PARTS, STAGING_PARTS } from '../../../../fakes/separated-environments.js';
import { relation, resourceFact } from '../../../../fakes/separation-evidence.js';
import { foundBy } from '../judged.js';

const id = (prefix: string, digit: string, end: string) => `${prefix}-${digit}${end.padStart(16, '0')}`;
const staging = (prefix: string, end: string) => id(prefix, '5', end);
const production = (prefix: string, end: string) => id(prefix, '9', end);
const [VPC, OTHER_VPC] = [staging('vpc', '2'), production('vpc', '2')];
const [GROUP, OTHER_GROUP] = [staging('sg', 'a'), production('sg', 'a')];
const TABLE = staging('rtb', '13');
const own = { Environment: 'staging', Project: 'mht-api' };

const told = (...relations: readonly Relation[]): Changes => ({ relations });
const ruleFor = (to: string, parts: Partial<Relation> = {}) =>
  relation('security-group-rule', GROUP, to, { through: 'sgr-1', where: 'ingress tcp 5432', ...parts });
const inState = (instance: StateInstance): Changes => ({ instances: { staging: [instance] } });
const messages = (changes: Changes) => foundBy('network', changes).map(({ message }) => message);

describe('a connection by id', () => {
  it.each<[string, Relation, string]>([
    [
      'a peering',
      relation('peering', VPC, OTHER_VPC, { through: 'pcx-1' }),
      'module.network.aws_vpc.this of "staging" is peered with module.network.aws_vpc.this of "production"',
    ],
    [
      'a route',
      relation('route', TABLE, production('nat', '10'), { where: 'route to 0.0.0.0/0' }),
      'module.network.aws_route_table.private["us-east-1a"] of "staging" routes to module.network.aws_nat_gateway.this["us-east-1a"] of "production"',
    ],
    [
      'a rule',
      ruleFor(OTHER_GROUP),
      'module.security_groups.aws_security_group.instance of "staging" has a rule for the security group module.security_groups.aws_security_group.instance of "production"',
    ],
    [
      'an instance in the other network',
      relation('placed-in', staging('i', '1'), production('subnet', '9')),
      'module.compute.aws_instance.this[0] of "staging" is placed in module.network.aws_subnet.private["us-east-1a"] of "production"',
    ],
    [
      'an elastic IP on the other instance',
      relation('placed-in', staging('eipalloc', 'c'), production('i', '1')),
      'module.network.aws_eip.nat["us-east-1a"] of "staging" is placed in module.compute.aws_instance.this[0] of "production"',
    ],
  ])('is found: %s', (_, connection, message) => {
    expect(messages(told(connection))).toEqual([message]);
  });

  it.each([
    'module.network.aws_subnet.private["us-east-1a"]',
    'module.network.aws_route_table.public',
    'module.network.aws_default_security_group.this',
    'module.security_groups.aws_security_group.instance',
  ])('is found in a state that has %s in the other network', (address) => {
    expect(messages({ attributes: { staging: { [address]: { vpc_id: OTHER_VPC } } } })).toEqual([
      `${address} of "staging" is placed in module.network.aws_vpc.this of "production"`,
    ]);
  });

  it('is told by the state and by AWS as one, with what makes it, and mended in the configuration', () => {
    const location = { file: 'modules/security-groups/main.tf', line: 9, column: 1 };
    const configuration = { 'module.security_groups.aws_security_group.instance': { location, countedBy: [] } };
    const written = ruleFor(OTHER_GROUP, { source: 'state', where: 'referenced_security_group_id' });
    expect(foundBy('network', { ...told(ruleFor(OTHER_GROUP), written), configuration })).toEqual([
      expect.objectContaining({
        environment: 'staging',
        other: 'production',
        resource: 'module.security_groups.aws_security_group.instance',
        evidence: [
          `state: ${GROUP} referenced_security_group_id = ${OTHER_GROUP} (sgr-1)`,
          `AWS: ${GROUP} ingress tcp 5432 = ${OTHER_GROUP} (sgr-1)`,
        ],
        remedy: `remove the rule that names ${OTHER_GROUP} from the configuration, then: mhtctl deploy staging`,
        location,
      }),
    ]);
  });

  it.each<[string, Relation, string]>([
    [
      'a rule in',
      ruleFor(OTHER_GROUP),
      `aws ec2 revoke-security-group-ingress --group-id ${GROUP} --security-group-rule-ids sgr-1`,
    ],
    [
      'a rule out',
      ruleFor('10.9.0.0/16', { where: 'egress all' }),
      `aws ec2 revoke-security-group-egress --group-id ${GROUP} --security-group-rule-ids sgr-1`,
    ],
    [
      'a peering',
      relation('peering', VPC, OTHER_VPC, { through: 'pcx-1' }),
      'aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id pcx-1',
    ],
    [
      'a route',
      relation('route', TABLE, production('nat', '10')),
      `aws ec2 describe-route-tables --route-table-ids ${TABLE}`,
    ],
  ])('that nobody asked for is mended by a command: %s', (_, connection, command) => {
    expect(foundBy('network', told(connection))[0]?.remedy).toContain(command);
  });

  it('is found between accounts, by the id and by the number of the account', () => {
    const deployed = [deployedOf(STAGING_PARTS), deployedOf({ ...PRODUCTION_PARTS, account: '222222222222' })];
    const stranger = 'vpc-0123456789abcdef0';
    const peering = (to: string) => relation('peering', VPC, to, { through: 'pcx-1' });
    expect(messages({ deployed, relations: [peering(stranger), peering('222222222222')] })).toEqual([
      'module.network.aws_vpc.this of "staging" is peered with 222222222222 of "production"',
    ]);
  });

  it('is found through a gateway or a network of nobody that both use', () => {
    const gateway = 'tgw-0123456789abcdef0';
    const attached = [VPC, OTHER_VPC].map((vpc) => relation('transit-gateway', vpc, gateway, { through: `${vpc}-at` }));
    const [finding, ...others] = foundBy('network', told(...attached));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      environment: 'production',
      other: 'staging',
      mutual: true,
      message: `"production" and "staging" both use ${gateway}, a network part of no environment`,
    });
    expect(finding?.evidence).toHaveLength(2);
  });

  it.each([
    ['asked for', (vpc: string, hub: string) => [vpc, hub] as const],
    ['was asked for by', (vpc: string, hub: string) => [hub, vpc] as const],
  ])('is found by a VPC of nobody that each %s a peering with', (_, ends) => {
    const hub = 'vpc-0123456789abcdef0';
    const peerings = [VPC, OTHER_VPC].map((vpc, index) => {
      const [from, to] = ends(vpc, hub);
      return relation('peering', from, to, { through: `pcx-${index}` });
    });
    expect(foundBy('network', told(...peerings))).toMatchObject([
      { mutual: true, message: `"production" and "staging" both use ${hub}, a network part of no environment` },
    ]);
  });

  it('is found by a VPC of nobody that one is peered with, and the other has something in', () => {
    const hub = 'vpc-0123456789abcdef0';
    const use = [
      relation('peering', VPC, hub, { through: 'pcx-1' }),
      relation('placed-in', production('i', '1'), hub, { where: 'VpcId' }),
    ];
    expect(foundBy('network', told(...use))).toMatchObject([
      { mutual: true, message: `"production" and "staging" both use ${hub}, a network part of no environment` },
    ]);
  });

  it.each<[string, Changes]>([
    ['inside one environment', told(relation('peering', VPC, VPC), ruleFor(staging('sg', '3')))],
    ['to nobody', told(relation('peering', VPC, 'vpc-0123456789abcdef0'))],
    ['of nobody', told(relation('peering', 'vpc-0123456789abcdef0', OTHER_VPC))],
    [
      'to a service of AWS that both use',
      {
        relations: [VPC, OTHER_VPC].map((vpc) => relation('endpoint-service', vpc, 'com.amazonaws.us-east-1.s3')),
      },
    ],
  ])('is not %s', (_, changes) => {
    expect(messages(changes)).toEqual([]);
  });
});

describe('a connection by address', () => {
  it.each<[string, Changes, string]>([
    ["a rule for the other's network", told(ruleFor('10.9.0.0/16')), '10.9.0.0/16, where 10.9.0.0/16'],
    ["a rule for a part of the other's network", told(ruleFor('10.9.128.0/20')), '10.9.128.0/20, where 10.9.0.0/16'],
    ["a rule for one of the other's instances", told(ruleFor('10.9.128.4/32')), '10.9.128.4/32, where 10.9.0.0/16'],
    ['a rule wide enough for both', told(ruleFor('10.0.0.0/8')), '10.0.0.0/8, where 10.9.0.0/16'],
    ['half of the internet', told(ruleFor('0.0.0.0/1')), '0.0.0.0/1, where 10.9.0.0/16'],
    [
      "a rule for the other's public address",
      told(ruleFor('203.0.113.9/32')),
      '203.0.113.9/32, where the address 203.0.113.9',
    ],
    [
      "a route to the other's network",
      told(relation('route', TABLE, '10.9.0.0/16', { through: 'pcx-1' })),
      '10.9.0.0/16, where 10.9.0.0/16',
    ],
    [
      "an entry of an ACL for the other's network",
      told(relation('network-acl-entry', staging('acl', '1a'), '10.9.0.0/16')),
      '10.9.0.0/16, where 10.9.0.0/16',
    ],
    [
      'a rule of the state',
      inState({
        address: 'aws_vpc_security_group_ingress_rule.x',
        type: 'aws_vpc_security_group_ingress_rule',
        attributes: { id: 'sgr-0123456789abcdef0', security_group_id: GROUP, cidr_ipv4: '10.9.0.0/16' },
      }),
      '10.9.0.0/16, where 10.9.0.0/16',
    ],
  ])('is found: %s', (_, changes, where) => {
    const findings = foundBy('network', changes);
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining(`${where} of "production" is`)]);
    expect(findings[0]).toMatchObject({ environment: 'staging', other: 'production' });
  });

  it("tells the other's network as evidence too", () => {
    const [finding] = foundBy('network', told(ruleFor('10.9.0.0/16')));
    expect(finding?.evidence).toEqual([
      `AWS: ${GROUP} ingress tcp 5432 = 10.9.0.0/16 (sgr-1)`,
      `state: ${OTHER_VPC} cidr_block = 10.9.0.0/16`,
      `AWS: ${OTHER_VPC} cidr_block = 10.9.0.0/16`,
    ]);
  });

  it('is found in IPv6, and in the second block of a network', () => {
    const blocks = [
      relation('vpc-cidr', VPC, '2600:1f18:5::/56'),
      relation('vpc-cidr', OTHER_VPC, '2600:1f18:9::/56'),
      relation('vpc-cidr', OTHER_VPC, '100.64.0.0/16'),
    ];
    expect(messages(told(...blocks))).toEqual([]);
    expect(messages(told(...blocks, ruleFor('2600:1f18:9::/64')))).toHaveLength(1);
    expect(messages(told(...blocks, ruleFor('100.64.7.0/24')))).toHaveLength(1);
    expect(messages(told(...blocks, ruleFor('2600:1f18:5::/64')))).toEqual([]);
  });

  it.each<[string, Changes]>([
    ['the whole internet', told(ruleFor('0.0.0.0/0'), ruleFor('::/0'))],
    ['its own network', told(ruleFor('10.5.0.0/16'), ruleFor('10.5.128.4/32'))],
    ['its own public address', told(ruleFor('203.0.113.5/32'))],
    ["somebody else's office", told(ruleFor('198.51.100.0/24'))],
    [
      'what an ACL denies',
      inState({
        address: 'aws_network_acl_rule.x',
        type: 'aws_network_acl_rule',
        attributes: { network_acl_id: staging('acl', '1a'), rule_action: 'deny', cidr_block: '10.9.0.0/16' },
      }),
    ],
    [
      'the address of nobody',
      {
        relations: [ruleFor('198.51.100.7/32')],
        resources: [resourceFact('eipalloc-0123456789abcdef0', { aliases: ['198.51.100.7'] })],
      },
    ],
  ])('is not a rule for %s', (_, changes) => {
    expect(messages(changes)).toEqual([]);
  });
});

describe('networks that overlap', () => {
  const block = (vpc: string, cidr: string) => relation('vpc-cidr', vpc, cidr);

  it.each([
    ['are the same', '10.9.0.0/16'],
    ['are one in the other', '10.0.0.0/8'],
    ['are a part of the other', '10.9.240.0/20'],
  ])('are found when they %s', (_, cidr) => {
    const [finding, ...others] = foundBy('network', told(block(VPC, cidr)));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ mutual: true, message: expect.stringContaining(`${cidr} of "staging"`) });
    expect(finding?.remedy).toContain('vpc_cidr');
  });

  it('are found in every block of a network', () => {
    const blocks = [
      block(VPC, '100.64.0.0/16'),
      block(OTHER_VPC, '100.64.128.0/20'),
      block(VPC, '2600::/56'),
      block(OTHER_VPC, '2600::/64'),
    ];
    expect(messages(told(...blocks))).toHaveLength(2);
  });

  it.each<[string, Changes]>([
    ['are beside each other', told(block(VPC, '10.8.0.0/16'))],
    ['are no blocks', told(block(VPC, 'none'), block(OTHER_VPC, 'none'))],
    [
      "are in the same network of one environment, and in nobody's",
      { relations: [block(VPC, '10.5.0.0/20'), block('vpc-0123456789abcdef0', '10.5.0.0/16')] },
    ],
  ])('are not those that %s', (_, changes) => {
    expect(messages(changes)).toEqual([]);
  });

  it('are no other finding when one network is in both states', () => {
    const copy = {
      address: 'aws_vpc.copy',
      type: 'aws_vpc',
      attributes: { id: VPC, cidr_block: '10.5.0.0/16', tags_all: own },
    };
    expect(foundBy('shared-resources', { instances: { production: [copy] } })).toHaveLength(1);
  });
});
