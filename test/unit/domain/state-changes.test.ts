import { describe, expect, it } from '@jest/globals';
import type { StateInstance } from '../../../src/domain/state.js';
import { stateChanges } from '../../../src/domain/state-changes.js';
import { stateOf } from '../../fakes/states.js';

const resource = (address: string, attributes: StateInstance['attributes']): StateInstance => ({
  address,
  type: 'aws_sqs_queue',
  attributes,
});

describe('what another state would know otherwise', () => {
  it('is what it gains, loses, takes for something else and knows with other values', () => {
    const from = stateOf({
      instances: [
        resource('a.stays', { id: '1', size: 1 }),
        resource('a.altered', { id: '2', size: 1 }),
        resource('a.repointed', { id: '3' }),
        resource('a.lost', { id: '4' }),
      ],
      outputs: { same: { value: 'x', sensitive: false }, differs: { value: 'x', sensitive: true } },
    });
    const to = stateOf({
      instances: [
        resource('a.repointed', { id: '33' }),
        resource('a.altered', { id: '2', size: 2 }),
        resource('a.stays', { size: 1, id: '1' }),
        resource('a.gained', { id: '5' }),
      ],
      outputs: {
        added: { value: 1, sensitive: false },
        differs: { value: 'y', sensitive: true },
        same: { value: 'x', sensitive: false },
      },
    });
    expect(stateChanges(from, to)).toEqual({
      gained: [{ address: 'a.gained', id: '5' }],
      lost: [{ address: 'a.lost', id: '4' }],
      repointed: [{ address: 'a.repointed', from: '3', to: '33' }],
      altered: ['a.altered'],
      outputs: ['added', 'differs'],
    });
  });

  it('is everything where there is no state', () => {
    const changes = stateChanges(null, stateOf({ instances: [resource('a.b', {})] }));
    expect(changes).toEqual({
      gained: [{ address: 'a.b', id: null }],
      lost: [],
      repointed: [],
      altered: [],
      outputs: [],
    });
  });

  it('is nothing between a state and itself', () => {
    const nothing = { gained: [], lost: [], repointed: [], altered: [], outputs: [] };
    expect(stateChanges(stateOf(), stateOf({ serial: 99 }))).toEqual(nothing);
  });
});
