import { describe, expect, it } from '@jest/globals';
import { Ownership } from '../../../../src/domain/separation/ownership.js';
import type { StateInstance } from '../../../../src/domain/state.js';
import { ACCOUNT, bindingOf, PRODUCTION, STAGING } from '../../../fakes/bindings.js';
import { type EvidenceParts, evidenceOf, relation, resourceFact } from '../../../fakes/separation-evidence.js';

const OTHER_ACCOUNT = '222222222222';
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`;
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:mht-api-production-orders`;
const VPC = 'vpc-0123456789abcdef0';
const ZONE = 'arn:aws:route53:::hostedzone/Z0';

const own = { Environment: 'staging', Project: 'mht-api' };
const instance = (address: string, arn: string, type = 'aws_sqs_queue'): StateInstance => ({
  address,
  type,
  attributes: { arn },
});
const inState = (name: string, arn: string) => ({ states: { [name]: [instance('x.y', arn)] } });
const ownersOf = (identifier: string, parts: EvidenceParts) => [
  ...new Ownership(evidenceOf(parts)).ownersOf(identifier),
];

describe('a resource belongs to', () => {
  it.each<[string, string, EvidenceParts, readonly string[]]>([
    ['the environment whose state holds it, whatever its name', QUEUE, inState('staging', QUEUE), ['staging']],
    [
      'both whose states hold it',
      QUEUE,
      { states: { staging: [instance('a.b', QUEUE)], production: [instance('c.d', QUEUE)] } },
      ['production', 'staging'],
    ],
    [
      'the one of its state and the one of its tag, where they differ',
      QUEUE,
      { ...inState('production', QUEUE), resources: [resourceFact(QUEUE, { tags: own })] },
      ['production', 'staging'],
    ],
    [
      'the environment of its tag before that of its name',
      QUEUE,
      { resources: [resourceFact(QUEUE, { tags: own })] },
      ['staging'],
    ],
    [
      'the environment of the tag that only the inventory knows',
      QUEUE,
      { inventory: [{ arn: QUEUE, tags: own }] },
      ['staging'],
    ],
    [
      'the environment of the tag that its service tells before that of the inventory',
      TABLE,
      {
        inventory: [{ arn: TABLE, tags: { Environment: 'production' } }],
        resources: [resourceFact(TABLE, { tags: own })],
      },
      ['staging'],
    ],
    [
      'nobody by a tag that is nearly an environment',
      TABLE,
      { resources: [resourceFact(TABLE, { tags: { Environment: 'Staging' } })] },
      [],
    ],
    [
      "nobody by the tag of another project's environment of that name",
      TABLE,
      { resources: [resourceFact(TABLE, { tags: { Environment: 'staging', Project: 'other' } })] },
      [],
    ],
    [
      'the environment of its tag where no project is named',
      TABLE,
      { resources: [resourceFact(TABLE, { tags: { Environment: 'staging' } })] },
      ['staging'],
    ],
    [
      'the environment that is alone in its account',
      `arn:aws:sqs:eu-west-1:${OTHER_ACCOUNT}:x`,
      { accounts: { production: OTHER_ACCOUNT } },
      ['production'],
    ],
    ['the environment whose account it is', OTHER_ACCOUNT, { accounts: { production: OTHER_ACCOUNT } }, ['production']],
    ['nobody by an account that two share', `arn:aws:sqs:us-east-1:${ACCOUNT}:x`, {}, []],
    [
      'the environment of what it is a part of',
      'vol-0123456789abcdef0',
      {
        resources: [
          resourceFact('vol-0123456789abcdef0', { partOf: 'i-0123456789abcdef0' }),
          resourceFact('i-0123456789abcdef0', { tags: own }),
        ],
      },
      ['staging'],
    ],
    [
      'the environment of the network it is placed in',
      'sg-0123456789abcdef0',
      {
        resources: [resourceFact(VPC, { tags: own }), resourceFact('sg-0123456789abcdef0')],
        relations: [relation('placed-in', 'sg-0123456789abcdef0', VPC)],
      },
      ['staging'],
    ],
    ['the environment whose DNS name it is', 'API.example.com', {}, ['production']],
    ['the environment below whose DNS name it is, the longest first', 'x.staging.api.example.com', {}, ['staging']],
    [
      'the environment of its DNS name before that of the zone it is in',
      'Z0/staging.api.example.com/A',
      {
        ...inState('production', ZONE),
        resources: [
          resourceFact(ZONE, { type: 'aws_route53_zone' }),
          resourceFact('Z0/staging.api.example.com/A', {
            type: 'aws_route53_record',
            name: 'staging.api.example.com',
            partOf: ZONE,
          }),
        ],
      },
      ['staging'],
    ],
    ['the environment that its name carries, with the project', QUEUE, {}, ['production']],
    ['nobody by a name without the project', `arn:aws:sqs:us-east-1:${ACCOUNT}:other-production-orders`, {}, []],
    [
      'nobody by a name that carries two environments',
      `arn:aws:sqs:us-east-1:${ACCOUNT}:mht-api-production-to-staging`,
      {},
      [],
    ],
    ['the environment whose state it is kept in', 'arn:aws:s3:::mht-api-terraform-state-staging', {}, ['staging']],
    [
      'the environment whose network an address is in',
      '10.5.3.4',
      { resources: [resourceFact(VPC, { tags: own })], relations: [relation('vpc-cidr', VPC, '10.5.0.0/16')] },
      ['staging'],
    ],
    [
      'nobody by an address that two networks have',
      '10.5.3.4',
      {
        resources: [resourceFact(VPC, { tags: own }), resourceFact('vpc-9', { tags: { Environment: 'production' } })],
        relations: [relation('vpc-cidr', VPC, '10.5.0.0/16'), relation('vpc-cidr', 'vpc-9', '10.5.0.0/20')],
      },
      [],
    ],
    ['nobody on the internet', 'www.example.org', {}, []],
    ['nobody by an empty text', '', {}, []],
  ])('%s', (_, identifier, parts, expected) => {
    expect(ownersOf(identifier, parts)).toEqual(expected);
  });

  it('environments whose names contain each other, each by its own', () => {
    const bindings = ['staging', 'staging-eu', 'eu'].map((name) => bindingOf(name));
    const named = (name: string) => ownersOf(`arn:aws:sqs:us-east-1:${ACCOUNT}:mht-api-${name}-q`, { bindings });
    expect([named('staging'), named('staging-eu'), named('eu')]).toEqual([['staging'], ['staging-eu'], ['eu']]);
  });

  it("an environment although the project's name has an environment's in it", () => {
    const bindings = ['test', 'production'].map((name) =>
      bindingOf(name, { variables: { environment: name, project_name: 'test-lab' } }),
    );
    const named = (name: string) => ownersOf(`arn:aws:sqs:us-east-1:${ACCOUNT}:test-lab-${name}-q`, { bindings });
    expect([named('test'), named('production')]).toEqual([['test'], ['production']]);
  });

  it('an environment without a project by its name alone', () => {
    const bindings = ['staging', 'production'].map((name) => bindingOf(name, { variables: {} }));
    expect(ownersOf(`arn:aws:sqs:us-east-1:${ACCOUNT}:acme-staging-q`, { bindings })).toEqual(['staging']);
  });
});

