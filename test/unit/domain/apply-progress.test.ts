import { describe, expect, it } from '@jest/globals';
import { ApplyProgress } from '../../../src/domain/apply-progress.js';
import type { TerraformEvent } from '../../../src/domain/terraform-event.js';

const started = (address: string, action = 'create'): TerraformEvent => ({ kind: 'started', address, action });
const finished = (address: string, action = 'create'): TerraformEvent => ({
  kind: 'finished',
  address,
  action,
  elapsedSeconds: 1,
});
const failed = (address: string): TerraformEvent => ({ kind: 'failed', address, action: 'create' });

function progressAfter(total: number, ...events: readonly TerraformEvent[]): ApplyProgress {
  const progress = new ApplyProgress(total);
  for (const event of events) progress.take(event, 0);
  return progress;
}

describe('the progress of an apply', () => {
  it('begins at nothing', () => {
    const progress = new ApplyProgress(3);
    expect(progress).toMatchObject({ total: 3, done: 0, failed: 0 });
    expect(progress.waiting(0)).toEqual([]);
  });

  it('counts what is finished, and apart from it what failed', () => {
    const progress = progressAfter(3, started('a'), started('b'), started('c'), finished('a'), failed('b'));
    expect(progress).toMatchObject({ done: 1, failed: 1 });
    expect(progress.waiting(0).map(({ address }) => address)).toEqual(['c']);
  });

  it('counts both halves of a replacement, which have one address', () => {
    const halves = [started('a', 'delete'), finished('a', 'delete'), started('a'), finished('a')];
    expect(progressAfter(2, ...halves).done).toBe(2);
  });

  it('counts no data source that is read in between', () => {
    const progress = progressAfter(1, started('data.x', 'read'), finished('data.x', 'read'));
    expect(progress.done).toBe(0);
    expect(progressAfter(1, started('data.x', 'read')).waiting(0)).toEqual([]);
  });

  it('counts nothing twice and nothing that never began', () => {
    const progress = progressAfter(
      2,
      finished('a'),
      failed('a'),
      started('b'),
      finished('b'),
      finished('b'),
      failed('b'),
    );
    expect(progress).toMatchObject({ done: 1, failed: 0 });
  });

  it('is not moved by other events', () => {
    const progress = progressAfter(
      1,
      { kind: 'planned', address: 'a', action: 'create' },
      { kind: 'refreshing', address: 'a' },
      { kind: 'progress', address: 'a', elapsedSeconds: 10 },
    );
    expect(progress).toMatchObject({ done: 0, failed: 0 });
    expect(progress.waiting(0)).toEqual([]);
  });

  it('says what is waited for, for how long, the longest first', () => {
    const progress = new ApplyProgress(3);
    progress.take(started('slow', 'delete'), 1_000);
    progress.take(started('done'), 1_500);
    progress.take(started('fast'), 21_600);
    progress.take(finished('done'), 22_000);
    expect(progress.waiting(31_000)).toEqual([
      { address: 'slow', action: 'delete', seconds: 30 },
      { address: 'fast', action: 'create', seconds: 9 },
    ]);
  });

  it('waits no negative time when the clock is set back', () => {
    const progress = new ApplyProgress(1);
    progress.take(started('a'), 60_000);
    expect(progress.waiting(0)[0]?.seconds).toBe(0);
  });
});
