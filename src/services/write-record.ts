import { join } from 'node:path';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { isRecordId, type LedgerRecord, ledgerKey, ledgerRecordOf, operationNoun } from '../domain/ledger-record.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';

type Needed = Pick<Ports, 'ledger' | 'workspace'>;

/** Where records are kept that the ledger could not take. */
function unsentDirectory({ workDir }: Binding): string {
  return join(workDir, 'unsent');
}

/**
 * Writes the entry that ends an operation. Where the ledger cannot be written it is kept on this machine, and the next
 * operation here writes it first. The failure that says so is returned, not thrown: an operation that failed for a
 * reason of its own is told for that.
 */
export async function writeRecord(
  { ledger, workspace }: Needed,
  binding: Binding,
  record: LedgerRecord,
): Promise<MhtctlError | undefined> {
  try {
    await ledger.append(binding, record);
    return undefined;
  } catch (cause) {
    const file = join(unsentDirectory(binding), `${record.id}.json`);
    const unkept = await workspace.writePrivate(file, `${JSON.stringify(record, null, 2)}\n`).then(
      () => undefined,
      (error: Error) => error,
    );
    const message = `the ${operationNoun(record.operation)} ${record.id} of "${binding.name}" (${record.status}) could not be recorded: ${(cause as Error).message}`;
    return new MhtctlError({
      code: 'RecordNotWritten',
      outcome: 'toolFailed',
      message: unkept === undefined ? message : `${message}\nnor could its record be kept here: ${unkept.message}`,
      nextSteps:
        unkept === undefined
          ? [
              `the record is kept in ${file}; the next deployment from here writes it first: mhtctl deploy ${binding.name}`,
              `from elsewhere: aws s3 cp ${file} s3://${binding.backend.bucket}/${ledgerKey(binding.backend, record)}`,
            ]
          : [`this is its only copy; once AWS can be reached: ${howToWrite(binding, record)}`],
      cause,
    });
  }
}

/** A shell's line that writes a record, with all of it: for one that no file keeps. */
function howToWrite({ backend }: Binding, record: LedgerRecord): string {
  const object = `s3://${backend.bucket}/${ledgerKey(backend, record)}`;
  return `aws s3 cp - ${object} <<'RECORD'\n${JSON.stringify(record)}\nRECORD`;
}

/**
 * Writes the records that could not be written earlier. Fails as the ledger does: what happened before is on record
 * before anything else happens. One that the ledger has by now has served its purpose.
 */
export async function sendUnsentRecords(
  { ledger, workspace }: Needed,
  binding: Binding,
  report: StageReport,
): Promise<void> {
  const directory = unsentDirectory(binding);
  for (const name of [...(await workspace.fileNames(directory))].sort()) {
    const id = name.replace(/\.json$/, '');
    if (!isRecordId(id) || id === name) continue;
    const file = join(directory, name);
    const record = recordIn((await workspace.readIfThere(file)) ?? '');
    if (record?.id !== id) {
      report.note(`warning: ${file} is no record that could be written to the ledger; look at it and remove it`);
      continue;
    }
    try {
      await ledger.append(binding, record);
    } catch (error) {
      if (!(error instanceof MhtctlError) || error.code !== 'RecordExists') throw error;
    }
    await workspace.remove(file);
    report.note(`recorded ${record.operation} ${id}, which could not be recorded before`);
  }
}

function recordIn(text: string): LedgerRecord | undefined {
  try {
    return ledgerRecordOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}
