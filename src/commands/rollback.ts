import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { irreversibleLosses } from '../domain/irreversible.js';
import { allowDestroyFlag, confirmationFlags, environmentArg, lockTimeoutFlag } from '../flags.js';
import { type DeployResult, dryRunResult, type EndedDeployment, executedResult } from '../presenters/deploy-result.js';
import { deploymentText } from '../presenters/deployment-text.js';
import { planText } from '../presenters/plan-text.js';
import { rollbackText } from '../presenters/rollback-text.js';
import { carryOutPlan } from '../services/carry-out-plan.js';
import { prepareRollback } from '../services/prepare-rollback.js';

/** What `rollback --json` returns: what `deploy --json` does, and the deployment that was gone back to. */
export interface RollbackResult extends DeployResult {
  readonly rolledBackTo: string;
}

export default class Rollback extends BaseCommand<RollbackResult> {
  static override summary = 'Roll an environment back to its last good deployment.';
  static override description =
    'Takes the commit of the last deployment that ended well and healthy, with the values it was made with, makes a new ' +
    'plan of it, checks and shows it, asks for confirmation and applies it like any other. State is never restored. ' +
    'What no rollback brings back is listed before the question.';
  static override examples = [
    '<%= config.bin %> rollback staging',
    '<%= config.bin %> rollback production --to 20261125T201000Z-0a1b2c --confirm production',
  ];
  static override args = { environment: environmentArg };
  static override flags = {
    ...confirmationFlags,
    to: Flags.string({ description: 'Deployment to roll back to, as `history` names it.', helpValue: 'ID' }),
    'allow-destroy': allowDestroyFlag,
    'lock-timeout': lockTimeoutFlag,
    'dry-run': Flags.boolean({ description: 'Stop before the confirmation.' }),
  };

  async run(): Promise<RollbackResult> {
    const { args, flags } = await this.parse(Rollback);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    const { rollback, prepared } = await prepareRollback(ports, {
      binding,
      to: flags.to,
      hold: flags['dry-run'] ? undefined : { waitSeconds: flags['lock-timeout'] },
    });
    try {
      this.tell((style) => rollbackText(rollback, irreversibleLosses(prepared.plan), style));
      this.tell((style) => planText(prepared, style));
      if (flags['dry-run']) return this.#present(dryRunResult(prepared), rollback.to.id);
      const executed = await carryOutPlan(ports, prepared, {
        action: 'Roll back',
        command: `mhtctl rollback ${binding.name} --to ${rollback.to.id}`,
        yes: flags.yes,
        confirm: flags.confirm,
        allowDestroy: flags['allow-destroy'] ?? [],
        overrides: [],
      });
      return this.#present(executedResult(prepared, executed), rollback.to.id);
    } finally {
      await prepared.release();
    }
  }

  #present({ outcome, json }: EndedDeployment, rolledBackTo: string): RollbackResult {
    this.endAs(outcome);
    this.show((style) => deploymentText(json, style));
    return { ...json, rolledBackTo };
  }
}
