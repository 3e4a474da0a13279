import { resolve } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';
import { describeSource, type RestoreSource, restoreSourceOf } from '../../domain/restore-source.js';
import type { StateChanges } from '../../domain/state-changes.js';
import { confirmationFlags, lockTimeoutFlag } from '../../flags.js';
import { restorePreviewText, restoreText } from '../../presenters/state/restore-text.js';
import { confirmChange } from '../../services/confirm-change.js';
import { executeRestore } from '../../services/execute-restore.js';
import type { KeptBackup } from '../../services/keep-backup.js';
import { type PreparedRestore, prepareRestore } from '../../services/prepare-restore.js';
import { describeStateNow } from '../../services/state-now.js';

/** What `state restore --json` returns. */
export interface StateRestoreResult {
  readonly environment: string;
  readonly outcome: 'restored' | 'unchanged' | 'dry-run';
  readonly source: RestoreSource;
  readonly changes: StateChanges;
  /** The serial the state has now; null where there is none that can be read. */
  readonly serial: number | null;
  /** What was there before; null where nothing was, or nothing was restored. */
  readonly backup: KeptBackup | null;
  /** Id of the record; null where nothing was restored. */
  readonly operation: string | null;
}

export default class StateRestore extends BaseCommand<StateRestoreResult> {
  static override summary = "Make an earlier version of an environment's state the current one.";
  static override description =
    'Takes a version or a backup of `state list`, or a file. It must be of the same lineage. Shows which resources the ' +
    'state would gain, lose or take for others, asks for confirmation, backs up what is there, and pushes the state by ' +
    'Terraform with a new serial. A state that was deleted or spoiled is brought back the same way. Infrastructure is ' +
    'not changed.';
  static override examples = [
    '<%= config.bin %> state restore staging 20261125T193430Z-0a1b2c',
    '<%= config.bin %> state restore production ./production.tfstate --confirm production',
  ];
  static override args = {
    environment: Args.string({ description: 'Environment.', required: true }),
    version: Args.string({ description: 'Id of a version or a backup, or a file.', required: true }),
  };
  static override flags = {
    ...confirmationFlags,
    'lock-timeout': lockTimeoutFlag,
    'dry-run': Flags.boolean({ description: 'Stop before the confirmation.' }),
  };

  async run(): Promise<StateRestoreResult> {
    const { args, flags } = await this.parse(StateRestore);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    const given = restoreSourceOf(args.version);
    const source = given.kind === 'file' ? { ...given, file: resolve(given.file) } : given;

    const hold = flags['dry-run'] ? undefined : { waitSeconds: flags['lock-timeout'] };
    const prepared = await prepareRestore(ports, { binding, source, hold });
    try {
      if (prepared.unchanged) return this.#present(prepared, 'unchanged');
      this.tell((style) => restorePreviewText(previewOf(prepared), style));
      if (flags['dry-run']) return this.#present(prepared, 'dry-run');
      await confirmChange(ports, {
        binding,
        action: 'Restore the state of',
        commandWith: (flag) => `mhtctl state restore ${binding.name} ${args.version} ${flag}`,
        yes: flags.yes,
        confirm: flags.confirm,
      });
      const { serial, backup, record } = await executeRestore(ports, prepared);
      return this.#present(prepared, 'restored', { serial, backup, operation: record.id });
    } finally {
      await prepared.release();
    }
  }

  #present(
    prepared: PreparedRestore,
    outcome: StateRestoreResult['outcome'],
    done: Pick<StateRestoreResult, 'serial' | 'backup' | 'operation'> = {
      serial: prepared.presentSerial,
      backup: null,
      operation: null,
    },
  ): StateRestoreResult {
    const { binding, source, changes } = prepared;
    const result = { environment: binding.name, outcome, source, changes, ...done };
    this.show((style) => restoreText(result, style));
    return result;
  }
}

function previewOf({ binding, source, wantedState, now, changes }: PreparedRestore) {
  return {
    environment: binding.name,
    source: describeSource(source),
    serial: wantedState.serial,
    resources: wantedState.instances.length,
    now: describeStateNow(now),
    changes,
  };
}
