import { recordOfEnd, stateMark } from '../domain/deployment-record.js';
import { type Leftover, leftoversOf } from '../domain/destruction/leftovers.js';
import { interrupted, MhtctlError } from '../domain/errors.js';
import type { LedgerRecord } from '../domain/ledger-record.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import type { StateObject } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import { type ApplyPorts, applyPrepared } from './apply-prepared.js';
import { gatherSeparationEvidence } from './gather-separation-evidence.js';
import { type KeptBackup, keepBackup } from './keep-backup.js';
import { writeRecord } from './write-record.js';

type Needed = ApplyPorts &
  Pick<Ports, 'awsFacts' | 'configuration' | 'identities' | 'inventory' | 'progress' | 'stateArchive'>;

/** An environment that was destroyed. */
export interface ExecutedDestroy {
  /** The state as it was before; null where nothing was left to destroy. */
  readonly backup: KeptBackup | null;
  /** Null where nothing was left to destroy: that changes nothing and is not recorded. */
  readonly record: LedgerRecord | null;
  /** What is still there all the same; null where that could not be looked into. */
  readonly leftovers: readonly Leftover[] | null;
}

/**
 * Backs the state up, applies the plan that was confirmed, records it, and asks AWS what is left. Where nothing was left to
 * destroy, only the last: that is how one looks again after an interrupt.
 */
export async function executeDestroy(ports: Needed, prepared: PreparedDeployment): Promise<ExecutedDestroy> {
  const { binding, id, hasChanges } = prepared;
  let backup: KeptBackup | null = null;
  let after: StateObject | null = null;
  let record: LedgerRecord | null = null;
  let leftovers: readonly Leftover[] | null = null;

  await ports.progress.run([
    ...(hasChanges
      ? [
          {
            title: 'Backup',
            run: async (report: StageReport) => {
              backup = await backUp(ports, prepared);
              report.result(backup === null ? 'there is no state' : id);
            },
          },
          {
            title: 'Destroy',
            run: async (report: StageReport) => {
              after = await applyPrepared(ports, prepared, [], report);
            },
          },
          {
            title: 'Record',
            run: async (report: StageReport) => {
              const ended = recordOfEnd(prepared, {
                status: ports.interruption.interrupted ? 'interrupted' : 'applied',
                error: null,
                overrides: [],
                finishedAt: ports.clock.now(),
                stateAfter: after === null ? null : stateMark(after.state, after.versionId),
                health: null,
                separation: null,
              });
              const unrecorded = await writeRecord(ports, binding, ended);
              if (unrecorded !== undefined) throw unrecorded;
              record = ended;
              report.result(id);
            },
          },
        ]
      : []),
    {
      title: 'Verify',
      run: async (report) => {
        if (ports.interruption.interrupted) return;
        leftovers = await lookForLeftovers(ports, prepared, report);
      },
    },
  ]);
  if (ports.interruption.interrupted) {
    throw interrupted(`interrupted before it was verified that nothing is left of "${binding.name}"`, [
      `look again: mhtctl destroy ${binding.name}`,
    ]);
  }
  return { backup, record, leftovers };
}

async function backUp(ports: Needed, { binding, id }: PreparedDeployment): Promise<KeptBackup | null> {
  const copy = await ports.stateArchive.read(binding, { kind: 'current' });
  return copy === null ? null : keepBackup(ports, { binding, id, copy });
}

/** Never fails for what it cannot read: the environment is gone, and null says that nobody has looked. */
async function lookForLeftovers(
  ports: Needed,
  { binding, identity, state }: PreparedDeployment,
  report: StageReport,
): Promise<readonly Leftover[] | null> {
  try {
    const evidence = await gatherSeparationEvidence(ports, [binding], report);
    const before = {
      binding,
      identity,
      state: state === null ? null : { state, versionId: null, kmsKeyArn: null, digest: '' },
    };
    const found = leftoversOf(before, evidence);
    const gaps = evidence.unread.filter(({ areas }) => areas.includes('tags') || areas.includes('existence'));
    for (const { action, subject, reason } of gaps) report.note(`not checked: ${action} on ${subject}: ${reason}`);
    const there = found.filter(({ status }) => status === 'there').length;
    report.result(there === 0 ? 'nothing is left' : `${there} left`);
    return found;
  } catch (error) {
    if (!(error instanceof MhtctlError)) throw error;
    report.result('not verified');
    report.note(`warning: what is left could not be looked into: ${error.message}`);
    return null;
  }
}
