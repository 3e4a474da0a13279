import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import type { ExecutedDeployment } from '../domain/executed-deployment.js';
import { deploymentSummary } from '../domain/ledger-record.js';
import { promotionOverrides } from '../domain/promotion.js';
import { allowDestroyFlag, confirmationFlags, environmentArg, lockTimeoutFlag, reasonFlag } from '../flags.js';
import { type DeployResult, dryRunResult, type EndedDeployment, executedResult } from '../presenters/deploy-result.js';
import { deploymentText } from '../presenters/deployment-text.js';
import { planText } from '../presenters/plan-text.js';
import { carryOutPlan } from '../services/carry-out-plan.js';
import { prepareDeployment } from '../services/prepare-deployment.js';
import { rollBackUnhealthy } from '../services/roll-back-unhealthy.js';

export default class Deploy extends BaseCommand<DeployResult> {
  static override summary = 'Deploy an environment: check, plan, confirm, apply, probe, record.';
  static override description =
    'Checks the machine, the AWS account and the state backend, makes a plan and judges it, shows it, asks for ' +
    'confirmation, applies exactly that plan, waits until the environment is healthy and records the deployment. ' +
    'Until the confirmation nothing is changed.';
  static override examples = [
    '<%= config.bin %> deploy staging',
    '<%= config.bin %> deploy production --confirm production',
    '<%= config.bin %> deploy production --plan reviewed.tfplan --plan-digest sha256:...',
  ];
  static override args = { environment: environmentArg };
  static override flags = {
    ...confirmationFlags,
    plan: Flags.string({ description: 'Apply this saved plan instead of making one.', helpValue: 'FILE' }),
    'plan-digest': Flags.string({
      description: 'Refuse any plan but the one with this digest.',
      helpValue: 'sha256:...',
    }),
    'allow-destroy': allowDestroyFlag,
    'skip-gate': reasonFlag({
      description: 'Deploy what was not proven on the environment it is promoted from, for this reason.',
    }),
    'lock-timeout': lockTimeoutFlag,
    'dry-run': Flags.boolean({ description: 'Stop before the confirmation.' }),
  };

  async run(): Promise<DeployResult> {
    const { args, flags } = await this.parse(Deploy);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    const skipReason = flags['skip-gate'];
    const prepared = await prepareDeployment(ports, {
      binding,
      promotion: { skipReason },
      hold: flags['dry-run'] ? undefined : { waitSeconds: flags['lock-timeout'] },
      planFile: flags.plan,
      expectedDigest: flags['plan-digest'],
    });
    let executed: ExecutedDeployment;
    try {
      this.tell((style) => planText(prepared, style));
      if (flags['dry-run']) return this.#present(dryRunResult(prepared));
      executed = await carryOutPlan(ports, prepared, {
        action: 'Deploy',
        command: `mhtctl deploy ${binding.name}`,
        yes: flags.yes,
        confirm: flags.confirm,
        allowDestroy: flags['allow-destroy'] ?? [],
        overrides: promotionOverrides(binding.policy, skipReason),
      });
    } finally {
      await prepared.release();
    }
    const rollback = await rollBackUnhealthy(ports, binding, executed);
    return this.#present(executedResult(prepared, executed), rollback === null ? null : deploymentSummary(rollback));
  }

  #present({ outcome, json }: EndedDeployment, rollback: DeployResult['rollback'] = null): DeployResult {
    const result = { ...json, rollback };
    this.endAs(outcome);
    this.show((style) => deploymentText(result, style));
    return result;
  }
}
