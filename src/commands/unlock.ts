import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import type { EnvironmentLock } from '../domain/environment-locks.js';
import { environmentArg } from '../flags.js';
import { locksText, unlockedText } from '../presenters/locks-text.js';
import { readLocks, removeLocks } from '../services/unlock-environment.js';

/** What `unlock --json` returns. */
export interface UnlockResult {
  readonly environment: string;
  readonly locks: readonly EnvironmentLock[];
  /** Ids of those that were removed. */
  readonly removed: readonly string[];
}

export default class Unlock extends BaseCommand<UnlockResult> {
  static override summary = 'Show who holds the locks on an environment, and remove those of the dead.';
  static override description =
    'An environment has two locks: that of mhtctl from plan to health, and that of Terraform on the state. Shows both, ' +
    'who holds them and since when. Each is removed only when its id is typed, or given with --id; removing the lock of ' +
    'somebody who is still at work lets two change the environment at once. What is removed is recorded.';
  static override examples = [
    '<%= config.bin %> unlock staging',
    '<%= config.bin %> unlock staging --id 20261125T201000Z-0a1b2c',
  ];
  static override args = { environment: environmentArg };
  static override flags = {
    id: Flags.string({
      description: 'Remove the lock of this id without asking. Repeatable.',
      helpValue: 'ID',
      multiple: true,
      multipleNonGreedy: true,
    }),
  };

  async run(): Promise<UnlockResult> {
    const { args, flags } = await this.parse(Unlock);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    const found = await readLocks(ports, binding);
    if (found.locks.length > 0) this.tell((style) => locksText(found.locks, ports.clock.now(), style));
    const removed = await removeLocks(ports, { binding, found, ids: flags.id ?? [] });
    this.show((style) => unlockedText(binding.name, found.locks, removed, style));
    return { environment: binding.name, locks: found.locks, removed };
  }
}