describe('parts of each other', () => {
  const parts = ['a', 'b', 'c'].map((id, index) =>
    resourceFact(`vol-${id.repeat(17)}`, { partOf: `vol-${'bca'.charAt(index).repeat(17)}` }),
  );
  const tagged = parts.map((part, index) => (index === 1 ? { ...part, name: 'mht-api-staging-disk' } : part));

  it.each([
    ['a', 'b', 'c'],
    ['b', 'c', 'a'],
    ['c', 'b', 'a'],
  ])('belong to the environment that one of them names, asked in any order (%s%s%s)', (...order) => {
    const ownership = new Ownership(evidenceOf({ resources: tagged }));
    for (const id of order) expect([...ownership.ownersOf(`vol-${id.repeat(17)}`)]).toEqual(['staging']);
  });

  it('belong to nobody where none says', () => {
    expect(ownersOf(`vol-${'a'.repeat(17)}`, { resources: parts })).toEqual([]);
  });
});

describe('what is known of a resource', () => {
  const url = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/mht-api-production-orders`;

  it('is found by its other names', () => {
    const ownership = new Ownership(evidenceOf({ resources: [resourceFact(QUEUE, { aliases: [url] })] }));
    expect(ownership.resolve(url)).toBe(QUEUE);
    expect(ownership.resource(url)?.id).toBe(QUEUE);
    expect([...ownership.ownersOf(url)]).toEqual(['production']);
  });

  it.each([
    ['in capitals', 'https://APP-1.us-east-1.elb.amazonaws.com/hook'],
    ['with a port', 'http://app-1.us-east-1.elb.amazonaws.com:8080'],
    ['by an address of its own', 'http://203.0.113.7/x?y'],
  ])('is found by the host of a URL, %s', (_, endpoint) => {
    const [balancer, eip] = ['arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/a/1', 'eipalloc-1'];
    const resources = [
      resourceFact(balancer, { aliases: ['app-1.us-east-1.elb.amazonaws.com'], tags: own }),
      resourceFact(eip, { aliases: ['203.0.113.7'], tags: own }),
    ];
    expect([...new Ownership(evidenceOf({ resources })).ownersOf(endpoint)]).toEqual(['staging']);
  });

  it('is that of the network in which the host of a URL is', () => {
    const vpc = 'vpc-0123456789abcdef0';
    const ownership = new Ownership(
      evidenceOf({
        resources: [resourceFact(vpc, { tags: own })],
        relations: [relation('vpc-cidr', vpc, '10.3.0.0/16')],
      }),
    );
    expect([...ownership.ownersOf('http://10.3.0.9:8080/hook')]).toEqual(['staging']);
    expect([...ownership.ownersOf('http://10.4.0.9:8080/hook')]).toEqual([]);
  });

  it('is what AWS says now, in whatever order it was told', () => {
    const attributes = { arn: QUEUE, name: 'old', url };
    const parts = {
      states: { staging: [{ address: 'aws_sqs_queue.this', type: 'aws_sqs_queue', attributes }] },
      resources: [resourceFact(QUEUE, { type: 'aws_sqs_queue', name: 'new', tags: own, partOf: TABLE })],
    };
    const evidence = evidenceOf(parts);
    const turned = { ...evidence, facts: { ...evidence.facts, resources: [...evidence.facts.resources].reverse() } };
    for (const each of [evidence, turned]) {
      const { name, tags, partOf, aliases } = new Ownership(each).resource(QUEUE) ?? {};
      expect({ name, tags, partOf, aliases }).toEqual({ name: 'new', tags: own, partOf: TABLE, aliases: [url] });
    }
  });

  it('by an address that two have is of the one in a state, or else always of the same', () => {
    const [eip, eni] = ['eipalloc-0123456789abcdef0', 'eni-0123456789abcdef0'];
    const both = [eip, eni].map((id) => resourceFact(id, { aliases: ['203.0.113.7'] }));
    const turned = [...both].reverse();
    const state = { staging: [{ address: 'aws_eip.x', type: 'aws_eip', attributes: { allocation_id: eip } }] };
    const found = [both, turned].map((resources) => new Ownership(evidenceOf({ resources })).resolve('203.0.113.7'));
    expect(found[0]).toBe(found[1]);
    for (const resources of [both, turned])
      expect(new Ownership(evidenceOf({ resources, states: state })).resolve('203.0.113.7')).toBe(eip);
  });

  it('is named by its address in the state of an environment, and else by its identifier', () => {
    const ownership = new Ownership(evidenceOf(inState('staging', QUEUE)));
    expect(ownership.describe(QUEUE, 'staging')).toBe('x.y');
    expect(ownership.describe(QUEUE, 'production')).toBe(QUEUE);
  });

  it('is at the first of its addresses where a state holds it twice', () => {
    const states = { staging: [instance('b.z', QUEUE), instance('a.z', QUEUE)] };
    expect(new Ownership(evidenceOf({ states })).describe(QUEUE, 'staging')).toBe('a.z');
  });

  it("is nobody's as an alias of an alias, which AWS has none of", () => {
    const [first = '', second = ''] = ['one', 'two'].map((name) => `arn:aws:kms:us-east-1:${ACCOUNT}:alias/${name}`);
    const relations = [relation('key-alias', first, second), relation('key-alias', second, first)];
    const ownership = new Ownership(evidenceOf({ relations }));
    expect([first, second].map((alias) => [...ownership.ownersOf(alias)])).toEqual([[], []]);
  });

  it('has the ARN that AWS lists or that its state has', () => {
    const arn = `arn:aws:ec2:us-east-1:${ACCOUNT}:vpc/${VPC}`;
    const listed = new Ownership(evidenceOf({ inventory: [{ arn, tags: own }] }));
    const held = new Ownership(evidenceOf({ states: { staging: [instance('aws_vpc.this', arn, 'aws_vpc')] } }));
    const unknown = new Ownership(evidenceOf());
    expect([listed, held, unknown].map((ownership) => ownership.arnOf(VPC))).toEqual([arn, arn, undefined]);
    expect(unknown.arnOf(QUEUE)).toBe(QUEUE);
  });
});

describe('a backend', () => {
  it.each([
    ['aws', 'us-east-1'],
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('of partition %s has its own bucket and its own table', (partition, region) => {
    const bindings = [STAGING, PRODUCTION].map((binding) => ({ ...binding, backend: { ...binding.backend, region } }));
    const evidence = evidenceOf({ bindings });
    const environments = evidence.environments.map((environment) => ({
      ...environment,
      identity: { accountId: ACCOUNT, arn: `arn:${partition}:iam::${ACCOUNT}:user/ada` },
    }));
    const ownership = new Ownership({ ...evidence, environments });
    const bucket = `arn:${partition}:s3:::mht-api-terraform-state-staging`;
    const table = `arn:${partition}:dynamodb:${region}:${ACCOUNT}:table/mht-api-terraform-locks-production`;
    expect([ownership.isBackend(bucket), ownership.isBackend(table), ownership.isBackend(QUEUE)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([...ownership.ownersOf(table)]).toEqual(['production']);
  });

  it('that two share belongs to both', () => {
    const shared = { ...PRODUCTION, backend: { ...PRODUCTION.backend, bucket: STAGING.backend.bucket } };
    const bucket = `arn:aws:s3:::${STAGING.backend.bucket}`;
    expect(ownersOf(bucket, { bindings: [STAGING, shared] })).toEqual(['production', 'staging']);
  });
});
