import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { confirmationFlags, lockTimeoutFlag } from '../flags.js';
import type { Ports } from '../ports/index.js';
import { migrationText } from '../presenters/migration/prepared-text.js';
import { journalJson, type MigrateResult, migrationJson } from '../presenters/migration/result.js';
import { migrateResultText } from '../presenters/migration/result-text.js';
import { confirmChange } from '../services/confirm-change.js';
import { carryOut } from '../services/migrate/carry-out.js';
import { migrationCommands } from '../services/migrate/commands.js';
import { openMigration } from '../services/migrate/open.js';
import { prepareMigration, refuseDifferences } from '../services/migrate/prepare.js';
import { openUndo, undoMigration } from '../services/migrate/undo.js';

export default class Migrate extends BaseCommand<MigrateResult> {
  static override summary = 'Take over the state of a single environment as one of several.';
  static override description =
    'Finds out which environment the live stack is, by its tags and names, and keeps it as that: its state is copied to ' +
    "the environment's own backend with a lineage of its own, and what the configuration calls otherwise is moved. All " +
    'of it is rehearsed first, and refused unless the plan is empty: nothing in AWS is changed. The old state stays as ' +
    'it is, and is marked. Stopped anywhere, the same command goes on; --undo takes it back until its last step.';
  static override examples = [
    '<%= config.bin %> migrate --from-backend old.tfbackend --dry-run',
    '<%= config.bin %> migrate --from-state terraform.tfstate --as production --confirm production',
    '<%= config.bin %> migrate --undo',
  ];
  static override flags = {
    ...confirmationFlags,
    'from-backend': Flags.string({
      description: 'File with the S3 backend that holds the state now.',
      helpValue: 'FILE',
      exactlyOne: ['from-backend', 'from-state', 'undo'],
    }),
    'from-state': Flags.string({ description: 'State file, where the state is kept in one.', helpValue: 'FILE' }),
    as: Flags.string({ description: 'The environment that it is, to confirm what is found.', helpValue: 'ENV' }),
    'override-evidence': Flags.string({
      description: 'Take it for the one given by --as against what its tags and names say.',
      helpValue: 'REASON',
      dependsOn: ['as'],
    }),
    undo: Flags.boolean({ description: 'Take back a migration that is not done.' }),
    'lock-timeout': lockTimeoutFlag,
    'dry-run': Flags.boolean({ description: 'Rehearse, show what would be done, and stop.', exclusive: ['undo'] }),
  };

  async run(): Promise<MigrateResult> {
    const { flags } = await this.parse(Migrate);
    const ports = await this.ports();
    const waitSeconds = flags['lock-timeout'];
    const commands = migrationCommands(flags);
    if (flags.undo) return this.#undo(ports, { ...flags, waitSeconds, undo: commands.undo });

    const migration = await openMigration(ports, {
      ...commands,
      as: flags.as,
      override: flags['override-evidence'],
      hold: flags['dry-run'] ? undefined : { waitSeconds },
    });
    try {
      const { binding, finished } = migration;
      if (finished !== null) return this.#present(ports, journalJson(binding, 'already-migrated', finished));
      const prepared = await prepareMigration(ports, migration);
      this.tell((style) => migrationText(prepared, style));
      if (flags['dry-run']) {
        if (prepared.differences.length > 0) this.endAs('refused');
        return this.#present(ports, migrationJson(prepared, 'dry-run', prepared.journal, null));
      }
      refuseDifferences(prepared, commands.command);
      await confirmChange(ports, {
        ...flags,
        binding,
        action: 'Keep the live stack as',
        commandWith: (flag) => `${commands.command} ${flag}`,
      });
      const { journal, backup } = await carryOut(ports, prepared, commands);
      return this.#present(ports, migrationJson(prepared, 'migrated', journal, backup));
    } finally {
      await migration.release();
    }
  }

  async #undo(
    ports: Ports,
    flags: { as?: string | undefined; yes: boolean; confirm: string | undefined; waitSeconds: number; undo: string },
  ): Promise<MigrateResult> {
    const migration = await openUndo(ports, { as: flags.as, waitSeconds: flags.waitSeconds });
    try {
      const { binding, journal } = migration;
      await confirmChange(ports, {
        ...flags,
        binding,
        action: 'Take back the migration of',
        commandWith: (flag) => `${flags.undo} ${flag}`,
      });
      await undoMigration(ports, migration);
      return this.#present(ports, journalJson(binding, 'undone', journal));
    } finally {
      await migration.release();
    }
  }

  async #present(ports: Ports, result: MigrateResult): Promise<MigrateResult> {
    const others = (await ports.catalog.names()).filter((name) => name !== result.environment);
    this.show((style) => migrateResultText(result, others, style));
    return result;
  }
}
