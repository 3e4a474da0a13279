import { describe, expect, it } from '@jest/globals';
import { failureJson, interrupted, MhtctlError } from '../../../src/domain/errors.js';

const failure = new MhtctlError({
  code: 'StateLocked',
  outcome: 'locked',
  message: 'the state is locked by ada',
  nextSteps: ['wait'],
  cause: new Error('AKIA-SECRET'),
});

describe('a failure', () => {
  it('ends with the code of its outcome', () => {
    expect(failure.exitCode).toBe(6);
    expect(interrupted('stopped')).toMatchObject({ code: 'Interrupted', exitCode: 130, nextSteps: [] });
  });

  it('keeps what is underneath for the log', () => {
    expect(failure.cause).toMatchObject({ message: 'AKIA-SECRET' });
    expect(new MhtctlError({ code: 'X', outcome: 'bug', message: 'm' })).not.toHaveProperty('cause');
  });

  it('shows the world its public fields and nothing else', () => {
    Object.assign(failure, { token: 'AKIA-SECRET' });
    expect(JSON.parse(JSON.stringify(failureJson(failure)))).toEqual({
      error: { code: 'StateLocked', message: 'the state is locked by ada', exitCode: 6, nextSteps: ['wait'] },
    });
  });

  it('always has next steps in JSON, be they none', () => {
    expect(failureJson(new MhtctlError({ code: 'X', outcome: 'bug', message: 'm' })).error.nextSteps).toEqual([]);
  });
});
