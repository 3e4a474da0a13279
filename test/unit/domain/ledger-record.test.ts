import { describe, expect, it } from '@jest/globals';
import {
  deploymentSummary,
  ledgerEntryOf,
  ledgerKey,
  ledgerPrefix,
  ledgerRecordOf,
  recordId,
} from '../../../src/domain/ledger-record.js';
import { recordOf } from '../../fakes/states.js';

describe('the id of a deployment', () => {
  it('is the time in UTC to the millisecond and something to tell two of one apart', () => {
    expect(recordId(new Date('2026-01-02T03:04:05.678Z'), '0a1b2c')).toBe('20260102T030405Z-2a6b2c');
    expect(recordId(new Date('2026-01-02T03:04:05+02:00'), 'ffffff')).toBe('20260102T010405Z-000fff');
  });

  it('sorts by time, whatever the random part is', () => {
    const times = [
      '2025-12-31T23:59:59.999Z',
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.001Z',
      '2026-01-01T00:00:00.099Z',
      '2026-01-01T00:00:00.999Z',
      '2026-09-30T12:00:00Z',
      '2026-10-01T00:00:00Z',
    ];
    const ids = times.map((time, index) => recordId(new Date(time), `00${9 - index}${9 - index}${9 - index}f`));
    expect([...ids].sort()).toEqual(ids);
  });
});

describe('the ledger', () => {
  const backend = { key: 'staging/terraform.tfstate' };

  it('lies beside the state and is named after it', () => {
    expect(ledgerPrefix(backend)).toBe('staging/terraform.tfstate.deployments/');
  });

  it('never mixes two states of a bucket', () => {
    const one = ledgerPrefix({ key: 'terraform.tfstate' });
    const other = ledgerKey({ key: 'terraform.tfstate-eu' }, recordOf());
    expect(other.startsWith(one)).toBe(false);
  });

  it.each(['applied', 'no-changes', 'failed', 'interrupted'] as const)(
    'keeps the end %s apart from the start',
    (status) => {
      const id = '20260102T030405Z-0a1b2c';
      expect(ledgerKey(backend, { id, status: 'started' })).toBe(
        'staging/terraform.tfstate.deployments/20260102T030405Z-0a1b2c.started.json',
      );
      expect(ledgerKey(backend, { id, status })).toBe(
        'staging/terraform.tfstate.deployments/20260102T030405Z-0a1b2c.json',
      );
    },
  );
});

describe('the summary of a record', () => {
  it('is what the contract promises and no more', () => {
    const record = recordOf({ error: 'secret', about: { x: 'y' } });
    expect(deploymentSummary(record)).toEqual({
      id: record.id,
      commit: record.commit,
      startedAt: record.startedAt,
      finishedAt: record.finishedAt,
      actor: record.actor,
    });
  });
});

describe('a record', () => {
  it.each([
    ['that ended', recordOf()],
    ['that began', recordOf({ status: 'started', finishedAt: null, stateAfter: null })],
    ['outside a repository', recordOf({ commit: null })],
    ['with what a later mhtctl adds', { ...recordOf(), note: 'x' }],
  ])('%s is one', (_, record) => {
    expect(ledgerRecordOf(record)).toMatchObject(record);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['a list', []],
    ['another format', { ...recordOf(), format: 2 }],
    ['no fields', { format: 1 }],
    ['no id', { ...recordOf(), id: undefined }],
    ['an unknown status', { ...recordOf(), status: 'gone' }],
    ['an unknown operation', { ...recordOf(), operation: 'dance' }],
    ['overrides that are none', { ...recordOf(), overrides: [{ flag: 1 }] }],
    ['inputs without values', { ...recordOf(), inputs: { variables: {}, lockFile: null } }],
    ['a number for a commit', { ...recordOf(), commit: 7 }],
    ['no start', { ...recordOf(), startedAt: undefined }],
    ['no end, nor null', { ...recordOf(), finishedAt: undefined }],
    ['no actor', { ...recordOf(), actor: null }],
    ['a text for a state', { ...recordOf(), stateAfter: 'x' }],
    ['a state without its lineage', { ...recordOf(), stateAfter: { serial: 7 } }],
  ])('is not what has %s', (_, value) => {
    expect(ledgerRecordOf(value)).toBeUndefined();
  });
});

describe('a record of an earlier mhtctl', () => {
  it('is that of a deployment, and says nothing of what was not recorded', () => {
    const { operation, origin, inputs, overrides, about, cost, ...earlier } = recordOf();
    expect(ledgerRecordOf(earlier)).toEqual({
      ...earlier,
      operation: 'deploy',
      origin: '',
      inputs: null,
      overrides: [],
      about: {},
      cost: null,
    });
  });
});

describe('a key of the ledger', () => {
  const backend = { key: 'staging/terraform.tfstate' };
  const id = '20260102T030405Z-0a1b2c';

  it.each(['started', 'applied', 'done'] as const)('is read as it is made (%s)', (status) => {
    expect(ledgerEntryOf(backend, ledgerKey(backend, { id, status }))).toEqual({ id, ended: status !== 'started' });
  });

  it.each([
    'staging/terraform.tfstate',
    'staging/terraform.tfstate.deployments/notes.txt',
    `staging/terraform.tfstate.deployments/old/${id}.json`,
    `production/terraform.tfstate.deployments/${id}.json`,
  ])('is not %s', (key) => {
    expect(ledgerEntryOf(backend, key)).toBeUndefined();
  });
});
