import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import type { Leftover } from '../domain/destruction/leftovers.js';
import type { Binding } from '../domain/environment.js';
import { type DeploymentSummary, deploymentSummary } from '../domain/ledger-record.js';
import { confirmationFlags, lockTimeoutFlag } from '../flags.js';
import { destroyPreviewText, destroyText } from '../presenters/destroy-text.js';
import { type PlanJson, planJson } from '../presenters/plan-json.js';
import { confirmDestroy } from '../services/confirm-destroy.js';
import { type ExecutedDestroy, executeDestroy } from '../services/execute-destroy.js';
import type { KeptBackup } from '../services/keep-backup.js';
import { type PreparedDestroy, prepareDestroy } from '../services/prepare-destroy.js';

/** What `destroy --json` returns. */
export interface DestroyResult {
  readonly environment: string;
  readonly outcome: 'destroyed' | 'nothing-left' | 'dry-run';
  readonly plan: PlanJson;
  /** What is in the way of it; empty but for a dry run. */
  readonly obstacles: PreparedDestroy['obstacles'];
  /** The state as it was; null where nothing was destroyed. */
  readonly backup: KeptBackup | null;
  /** Null where nothing was destroyed. */
  readonly deployment: DeploymentSummary | null;
  /** What is still there; null where nobody has looked. */
  readonly leftovers: readonly Leftover[] | null;
  /** What stays on purpose: state bucket and lock table. */
  readonly kept: readonly string[];
}

export default class Destroy extends BaseCommand<DestroyResult> {
  static override summary = 'Destroy everything of an environment that is in its state.';
  static override description =
    'Refused for a protected environment unless its policy says `destroyable = true`. Plans the destruction, shows what ' +
    'holds data or traffic first, and refuses while anything is protected from deletion or a bucket that would not be ' +
    'emptied holds objects. The typed name confirms it, always. Backs the state up first; afterwards asks AWS what is ' +
    'left. State bucket, lock table and record stay.';
  static override examples = [
    '<%= config.bin %> destroy staging',
    '<%= config.bin %> destroy staging --confirm staging',
  ];
  static override args = { environment: Args.string({ description: 'Environment.', required: true }) };
  static override flags = {
    confirm: confirmationFlags.confirm,
    'lock-timeout': lockTimeoutFlag,
    'dry-run': Flags.boolean({ description: 'Stop before the confirmation.' }),
  };

  async run(): Promise<DestroyResult> {
    const { args, flags } = await this.parse(Destroy);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    const hold = flags['dry-run'] ? undefined : { waitSeconds: flags['lock-timeout'] };
    const destruction = await prepareDestroy(ports, { binding, hold });
    const { prepared } = destruction;
    try {
      if (prepared.hasChanges) this.tell((style) => destroyPreviewText(previewOf(destruction), style));
      if (flags['dry-run']) {
        if (destruction.obstacles.length > 0) this.endAs('refused');
        return this.#present(binding, destruction, undefined);
      }
      await confirmDestroy(ports, destruction, { confirm: flags.confirm });
      const executed = await executeDestroy(ports, prepared);
      if (executed.leftovers?.some(({ status }) => status === 'there') === true) this.endAs('refused');
      return this.#present(binding, destruction, executed);
    } finally {
      await prepared.release();
    }
  }

  #present(
    { name, backend }: Binding,
    { prepared, obstacles }: PreparedDestroy,
    executed: ExecutedDestroy | undefined,
  ): DestroyResult {
    const result: DestroyResult = {
      environment: name,
      outcome: executed === undefined ? 'dry-run' : executed.record === null ? 'nothing-left' : 'destroyed',
      plan: planJson(prepared),
      obstacles,
      backup: executed?.backup ?? null,
      deployment: executed?.record == null ? null : deploymentSummary(executed.record),
      leftovers: executed?.leftovers ?? null,
      kept: [`s3://${backend.bucket}`, ...(backend.lockTable === undefined ? [] : [backend.lockTable])],
    };
    this.show((style) => destroyText(result, style));
    return result;
  }
}

function previewOf({ prepared, buckets, obstacles }: PreparedDestroy) {
  return { environment: prepared.binding.name, plan: prepared.plan, buckets, obstacles };
}
