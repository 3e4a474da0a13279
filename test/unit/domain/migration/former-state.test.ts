import { describe, expect, it } from '@jest/globals';
import {
  asLineage,
  contentDigest,
  emptied,
  isOlderTerraform,
  isSamePlace,
} from '../../../../src/domain/migration/former-state.js';
import { parseState } from '../../../../src/domain/state.js';
import { failureOf } from '../../../fakes/failure.js';
import { stateOf } from '../../../fakes/states.js';

const TEXT = `{
  "version": 4,
  "terraform_version": "1.11.4",
  "serial": 27,
  "lineage": "0ld0ld0l-0000-0000-0000-000000000000",
  "outputs": {},
  "resources": [
    {"mode": "managed", "type": "x", "name": "y", "instances": [{"attributes": {"big": 12345678901234567890, "lineage": "mine", "serial": 5}}]}
  ]
}`;

describe('a state of another lineage', () => {
  it('is the same state as the first of that lineage, to the last digit', () => {
    const text = asLineage(TEXT, 'new-lineage');
    expect(parseState(text, 'here')).toMatchObject({ lineage: 'new-lineage', serial: 1 });
    expect(text).toContain('"big": 12345678901234567890, "lineage": "mine", "serial": 5');
    expect(contentDigest(parseState(text, 'here'))).toBe(contentDigest(parseState(TEXT, 'here')));
  });

  it('is also made of a state in one line', () => {
    const text = asLineage(JSON.stringify(JSON.parse(TEXT)), 'new-lineage');
    expect(parseState(text, 'here')).toMatchObject({ lineage: 'new-lineage', serial: 1 });
  });

  it('is not made of what Terraform did not write', async () => {
    for (const text of [
      '{"version": 4, "serial": 1, "outputs": {"lineage": "x"}}',
      '{"lineage": "x"}',
      '{"lineage": 1}',
    ])
      expect((await failureOf(() => asLineage(text, 'new'))).code).toBe('StateUnreadable');
  });
});

describe('the content of a state', () => {
  const [one, other] = ['a', 'b'].map((name) => ({ address: name, type: 't', attributes: { id: name } }));

  it('is the same in whatever order its resources are, and whatever its serial', () => {
    const there = stateOf({ instances: [one, other] as never, serial: 1 });
    expect(contentDigest(stateOf({ instances: [other, one] as never, serial: 9 }))).toBe(contentDigest(there));
  });

  it.each([
    ['a resource', stateOf({ instances: [{ address: 'a', type: 't', attributes: { id: 'z' } }] })],
    ['an output', stateOf({ instances: [one] as never, outputs: { o: { value: 1, sensitive: false } } })],
  ])('is another when %s is', (_, changed) => {
    expect(contentDigest(changed)).not.toBe(contentDigest(stateOf({ instances: [one] as never })));
  });
});

it('empties a state by the one that follows it', () => {
  const text = emptied(stateOf({ lineage: 'mine', serial: 4 }));
  expect(parseState(text, 'here')).toMatchObject({ lineage: 'mine', serial: 5, instances: [], outputs: {} });
});

it.each([
  ['1.11.4', '1.12.0', true],
  ['1.11.4', '1.11.5', true],
  ['1.11.4', '1.11.4', false],
  ['1.11.4', '1.9.8', false],
  ['1.11.4', '0.12.31', false],
  ['1.11.4', '2.0.0-beta1', true],
  ['1.11.4', '', false],
])('takes Terraform %s for older than %s: %s', (own, other, older) => {
  expect(isOlderTerraform(own, other)).toBe(older);
});

it('knows the same object whatever region it is said to be in', () => {
  const place = { kind: 's3', bucket: 'b', key: 'k', region: 'us-east-1' } as const;
  expect(isSamePlace(place, { ...place, region: 'eu-west-1' })).toBe(true);
  expect(isSamePlace(place, { ...place, key: 'other' })).toBe(false);
  expect(isSamePlace(place, { kind: 'file', file: 'b/k' })).toBe(false);
});
