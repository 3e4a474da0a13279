import { describe, expect, it } from '@jest/globals';
import type { StateMark } from '../../../src/domain/ledger-record.js';
import { writerOf } from '../../../src/domain/state-writer.js';
import { recordOf } from '../../fakes/states.js';

const mark = (serial: number, versionId: string | null = null, lineage = 'ours'): StateMark => ({
  lineage,
  serial,
  versionId,
});
const idOf = (state: StateMark, ...records: readonly ReturnType<typeof recordOf>[]) => writerOf(state, records)?.id;

describe('the operation that wrote a state', () => {
  const first = recordOf({ id: 'first', stateBefore: null, stateAfter: mark(3, 'v3') });
  const second = recordOf({ id: 'second', stateBefore: mark(3, 'v3'), stateAfter: mark(7, 'v7') });

  it.each([
    { serial: 1, writer: 'first' },
    { serial: 3, writer: 'first' },
    { serial: 4, writer: 'second' },
    { serial: 7, writer: 'second' },
    { serial: 8, writer: undefined },
  ])('of serial $serial is $writer: an apply saves it several times', ({ serial, writer }) => {
    expect(idOf(mark(serial), second, first)).toBe(writer);
  });

  it('is the one that left this very version, whatever the serials say', () => {
    const restored = recordOf({ id: 'restored', stateBefore: mark(7, 'v7'), stateAfter: mark(4, 'v9') });
    expect(idOf(mark(4, 'v9'), restored, second, first)).toBe('restored');
  });

  it('is none of another lineage, and none that left no state', () => {
    expect(idOf(mark(3, null, 'theirs'), second, first)).toBeUndefined();
    expect(idOf(mark(3), recordOf({ stateBefore: mark(2), stateAfter: null }))).toBeUndefined();
  });

  it('is not the restore of a state that was lost: that was no beginning', () => {
    const restore = recordOf({ id: 'r', operation: 'state-restore', stateBefore: null, stateAfter: mark(9, 'v9') });
    expect(idOf(mark(2), restore, second, first)).toBe('first');
    expect(idOf(mark(9, 'v9'), restore)).toBe('r');
  });

  it('is told by what a list shows of it', () => {
    expect(writerOf(mark(3), [first])).toEqual({
      id: 'first',
      operation: 'deploy',
      status: 'applied',
      commit: first.commit,
      actor: first.actor,
    });
  });
});
