import { type BackendFacts, type BackendRequirement, backendRequirements } from '../domain/backend-facts.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { LedgerRecord } from '../domain/ledger-record.js';
import { stateMigrated } from '../domain/migration/mark.js';
import type { State, StateObject } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import type { LedgerListing } from '../ports/ledger.js';
import type { StageReport } from '../ports/progress.js';
import { refuseUnsavedState } from './unsaved-state.js';

/** How far back the ledger is looked through for an operation that left a state. */
const RECORDS = 8;

/** What AWS says of the state: how it is kept, what it is, and what was done to it last. */
export type BackendAnswer = readonly [facts: BackendFacts, object: StateObject | null, listing: LedgerListing];

/** Asks all three at once. */
export function askBackend(ports: Pick<Ports, 'stateStore' | 'ledger'>, binding: Binding): Promise<BackendAnswer> {
  return Promise.all([
    ports.stateStore.inspect(binding),
    ports.stateStore.readStateObject(binding),
    ports.ledger.list(binding, RECORDS),
  ]);
}

/** Makes sure that the state is kept as it must be, and is all there. Returns it; null before the first deployment. */
export async function verifyBackend(
  ports: Pick<Ports, 'terraform' | 'workspace'>,
  binding: Binding,
  report: StageReport,
  answer: Promise<BackendAnswer>,
): Promise<StateObject | null> {
  const { bucket, key } = binding.backend;
  const [facts, object, { records, unreadable }] = await answer;
  const state = object?.state ?? null;
  const missing = backendRequirements(facts, binding).filter(({ met }) => !met);
  refuseUnsafeBackend(
    binding,
    missing.filter(({ essential }) => essential),
  );
  if (facts.migrated !== null) throw stateMigrated(`s3://${bucket}/${key}`, facts.migrated);
  for (const { resource, property } of missing) {
    report.note(`warning: ${nameOf(binding, resource)} is not ${property}; mend it: mhtctl bootstrap ${binding.name}`);
  }
  for (const { object: damaged, why } of unreadable) {
    report.note(`warning: the record ${damaged} ${why}; see mhtctl history ${binding.name}`);
  }
  // First of the two: a state that seems lost may be the one that could not be saved.
  await refuseUnsavedState(ports, binding, state, report);
  refuseLostState(binding, state, records);
  report.result(
    state === null ? `s3://${bucket}/${key}, no state yet` : `s3://${bucket}/${key}, serial ${state.serial}`,
  );
  return object;
}

function nameOf(binding: Binding, resource: BackendRequirement['resource']): string {
  const { bucket, lockTable } = binding.backend;
  return resource === 'bucket' ? `the state bucket ${bucket}` : `the lock table ${lockTable}`;
}

function refuseUnsafeBackend(binding: Binding, unmet: readonly BackendRequirement[]): void {
  if (unmet.length === 0) return;
  // A bucket that is not there is not versioned, encrypted or private either: one line says it.
  const absent = new Set(unmet.filter(({ property }) => property === 'there').map(({ resource }) => resource));
  const said = unmet
    .filter(({ resource, property }) => property === 'there' || !absent.has(resource))
    .map(({ resource, property }) => `${nameOf(binding, resource)} is not ${property}`);
  throw new MhtctlError({
    code: 'BackendNotReady',
    outcome: 'refused',
    message: said.join('; '),
    nextSteps: [`mhtctl bootstrap ${binding.name}`],
  });
}

/**
 * An empty state makes Terraform create everything a second time: after a deployment it is an alarm. A state that
 * Terraform itself has emptied since, or left empty by a first apply that failed, is of the same lineage and no older.
 */
function refuseLostState(binding: Binding, state: State | null, records: readonly LedgerRecord[]): void {
  const latest = records.find(({ stateAfter, stateBefore }) => (stateAfter ?? stateBefore) !== null);
  const recorded = latest?.stateAfter ?? latest?.stateBefore ?? null;
  if (latest === undefined || recorded === null) return;
  if (state !== null && state.instances.length > 0) return;
  if (state !== null && state.lineage === recorded.lineage && state.serial >= recorded.serial) return;
  const { bucket, key } = binding.backend;
  throw new MhtctlError({
    code: 'StateLost',
    outcome: 'refused',
    message:
      `the state s3://${bucket}/${key} is empty, but ${latest.operation} ${latest.id} left one there ` +
      `(serial ${recorded.serial}, lineage ${recorded.lineage})`,
    nextSteps: [
      `list its versions: mhtctl state list ${binding.name}`,
      `restore the right one: mhtctl state restore ${binding.name} VERSION`,
    ],
  });
}
