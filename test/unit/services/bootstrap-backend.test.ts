import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Binding } from '../../../src/domain/environment.js';
import { planBootstrap } from '../../../src/services/bootstrap-backend.js';
import { absentBackend, factsOf } from '../../fakes/backend-facts.js';
import { bindingOf, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts } from '../../fakes/ports.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
});

const plan = (binding: Binding = STAGING) => planBootstrap(ports, binding);
const BUCKET = { kind: 'bucket', name: 'mht-api-terraform-state-staging' };
const TABLE = { kind: 'lock-table', name: 'mht-api-terraform-locks-staging' };

describe('the bootstrap of a backend', () => {
  it('has nothing to do where all is well', async () => {
    const { resources, complete } = await plan();
    expect(complete).toBe(true);
    expect(resources).toEqual([
      { ...BUCKET, action: 'unchanged', missing: [] },
      { ...TABLE, action: 'unchanged', missing: [] },
    ]);
    expect(ports.progress.heard('State backend', 'result')).toEqual(['as it should be']);
  });

  it('would create what is not there', async () => {
    ports.stateStore.facts = absentBackend(STAGING);
    const { resources, complete } = await plan();
    expect(complete).toBe(false);
    expect(resources).toEqual([
      { ...BUCKET, action: 'created', missing: ['versioned', 'encrypted', 'private', 'TLS-only', 'tagged'] },
      { ...TABLE, action: 'created', missing: ['recoverable to a point in time', 'tagged'] },
    ]);
  });

  it('would mend what has drifted, and that alone', async () => {
    ports.stateStore.facts = factsOf(STAGING, { lockTable: { pointInTimeRecovery: false } });
    const { resources, complete } = await plan();
    expect(complete).toBe(false);
    expect(resources).toEqual([
      { ...BUCKET, action: 'unchanged', missing: [] },
      { ...TABLE, action: 'updated', missing: ['recoverable to a point in time'] },
    ]);
  });

  it('asks for no table where the file names none', async () => {
    const binding = bindingOf('staging', { backend: { lockTable: undefined } });
    ports.stateStore.facts = factsOf(binding);
    expect((await plan(binding)).resources).toEqual([{ ...BUCKET, action: 'unchanged', missing: [] }]);
  });

  it('changes nothing until it is carried out', async () => {
    ports.stateStore.facts = absentBackend(STAGING);
    const { carryOut } = await plan();
    expect(ports.stateStore.repairs).toEqual([]);
    await carryOut();
    expect(ports.stateStore.repairs).toEqual([absentBackend(STAGING)]);
    expect((await plan()).complete).toBe(true);
  });

  it('looks again after the repair, and fails when it was undone', async () => {
    ports.stateStore.facts = absentBackend(STAGING);
    ports.stateStore.repaired = factsOf(STAGING, { bucket: { tlsOnly: false } });
    const { carryOut } = await plan();
    const failure = await failureOf(carryOut);
    expect(failure).toMatchObject({ code: 'BackendNotReady', exitCode: 5 });
    expect(failure.message).toContain('TLS-only (bucket)');
    expect(failure.nextSteps[0]).toBe('mhtctl bootstrap staging');
  });

  it('looks at nothing in another account', async () => {
    ports.identities.identity = { accountId: '222222222222', arn: 'arn:x' };
    expect(await failureOf(plan)).toMatchObject({ code: 'WrongAccount', exitCode: 7 });
    expect(ports.journal).toEqual(['identities.whoAmI']);
  });

  it('stops at an interrupt before it changes anything', async () => {
    ports.interruption.interrupt();
    expect(await failureOf(plan)).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect(ports.stateStore.repairs).toEqual([]);
  });
});
