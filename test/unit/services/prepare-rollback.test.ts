import { beforeEach, describe, expect, it } from '@jest/globals';
import { prepareRollback } from '../../../src/services/prepare-rollback.js';
import { rollBackUnhealthy } from '../../../src/services/roll-back-unhealthy.js';
import { bindingOf, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { changeOf, planOf, preparedOf } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { recordOf, stateOf } from '../../fakes/states.js';

const { inputs } = preparedOf();
const FIRST = recordOf({ id: '20261120T090000Z-aaaaaa', commit: 'a'.repeat(40), inputs });
const SECOND = recordOf({ id: '20261121T090000Z-bbbbbb', commit: 'b'.repeat(40), inputs });
const PARENT = `${STAGING.workDir}/rollback`;

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
  // The small plan that the fakes make has nothing to wait for.
  ports.workspace.names = [];
  ports.ledger.records.push(FIRST, SECOND);
});

const prepare = () => prepareRollback(ports, { binding: STAGING, to: undefined, hold: { waitSeconds: 0 } });

describe('a rollback that is prepared', () => {
  it('plans the configuration of that commit, and is recorded as what it is', async () => {
    const { rollback, prepared } = await prepare();
    expect(rollback.to.id).toBe(FIRST.id);
    const [[directory, commit] = ['', '']] = ports.repository.checkOuts;
    expect(directory.startsWith(`${PARENT}/`)).toBe(true);
    expect(commit).toBe(FIRST.commit);
    expect(prepared).toMatchObject({
      operation: 'rollback',
      commit: { hash: FIRST.commit, dirtyFiles: [] },
      about: { 'rolled back to': FIRST.id, 'rolled back from': SECOND.id },
      binding: { configurationDir: `${directory}/terraform`, backend: STAGING.backend, policy: STAGING.policy },
    });
    expect(ports.operationLock.held?.operation).toBe('rollback');
  });

  it('leaves neither lock nor work tree when it is released', async () => {
    const { prepared } = await prepare();
    await prepared.release();
    expect(ports.operationLock.held).toBeNull();
    expect(ports.repository.checkOuts.size).toBe(0);
  });

  it('has a work tree of its own, also beside another of the same commit that only looks', async () => {
    const look = () => prepareRollback(ports, { binding: STAGING, to: undefined, hold: undefined });
    const [one, other] = [await look(), await look()];
    expect(ports.repository.checkOuts.size).toBe(2);
    await one.prepared.release();
    expect([...ports.repository.checkOuts.keys()]).toEqual([
      other.prepared.binding.configurationDir.replace(/\/terraform$/, ''),
    ]);
  });

  it('removes the work trees of rollbacks that were killed, and those alone', async () => {
    // The clock stands at 10:00 on the 23rd.
    const [killed, running] = ['20261123T085900Z-000000', '20261123T095900Z-000000'];
    for (const name of [killed, running]) ports.repository.checkOuts.set(`${PARENT}/${name}`, 'x');
    ports.workspace.names = [killed, running, 'notes.txt'];
    await prepare();
    const names = [...ports.repository.checkOuts.keys()];
    expect(names).not.toContain(`${PARENT}/${killed}`);
    expect(names).toContain(`${PARENT}/${running}`);
  });

  it('removes none while somebody holds the lock: he may wait for his confirmation', async () => {
    const old = '20261122T090000Z-000000';
    ports.repository.checkOuts.set(`${PARENT}/${old}`, 'x');
    ports.workspace.names = [old];
    ports.operationLock.held = {
      id: old,
      operation: 'rollback',
      actor: 'grace',
      origin: 'grace@desk',
      commit: null,
      since: '2026-11-22T09:00:00.000Z',
      expires: '2026-11-23T10:10:00.000Z',
    };
    expect(await failureOf(prepare)).toMatchObject({ code: 'OperationLocked' });
    expect(ports.repository.checkOuts.has(`${PARENT}/${old}`)).toBe(true);
  });

  it('leaves neither when its plan fails', async () => {
    ports.terraform.failures = { plan: toolFailure('Invalid reference') };
    expect(await failureOf(prepare)).toMatchObject({ message: 'Invalid reference' });
    expect(ports.operationLock.held).toBeNull();
    expect(ports.repository.checkOuts.size).toBe(0);
  });

  it('fails with what git says of a commit that is not there', async () => {
    ports.repository.failure = toolFailure('commit aaaa cannot be checked out');
    expect(await failureOf(prepare)).toMatchObject({ message: 'commit aaaa cannot be checked out' });
    expect(ports.operationLock.held).toBeNull();
  });

  it('checks nothing out where there is nothing to go back to', async () => {
    ports.ledger.records.splice(0, 2, SECOND);
    expect(await failureOf(prepare)).toMatchObject({ code: 'NothingToRollBackTo', exitCode: 3 });
    expect(ports.repository.checkOuts.size).toBe(0);
  });
});

