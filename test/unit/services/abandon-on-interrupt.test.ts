import { describe, expect, it } from '@jest/globals';
import { abandonOnInterrupt } from '../../../src/services/abandon-on-interrupt.js';
import { FakeInterruption } from '../../fakes/interruption.js';

const never = new Promise<never>(() => undefined);

describe('work that may be abandoned', () => {
  it('is awaited while nobody interrupts', async () => {
    await expect(abandonOnInterrupt(new FakeInterruption(), Promise.resolve(5))).resolves.toBe(5);
    await expect(abandonOnInterrupt(new FakeInterruption(), Promise.reject(new Error('its own')))).rejects.toThrow(
      'its own',
    );
  });

  it('is left at the first signal, and not begun to be awaited after one', async () => {
    const interruption = new FakeInterruption();
    const waiting = abandonOnInterrupt(interruption, never);
    interruption.interrupt();
    await expect(waiting).rejects.toMatchObject({ code: 'Interrupted', exitCode: 130 });
    await expect(abandonOnInterrupt(interruption, never)).rejects.toMatchObject({ exitCode: 130 });
  });
});
