import { describe, expect, it } from '@jest/globals';
import { compareResources } from '../../../../src/domain/environment-diff/resources.js';
import type { StateInstance } from '../../../../src/domain/state.js';
import { stateOf } from '../../../fakes/states.js';
import { demoState } from '../../../support/cost.js';

const NAMES = ['staging', 'production'] as const;

function instance(address: string, attributes: StateInstance['attributes'] = {}): StateInstance {
  const [type = ''] = address.replace(/^(module\.[^.]+\.)+/, '').split('.');
  return { address, type, attributes };
}

function compare(own: readonly StateInstance[], other: readonly StateInstance[]) {
  return compareResources(stateOf({ instances: own }), stateOf({ instances: other }), NAMES);
}

/** The attributes in which one resource differs. */
function differing(own: StateInstance['attributes'], other: StateInstance['attributes']) {
  const { different } = compare([instance('aws_x.a', own)], [instance('aws_x.a', other)]);
  return (different[0]?.attributes ?? []).map((attribute) => [attribute.path, attribute.own, attribute.other]);
}

describe('the resources of two environments', () => {
  it('are counted, by type too', () => {
    const compared = compare(
      [instance('aws_eip.a'), instance('aws_lb.a')],
      [instance('aws_eip.a'), instance('aws_eip.b')],
    );
    expect(compared).toMatchObject({ own: 2, other: 2, both: 1 });
    expect(compared.types).toEqual([
      { type: 'aws_eip', own: 1, other: 2 },
      { type: 'aws_lb', own: 1, other: 0 },
    ]);
  });

  it('are not in both where a key is missing on a side', () => {
    const compared = compare([instance('aws_eip.a["x"]')], [instance('aws_eip.a["x"]'), instance('aws_eip.a["y"]')]);
    expect(compared.unpaired).toEqual([
      { address: 'aws_eip.a', own: ['aws_eip.a["x"]'], other: ['aws_eip.a["x"]', 'aws_eip.a["y"]'] },
    ]);
  });

  it('are the same resource where only the name of the environment is another in the key', () => {
    const of = (name: string) => ['a', 'b'].map((queue) => instance(`aws_sqs_queue_policy.p["api-${name}-${queue}"]`));
    expect(compare(of('staging'), of('production'))).toMatchObject({ both: 2, unpaired: [] });
  });

  it('are the same resource where each side has one left, whatever its key', () => {
    const compared = compare(
      [instance('aws_x.a["s.example"]', { size: 1 })],
      [instance('aws_x.a["example"]', { size: 2 })],
    );
    expect(compared).toMatchObject({
      both: 1,
      unpaired: [],
      different: [{ address: 'aws_x.a["s.example"]', otherAddress: 'aws_x.a["example"]' }],
    });
  });

  it('are those of one alone where the other was never deployed', () => {
    const compared = compareResources(stateOf({ instances: [instance('aws_eip.a')] }), null, NAMES);
    expect(compared).toMatchObject({ own: 1, other: null, both: 0, unpaired: [{ address: 'aws_eip.a', other: [] }] });
    expect(compareResources(null, null, NAMES)).toMatchObject({ own: null, other: null, types: [], unpaired: [] });
  });
});

describe('a resource in both', () => {
  it('differs in numbers, switches and kinds', () => {
    expect(
      differing(
        { instance_type: 't3.micro', retention_in_days: 30, monitoring: false, engine_version: '8.0' },
        { instance_type: 't3.large', retention_in_days: 365, monitoring: true, engine_version: '8.4' },
      ),
    ).toEqual([
      ['engine_version', '8.0', '8.4'],
      ['instance_type', 't3.micro', 't3.large'],
      ['monitoring', false, true],
      ['retention_in_days', 30, 365],
    ]);
  });

  it('differs in its blocks, or in how many it has', () => {
    expect(differing({ volume: [{ size: 8, id: 'v-1' }] }, { volume: [{ size: 20, id: 'v-2' }] })).toEqual([
      ['volume[0].size', 8, 20],
    ]);
    expect(differing({ rule: [{ days: 1 }] }, { rule: [{ days: 1 }, { days: 2 }] })).toEqual([['rule (blocks)', 1, 2]]);
  });

  it.each([
    [
      { id: 'i-1', arn: 'arn:aws:x' },
      { id: 'i-2', arn: 'arn:aws:y' },
    ],
    [
      { name: 'a', dns_name: 'b', vpc_id: 'c' },
      { name: 'd', dns_name: 'e', vpc_id: 'f' },
    ],
    [{ tags: { size: 'small' } }, { tags: { size: 'large' } }],
    [
      { policy: '{"a":1}', secret_string: 'x' },
      { policy: '{"a":2}', secret_string: 'y' },
    ],
    [{ content_type: 'for-staging' }, { content_type: 'for-production' }],
    [{ latest_version: 3 }, { latest_version: 7 }],
    [{ tier: null }, { tier: '' }],
    [{ zones: ['a'] }, { zones: ['a', 'b'] }],
  ])('does not differ in kind by %j beside %j', (own, other) => {
    expect(differing(own, other)).toEqual([]);
  });

  it('of the demo says what its reviewers look for, and no id', async () => {
    const compared = compareResources(await demoState('staging'), await demoState('production'), NAMES);
    const found = compared.different.flatMap(({ address, attributes }) =>
      attributes.map(({ path, own, other }) => `${address} ${path} ${own} ${other}`),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'module.compute.aws_instance.this[0] instance_type t2.micro t3.medium',
        'module.network.aws_cloudwatch_log_group.flow_logs retention_in_days 30 365',
      ]),
    );
    expect(found.filter((line) => /arn:|i-[0-9a-f]{8}/.test(line))).toEqual([]);
  });
});
