import { beforeEach, describe, expect, it } from '@jest/globals';
import { LEASE_MS, type OperationClaim } from '../../../src/domain/operation-lock.js';
import { holdOperation } from '../../../src/services/hold-operation.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { NOW } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { later } from '../../fakes/states.js';

const OTHER: OperationClaim = {
  id: '20261123T095900Z-bbbbbb',
  operation: 'rollback',
  actor: 'arn:aws:iam::111111111111:user/grace',
  origin: 'grace@desk',
  commit: 'fedcba9876543210fedcba9876543210fedcba98',
  since: '2026-11-23T09:59:00.000Z',
  expires: later(540).toISOString(),
};

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
});

async function hold(waitSeconds = 0) {
  let held: Awaited<ReturnType<typeof holdOperation>> | undefined;
  await ports.progress.run([
    {
      title: 'Lock',
      run: async (report) => {
        held = await holdOperation(
          ports,
          {
            binding: STAGING,
            id: '20261123T100000Z-aaaaaa',
            operation: 'deploy',
            identity: ports.identities.identity,
            commit: ports.repository.commit,
            waitSeconds,
          },
          report,
        );
      },
    },
  ]);
  if (held === undefined) throw new Error('not held');
  return held;
}

describe('the operation lock', () => {
  it('says who holds it, for what, from where and until when, and is given back', async () => {
    const held = await hold();
    expect(ports.operationLock.held).toEqual({
      id: '20261123T100000Z-aaaaaa',
      operation: 'deploy',
      actor: 'arn:aws:iam::111111111111:user/ada',
      origin: 'ada@laptop',
      commit: '0123456789abcdef0123456789abcdef01234567',
      since: NOW.toISOString(),
      expires: new Date(NOW.getTime() + LEASE_MS).toISOString(),
    });
    await held.release();
    expect(ports.operationLock.held).toBeNull();
    expect(ports.progress.lines).toEqual([]);
  });

  it('that somebody else holds ends with 6 at once, naming him and what to do', async () => {
    ports.operationLock.held = OTHER;
    const failure = await failureOf(() => hold());
    expect(failure).toMatchObject({ code: 'OperationLocked', exitCode: 6 });
    for (const part of ['rollback', OTHER.id, 'user/grace', 'grace@desk', OTHER.since, 'fedcba98'])
      expect(failure.message).toContain(part);
    expect(failure.nextSteps.join('\n')).toContain('mhtctl unlock staging');
    expect(ports.clock.sleeps).toEqual([]);
    expect(ports.operationLock.held).toBe(OTHER);
  });

  it('is waited for, visibly, and taken when it is given back', async () => {
    ports.operationLock.held = OTHER;
    ports.clock.whileAsleep = () => {
      if (ports.clock.sleeps.length === 3) ports.operationLock.held = null;
    };
    await hold(60);
    expect(ports.clock.sleeps).toHaveLength(3);
    expect(ports.operationLock.held?.id).toBe('20261123T100000Z-aaaaaa');
    expect(ports.operationLock.held?.since).toBe(later(15).toISOString());
    // Said once where there is no terminal, however often it is tried.
    expect(ports.progress.heard('Lock', 'event')).toHaveLength(1);
    expect(ports.progress.heard('Lock', 'event').join()).toContain('grace@desk');
  });

  it('is waited for no longer than was said', async () => {
    ports.operationLock.held = OTHER;
    const failure = await failureOf(() => hold(12));
    expect(failure).toMatchObject({ code: 'OperationLocked' });
    expect(failure.message).toContain('after 12 s');
    expect(ports.clock.sleeps).toEqual([5000, 5000, 2000]);
  });

  it('is never broken because of its age, but the age is said', async () => {
    ports.operationLock.held = { ...OTHER, expires: later(-3600).toISOString() };
    const failure = await failureOf(() => hold());
    expect(failure.message).toContain('more than 70 minutes ago');
    expect(ports.operationLock.held).not.toBeNull();
  });

  it('is not waited for after an interrupt', async () => {
    ports.operationLock.held = OTHER;
    ports.clock.whileAsleep = () => ports.interruption.interrupt();
    expect(await failureOf(() => hold(600))).toMatchObject({ exitCode: 130 });
    expect(ports.clock.sleeps).toHaveLength(1);
  });

  it('that is taken in the moment of an interrupt is given back', async () => {
    const take = ports.operationLock.take.bind(ports.operationLock);
    ports.operationLock.take = async (binding, claim) => {
      ports.interruption.interrupt();
      await Promise.resolve();
      return take(binding, claim);
    };
    expect(await failureOf(() => hold())).toMatchObject({ exitCode: 130 });
    expect(ports.operationLock.held).toBeNull();
  });

  it('fails as AWS does where it cannot be asked', async () => {
    ports.operationLock.failure = toolFailure('AWS denied dynamodb:PutItem');
    expect(await failureOf(() => hold())).toMatchObject({ exitCode: 5, message: 'AWS denied dynamodb:PutItem' });
  });

  it('that cannot be given back is said, and fails nothing', async () => {
    const held = await hold();
    ports.operationLock.failure = toolFailure('no network');
    await held.release();
    expect(ports.progress.lines.join()).toMatch(/could not be given back: no network.*mhtctl unlock staging/);
  });

  it('that was taken away meanwhile is said', async () => {
    const held = await hold();
    ports.operationLock.held = OTHER;
    await held.release();
    expect(ports.progress.lines.join()).toContain('was taken away');
    expect(ports.operationLock.held).toBe(OTHER);
  });
});
