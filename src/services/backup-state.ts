import { randomBytes } from 'node:crypto';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { recordId } from '../domain/ledger-record.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { type KeptBackup, keepBackup } from './keep-backup.js';
import { verifyIdentity } from './verify-identity.js';

type Needed = Pick<
  Ports,
  'clock' | 'environment' | 'identities' | 'interruption' | 'progress' | 'stateArchive' | 'workspace'
>;

/** What to back up. */
export interface BackupOptions {
  readonly binding: Binding;
  /** Where the copy here goes, instead of among mhtctl's own files. */
  readonly output: string | undefined;
}

/**
 * Keeps a copy of an environment's state, byte by byte as AWS has it: Terraform need not be able to read it. Fails
 * (exit 3) with `NoState` when there is none.
 */
export async function backupState(ports: Needed, { binding, output }: BackupOptions): Promise<KeptBackup> {
  const { bucket, key } = binding.backend;
  const id = recordId(ports.clock.now(), randomBytes(3).toString('hex'));
  let kept: KeptBackup | undefined;
  await ports.progress.run([
    {
      title: 'Identity',
      run: async (report) =>
        void (await abandonOnInterrupt(ports.interruption, verifyIdentity(ports, binding, report))),
    },
    {
      title: 'Backup',
      run: async (report) => {
        const copy = await abandonOnInterrupt(
          ports.interruption,
          ports.stateArchive.read(binding, { kind: 'current' }),
        );
        if (copy === null) {
          throw new MhtctlError({
            code: 'NoState',
            outcome: 'refused',
            message: `"${binding.name}" has no state at s3://${bucket}/${key}; there is nothing to back up`,
            nextSteps: [`see whether there was one: mhtctl state list ${binding.name}`],
          });
        }
        kept = await keepBackup(ports, { binding, id, copy, output });
        if (kept.serial === null) report.note(`warning: what is at s3://${bucket}/${key} is no state that can be read`);
        report.result(id);
      },
    },
  ]);
  if (kept === undefined) throw new Error('the state was not backed up');
  return kept;
}
