import { describe, expect, it } from '@jest/globals';
import { mapBounded } from '../../../src/services/map-bounded.js';

describe('work on many items', () => {
  it('is done on so many at a time, in any order, and returned in theirs', async () => {
    let [running, most] = [0, 0];
    const finish: (() => void)[] = [];
    const work = mapBounded([1, 2, 3, 4, 5], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => finish.push(resolve));
      running -= 1;
      return item * 10;
    });
    for (let done = 0; done < 5; ) {
      await new Promise(setImmediate);
      const next = finish.pop();
      if (next === undefined) continue;
      next();
      done += 1;
    }
    expect(await work).toEqual([10, 20, 30, 40, 50]);
    expect(most).toBe(2);
  });

  it('fails as the first does that fails', async () => {
    const work = mapBounded([1, 2, 3], 2, async (item) => {
      if (item === 2) throw new Error('two');
      return item;
    });
    await expect(work).rejects.toThrow('two');
    expect(await mapBounded([], 2, async () => 1)).toEqual([]);
  });
});