describe('an environment that is not healthy after its deployment', () => {
  const unhealthy = { status: 'unhealthy' as const, checks: [] };
  const automatic = bindingOf('staging', { policy: { ...STAGING.policy, onUnhealthy: 'rollback' } });

  it('is rolled back at once where its policy says so, which is on record', async () => {
    const record = await rollBackUnhealthy(ports, automatic, { health: unhealthy, state: null });
    expect(record).toMatchObject({
      operation: 'rollback',
      status: 'applied',
      commit: FIRST.commit,
      overrides: [{ flag: 'on_unhealthy', value: 'rollback' }],
    });
    expect(ports.terraform.applied).toHaveLength(1);
    expect(ports.operationLock.held).toBeNull();
    expect(ports.progress.lines.join()).toContain('is rolled back, as its policy says');
  });

  it.each([
    ['its policy leaves it to a person', STAGING, unhealthy],
    ['it is healthy', automatic, { status: 'healthy' as const, checks: [] }],
    ['its health is not known', automatic, { status: 'unknown' as const, checks: [] }],
  ])('is left as it is where %s', async (_, binding, health) => {
    expect(await rollBackUnhealthy(ports, binding, { health, state: null })).toBeNull();
    expect(ports.terraform.applied).toEqual([]);
  });

  it('is left as it is where its instances are only stopped: no earlier commit would start them', async () => {
    const instance = { address: 'aws_instance.this', type: 'aws_instance', attributes: { id: 'i-1' } };
    const state = stateOf({ instances: [instance] });
    ports.instanceConditions.conditions = [{ id: 'i-1', state: 'stopped', checks: {}, events: [] }];
    expect(await rollBackUnhealthy(ports, automatic, { health: unhealthy, state })).toBeNull();
    expect(ports.terraform.applied).toEqual([]);
    expect(ports.progress.lines.join()).toContain('mhtctl start staging');

    ports.instanceConditions.conditions = [{ id: 'i-1', state: 'running', checks: {}, events: [] }];
    expect(await rollBackUnhealthy(ports, automatic, { health: unhealthy, state })).not.toBeNull();
  });

  it('is left to a person where the rollback would delete what holds data', async () => {
    ports.terraform.planToShow = planOf([changeOf('aws_dynamodb_table.this', { actions: ['delete'] })]);
    expect(await rollBackUnhealthy(ports, automatic, { health: unhealthy, state: null })).toBeNull();
    expect(ports.terraform.applied).toEqual([]);
    expect(ports.progress.lines.join()).toContain('could not be rolled back');
    expect(ports.operationLock.held).toBeNull();
  });

  it('is left to a person where there is nothing to go back to', async () => {
    ports.ledger.records.splice(0, 2, SECOND);
    expect(await rollBackUnhealthy(ports, automatic, { health: unhealthy, state: null })).toBeNull();
    expect(ports.progress.lines.join()).toContain('could not be rolled back');
  });
});
