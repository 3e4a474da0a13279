import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ProcessInterruption } from '../../../src/adapters/process/interruption.js';

describe('an interruption', () => {
  let signals: EventEmitter;
  let interruption: ProcessInterruption;
  const arrive = (name: NodeJS.Signals) => signals.emit(name, name);

  beforeEach(() => {
    signals = new EventEmitter();
    interruption = new ProcessInterruption(signals);
  });

  it('has not happened before a signal', () => {
    expect(interruption.interrupted).toBe(false);
    expect(interruption.signal.aborted).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is begun by %s', (name) => {
    arrive(name);
    expect(interruption.interrupted).toBe(true);
    expect(interruption.signal.reason).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect(interruption.signal.reason.message).toContain(name);
  });

  it('tells of the first signal once and of later ones apart', () => {
    const heard: string[] = [];
    interruption.onFirst((name) => heard.push(`first ${name}`));
    interruption.onRepeat((name) => heard.push(`repeat ${name}`));
    arrive('SIGINT');
    arrive('SIGINT');
    arrive('SIGTERM');
    expect(heard).toEqual(['first SIGINT', 'repeat SIGINT', 'repeat SIGTERM']);
  });

  it('does not call who has unsubscribed', () => {
    const heard: string[] = [];
    const unsubscribe = interruption.onFirst(() => heard.push('unsubscribed'));
    interruption.onFirst(() => heard.push('subscribed'));
    unsubscribe();
    arrive('SIGINT');
    expect(heard).toEqual(['subscribed']);
  });

  it('reaches every listener although one fails', () => {
    const heard: string[] = [];
    interruption.onFirst(() => {
      throw new Error('reporter broke');
    });
    interruption.onFirst(() => heard.push('forwarded'));
    arrive('SIGINT');
    expect(heard).toEqual(['forwarded']);
  });

  it('gives the signals back', () => {
    interruption.dispose();
    expect(['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => signals.listenerCount(name))).toEqual([0, 0, 0]);
  });
});
