import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { CallPacer } from '../../../../src/adapters/aws/call-pacer.js';
import { FakeClock } from '../../../fakes/clock.js';

describe('the pace of calls', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('lets as many begin at once as fit into a second, and never more within any second', async () => {
    jest.useFakeTimers();
    const start = Date.now();
    const pacer = new CallPacer(3, {
      now: () => new Date(),
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
    const begun = Array.from({ length: 10 }, () => pacer.run(async () => Date.now() - start));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await Promise.all(begun)).toEqual([0, 0, 0, 1000, 1000, 1000, 2000, 2000, 2000, 3000]);
  });

  it('counts over any second, not by the second on the clock', async () => {
    const clock = new FakeClock();
    const pacer = new CallPacer(2, clock);
    await pacer.run(async () => undefined);
    clock.advance(900);
    for (let call = 0; call < 3; call += 1) await pacer.run(async () => undefined);
    expect(clock.sleeps).toEqual([100, 900]);
  });

  it('counts the second from the answer: nobody knows when before it the service counted the call', async () => {
    const clock = new FakeClock();
    const pacer = new CallPacer(1, clock);
    await pacer.run(async () => clock.advance(400));
    await pacer.run(async () => undefined);
    expect(clock.sleeps).toEqual([1000]);
  });

  it('makes nobody wait who asks more slowly than the rate', async () => {
    const clock = new FakeClock();
    const pacer = new CallPacer(2, clock);
    for (let call = 0; call < 6; call += 1) {
      await pacer.run(async () => undefined);
      clock.advance(500);
    }
    expect(clock.sleeps).toEqual([]);
  });

  it('waits while as many as fit are under way, and goes on with the first that ends', async () => {
    const clock = new FakeClock();
    const pacer = new CallPacer(2, clock);
    let endSecond = (): void => undefined;
    const never = new Promise<void>(() => undefined);
    void pacer.run(() => never);
    const second = pacer.run(() => new Promise<void>((resolve) => (endSecond = resolve)));
    const third = pacer.run(async () => clock.sleeps.length);
    await new Promise((resolve) => setImmediate(resolve));
    expect(clock.sleeps).toEqual([]);
    endSecond();
    await second;
    expect(await third).toBe(1);
  });

  it('ends as the call does, and its place is free again when it failed', async () => {
    const clock = new FakeClock();
    const pacer = new CallPacer(1, clock);
    const failure = new Error('denied');
    await expect(pacer.run(() => Promise.reject(failure))).rejects.toBe(failure);
    expect(await pacer.run(async () => 'answer')).toBe('answer');
  });

  it('waits for no more than a second when the clock is set back an hour', async () => {
    const clock = new FakeClock();
    const pacer = new CallPacer(1, clock);
    await pacer.run(async () => clock.advance(3_600_000));
    clock.advance(-3_600_000);
    await pacer.run(async () => undefined);
    expect(clock.sleeps).toEqual([1000]);
  });
});
