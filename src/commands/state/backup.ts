import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';
import { environmentArg } from '../../flags.js';
import { backupText } from '../../presenters/state/backup-text.js';
import { backupState } from '../../services/backup-state.js';
import type { KeptBackup } from '../../services/keep-backup.js';

/** What `state backup --json` returns. */
export interface StateBackupResult extends KeptBackup {
  readonly environment: string;
}

export default class StateBackup extends BaseCommand<StateBackupResult> {
  static override summary = "Keep a copy of an environment's state, here and beside the state.";
  static override description =
    'The copy is byte by byte what the state bucket has. The file here is readable by its owner alone, and holds ' +
    'secrets in the clear; the object in the bucket is encrypted as the state is and never overwritten.';
  static override examples = [
    '<%= config.bin %> state backup production',
    '<%= config.bin %> state backup production --output /mnt/safe/production.tfstate',
  ];
  static override args = { environment: environmentArg };
  static override flags = {
    output: Flags.string({
      description: "The file to write, instead of one among mhtctl's own below .mhtctl/.",
      helpValue: 'FILE',
    }),
  };

  async run(): Promise<StateBackupResult> {
    const { args, flags } = await this.parse(StateBackup);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    const output = flags.output === undefined ? undefined : resolve(flags.output);
    const kept = await backupState(ports, { binding, output });
    this.show((style) => backupText(binding.name, kept, style));
    return { environment: binding.name, ...kept };
  }
}
