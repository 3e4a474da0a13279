import { describe, expect, it } from '@jest/globals';
import { plannedState } from '../../../../src/domain/separation/planned-state.js';
import { stateOf, stateWithOutputs } from '../../../fakes/states.js';

describe('the state that a plan makes', () => {
  it('has the outputs that the plan changes, and the others', () => {
    const before = stateWithOutputs({ kept: 'a', changed: 'b', removed: 'c' });
    const outputChanges = [
      { name: 'changed', actions: ['update'], after: 'B', sensitive: true },
      { name: 'removed', actions: ['delete'], after: null, sensitive: false },
      { name: 'made', actions: ['create'], after: null, sensitive: false },
    ] as const;
    expect(plannedState(before, { changes: [], outputChanges, terraformVersion: '1.11.4' }).outputs).toEqual({
      kept: { value: 'a', sensitive: false },
      changed: { value: 'B', sensitive: true },
      made: { value: null, sensitive: false },
    });
  });

  it('has nothing that was read for the deployment before', () => {
    const before = stateOf({ dataSources: [{ address: 'data.aws_vpc.x', type: 'aws_vpc', attributes: {} }] });
    const plan = { changes: [], outputChanges: [], terraformVersion: '1.11.4' };
    expect(plannedState(before, plan).dataSources).toEqual([]);
  });
});
