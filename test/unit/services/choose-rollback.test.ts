import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerRecord } from '../../../src/domain/ledger-record.js';
import { chooseRollback, refuseOlderTools } from '../../../src/services/choose-rollback.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { preparedOf } from '../../fakes/plans.js';
import { fakePorts } from '../../fakes/ports.js';
import { recordOf, stateOf } from '../../fakes/states.js';

const { inputs } = preparedOf();
const AWS = 'registry.terraform.io/hashicorp/aws';
const idOf = (day: number) => `202611${String(day).padStart(2, '0')}T090000Z-ffffff`;
const good = (day: number, commit: string, parts: Partial<LedgerRecord> = {}) =>
  recordOf({ id: idOf(day), commit: commit.repeat(40), inputs, ...parts });
const locking = (version: string) => ({ ...inputs, lockFile: { digest: 'sha256:3', providers: { [AWS]: version } } });

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
});

const choose = (id?: string) => chooseRollback(ports, STAGING, id);

describe('choosing what to roll back to', () => {
  it('takes the last good deployment', async () => {
    ports.ledger.records.push(good(1, 'a'), good(2, 'b'));
    expect(await choose()).toMatchObject({ from: { id: idOf(2) }, to: { id: idOf(1) } });
  });

  it('takes the one that is named', async () => {
    ports.ledger.records.push(good(1, 'a'), good(2, 'b'), good(3, 'c'));
    expect(await choose(idOf(1))).toMatchObject({ from: { id: idOf(3) }, to: { id: idOf(1) } });
  });

  it('says of every deployment why it is none to go back to, where none is', async () => {
    ports.ledger.records.push(good(1, 'a', { status: 'failed' }), good(2, 'b', { dirty: true }), good(3, 'c'));
    const failure = await failureOf(() => choose());
    expect(failure).toMatchObject({ code: 'NothingToRollBackTo', exitCode: 3 });
    expect(failure.message).toContain(`${idOf(1)}: it did not end well (failed)`);
    expect(failure.message).toContain(`${idOf(2)}: it was made with files that were not committed`);
    expect(failure.message).toContain(`${idOf(3)}: it is what is there`);
  });

  it('refuses one that did not go well, saying so', async () => {
    ports.ledger.records.push(good(1, 'a', { status: 'failed' }), good(2, 'b'));
    const failure = await failureOf(() => choose(idOf(1)));
    expect(failure).toMatchObject({ code: 'NotRollbackTarget', exitCode: 3 });
    expect(failure.message).toContain('it did not end well (failed)');
  });

  it('names the nearest of an id that is not there', async () => {
    ports.ledger.records.push(good(1, 'a'), good(2, 'b'));
    const failure = await failureOf(() => choose(idOf(1).replace('T09', 'T08')));
    expect(failure).toMatchObject({ code: 'UnknownRecord', exitCode: 2 });
    expect(failure.nextSteps.join()).toContain(idOf(1));
  });
});

describe('tools that are older than what wrote the state', () => {
  const rollback = (now: string, then: string) => {
    const to = { ...good(1, 'a'), commit: 'a'.repeat(40), inputs: locking(then) };
    return { from: good(2, 'b', { inputs: locking(now) }), to };
  };

  it('are refused, both versions named', async () => {
    const failure = await failureOf(async () =>
      refuseOlderTools(STAGING, rollback('6.0.0', '5.100.0'), stateOf({ terraformVersion: '1.12.0' }), '1.11.4'),
    );
    expect(failure).toMatchObject({ code: 'StateTooNew', exitCode: 3 });
    expect(failure.message).toContain('Terraform 1.12.0 wrote the state, and Terraform 1.11.4 would plan');
    expect(failure.message).toContain(`${AWS} 6.0.0 wrote the state, and commit aaaaaaaa locks 5.100.0`);
    expect(failure.nextSteps.join()).toContain(`git revert ${'b'.repeat(40)}`);
  });

  it.each([
    ['5.100.0', '5.100.0'],
    ['5.99.0', '5.100.0'],
  ])('are none where the state was written with %s and the commit locks %s', (now, then) => {
    expect(() => refuseOlderTools(STAGING, rollback(now, then), stateOf(), '1.11.4')).not.toThrow();
  });
});
