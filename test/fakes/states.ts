import type { LedgerRecord } from '../../src/domain/ledger-record.js';
import type { State, StateInstance } from '../../src/domain/state.js';
import { LINEAGE, NOW } from './plans.js';

const QUEUE: StateInstance = { address: 'aws_sqs_queue.this', type: 'aws_sqs_queue', attributes: {} };

/** A state with one queue. */
export function stateOf(parts: Partial<State> = {}): State {
  return {
    lineage: LINEAGE,
    serial: 7,
    terraformVersion: '1.11.4',
    outputs: {},
    instances: [QUEUE],
    dataSources: [],
    ...parts,
  };
}

/** A state whose outputs are these, none of them sensitive. */
export function stateWithOutputs(outputs: Readonly<Record<string, State['outputs'][string]['value']>>): State {
  return stateOf({
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value, sensitive: false }])),
  });
}

/** The record of an earlier deployment that left {@link stateOf}. */
export function recordOf(parts: Partial<LedgerRecord> = {}): LedgerRecord {
  return {
    format: 1,
    id: '20261122T090000Z-ffffff',
    environment: 'staging',
    status: 'applied',
    commit: '0123456789abcdef0123456789abcdef01234567',
    dirty: false,
    actor: 'arn:aws:iam::111111111111:user/ada',
    startedAt: '2026-11-22T09:00:00.000Z',
    finishedAt: '2026-11-22T09:02:00.000Z',
    planDigest: 'sha256:0',
    summary: { create: 1, update: 0, delete: 0, replace: 0 },
    overrides: [],
    cost: null,
    inputs: null,
    about: {},
    branch: 'main',
    origin: 'ada@laptop',
    operation: 'deploy',
    separation: null,
    stateBefore: null,
    stateAfter: { lineage: LINEAGE, serial: 7 },
    health: null,
    error: null,
    ...parts,
  };
}

/** A moment some seconds after {@link NOW}. */
export function later(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}
