import { describe, expect, it } from '@jest/globals';
import { partsAddedOutside } from '../../../../src/domain/drift/added-parts.js';
import { driftOf } from '../../../../src/domain/drift/drift.js';
import type { Json } from '../../../../src/domain/plan.js';
import { changeOf, planOf } from '../../../fakes/plans.js';

type Attributes = Readonly<Record<string, Json>>;
const there = (address: string, attributes: Attributes) => ({ address, type: address.split('.')[0] ?? '', attributes });
const block = (port: number, parts: Attributes = {}) => ({
  protocol: 'tcp',
  from_port: port,
  to_port: port,
  cidr_blocks: [],
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
  ...parts,
});
const group = (ingress: readonly Attributes[]) =>
  there('aws_security_group.app', { id: 'sg-1', ingress: ingress as Json, egress: [] });
const rule = (parts: Attributes, name = 'a') =>
  there(`aws_vpc_security_group_ingress_rule.${name}`, {
    security_group_id: 'sg-1',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    cidr_ipv4: null,
    ...parts,
  });
const HTTPS = rule({ cidr_ipv4: '0.0.0.0/0' });
const addedTo = (...unchanged: readonly ReturnType<typeof there>[]) =>
  partsAddedOutside(planOf([], { unchanged })).flatMap(({ address, attributes }) =>
    attributes.map(({ path, after }) => `${address} ${path}: ${after}`),
  );

describe('a rule of a security group', () => {
  it('is told when no resource has made it', () => {
    const open = block(22, { cidr_blocks: ['0.0.0.0/0'] });
    expect(addedTo(group([block(443, { cidr_blocks: ['0.0.0.0/0'] }), open]), HTTPS)).toEqual([
      'aws_security_group.app ingress: tcp 22 0.0.0.0/0',
    ]);
  });

  it('is told by each of its sources', () => {
    const wide = block(443, { cidr_blocks: ['0.0.0.0/0', '10.0.0.0/8'], ipv6_cidr_blocks: ['::/0'] });
    expect(addedTo(group([wide]), HTTPS)).toEqual([
      'aws_security_group.app ingress: tcp 443 10.0.0.0/8',
      'aws_security_group.app ingress: tcp 443 ::/0',
    ]);
  });

  it.each([
    ['from another group', block(443, { security_groups: ['sg-2'] }), { referenced_security_group_id: 'sg-2' }],
    [
      'from a group of another account',
      block(443, { security_groups: ['111111111111/sg-2'] }),
      { referenced_security_group_id: 'sg-2' },
    ],
    ['from itself', block(443, { self: true }), { referenced_security_group_id: 'sg-1' }],
    ['from a prefix list', block(443, { prefix_list_ids: ['pl-1'] }), { prefix_list_id: 'pl-1' }],
    [
      'of every protocol',
      block(0, { protocol: '-1', cidr_blocks: ['10.0.0.0/8'] }),
      { ip_protocol: '-1', from_port: null, to_port: null, cidr_ipv4: '10.0.0.0/8' },
    ],
  ])('is not told when a resource has made it: %s', (_, made, by) => {
    expect(addedTo(group([made]), rule(by))).toEqual([]);
  });

  it('is not told when an older kind of resource has made it', () => {
    const made = there('aws_security_group_rule.a', {
      security_group_id: 'sg-1',
      type: 'ingress',
      protocol: 'tcp',
      from_port: 80,
      to_port: 90,
      cidr_blocks: ['10.0.0.0/8'],
      self: false,
      source_security_group_id: null,
    });
    const wanted = block(80, { to_port: 90, cidr_blocks: ['10.0.0.0/8'] });
    expect(addedTo(group([wanted]), made)).toEqual([]);
    expect(addedTo(group([wanted, block(22, { cidr_blocks: ['10.0.0.0/8'] })]), made)).toHaveLength(1);
  });

  it('may be written in the group itself, where no resource makes one', () => {
    expect(addedTo(group([block(22, { cidr_blocks: ['0.0.0.0/0'] })]))).toEqual([]);
  });

  it('is told in a group without any when it has come since the state was written', () => {
    const now = group([block(22, { cidr_blocks: ['0.0.0.0/0'] })]);
    const drift = [changeOf(now.address, { actions: ['update'], before: group([]).attributes, after: now.attributes })];
    expect(driftOf(planOf([], { unchanged: [now], drift }))).toEqual({
      drift: [
        {
          address: 'aws_security_group.app',
          type: 'aws_security_group',
          action: 'update',
          attributes: [{ path: 'ingress', before: null, after: 'tcp 22 0.0.0.0/0', undoneByDeploy: false }],
        },
      ],
      unmanaged: [],
    });
  });

  it('is told once where the plan takes it away', () => {
    const now = group([block(22, { cidr_blocks: ['0.0.0.0/0'] })]).attributes;
    const wanted = group([]).attributes;
    const address = 'aws_security_group.app';
    const type = 'aws_security_group';
    const plan = planOf([changeOf(address, { type, actions: ['update'], before: now, after: wanted })], {
      drift: [changeOf(address, { type, actions: ['update'], before: wanted, after: now })],
    });
    expect(driftOf(plan).drift.flatMap(({ attributes }) => attributes)).toMatchObject([
      { path: 'ingress', undoneByDeploy: true },
    ]);
  });

  it('is told beside what else has drifted in its group', () => {
    const now = { ...group([block(22, { cidr_blocks: ['0.0.0.0/0'] })]).attributes, tags: { Owner: 'me' } };
    const address = 'aws_security_group.app';
    const parts = { type: 'aws_security_group', actions: ['update'] as const };
    const plan = planOf([changeOf(address, { ...parts, before: now, after: { ...now, tags: {} } })], {
      drift: [changeOf(address, { ...parts, before: { ...now, tags: {} }, after: now })],
      unchanged: [HTTPS],
    });
    expect(driftOf(plan).drift).toMatchObject([
      { address, attributes: [{ path: 'tags.Owner' }, { path: 'ingress', after: 'tcp 22 0.0.0.0/0' }] },
    ]);
  });
});

describe('what else is added by hand', () => {
  it('is a route, told by where it leads to', () => {
    const route = (parts: Attributes) => ({ cidr_block: '', ipv6_cidr_block: '', gateway_id: '', ...parts });
    const table = there('aws_route_table.public', {
      id: 'rtb-1',
      route: [route({ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }), route({ cidr_block: '10.9.0.0/16' })],
    });
    const made = there('aws_route.internet', { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' });
    expect(addedTo(table, made)).toEqual(['aws_route_table.public route: 10.9.0.0/16']);
  });

  it('is a right of a role', () => {
    const role = there('aws_iam_role.app', {
      id: 'app',
      inline_policy: [
        { name: 'own', policy: '{}' },
        { name: 'by-hand', policy: '{}' },
      ],
      managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    });
    const own = there('aws_iam_role_policy.own', { role: 'app', name: 'own' });
    const attached = there('aws_iam_role_policy_attachment.own', {
      role: 'app',
      policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    });
    expect(addedTo(role, own, attached)).toEqual([
      'aws_iam_role.app inline_policy: by-hand',
      'aws_iam_role.app managed_policy_arns: arn:aws:iam::aws:policy/AdministratorAccess',
    ]);
  });

  it('is nothing where another owner has its parts made', () => {
    const other = { ...HTTPS, attributes: { ...HTTPS.attributes, security_group_id: 'sg-2' } };
    expect(addedTo(group([block(22, { cidr_blocks: ['0.0.0.0/0'] })]), other)).toEqual([]);
  });
});
