import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import type { HealthReport } from '../domain/health.js';
import { type DeploymentSummary, deploymentSummary } from '../domain/ledger-record.js';
import type { Json } from '../domain/plan.js';
import { visibleOutputs } from '../domain/state.js';
import { confirmationFlags, environmentArg, lockTimeoutFlag } from '../flags.js';
import { deploymentText } from '../presenters/deployment-text.js';
import { type PlanJson, planJson } from '../presenters/plan-json.js';
import { planText } from '../presenters/plan-text.js';
import { confirmChange, refuseRisks } from '../services/confirm-change.js';
import { executeDeployment } from '../services/execute-deployment.js';
import { prepareDeployment } from '../services/prepare-deployment.js';
import type { SeparationAfter } from '../services/verify-after-deployment.js';

/** What `deploy --json` returns. */
export interface DeployResult {
  readonly environment: string;
  readonly outcome: 'applied' | 'no-changes' | 'dry-run';
  readonly plan: PlanJson;
  /** Null for a dry run, which is not recorded. */
  readonly deployment: DeploymentSummary | null;
  readonly health: HealthReport;
  /** What it shares with other environments; null when nothing was changed. */
  readonly separation: SeparationAfter | null;
  readonly outputs: Readonly<Record<string, Json>>;
}

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
    'allow-destroy': Flags.string({
      description: 'Allow this resource, which holds data or traffic, to be deleted or replaced. Repeatable.',
      helpValue: 'ADDRESS',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'lock-timeout': lockTimeoutFlag,
    'dry-run': Flags.boolean({ description: 'Stop before the confirmation.' }),
  };

  async run(): Promise<DeployResult> {
    const { args, flags } = await this.parse(Deploy);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    const allowDestroy = flags['allow-destroy'] ?? [];
    const command = `mhtctl deploy ${binding.name}`;

    const prepared = await prepareDeployment(ports, {
      binding,
      hold: flags['dry-run'] ? undefined : { waitSeconds: flags['lock-timeout'] },
      planFile: flags.plan,
      expectedDigest: flags['plan-digest'],
    });
    try {
      const plan = planJson(prepared);
      this.tell((style) => planText(prepared, style));
      if (flags['dry-run']) {
        if (prepared.risks.some(({ severity }) => severity === 'forbidden')) this.endAs('refused');
        return this.#present({
          outcome: 'dry-run',
          plan,
          deployment: null,
          health: UNKNOWN,
          separation: null,
          outputs: visibleOutputs(prepared.state),
        });
      }
      refuseRisks(prepared.risks, { binding, allowDestroy, command });
      if (prepared.hasChanges) {
        await confirmChange(ports, {
          binding,
          action: 'Deploy',
          commandWith: (flag) => `${command} ${flag}`,
          yes: flags.yes,
          confirm: flags.confirm,
        });
      }
      const { record, health, separation, state } = await executeDeployment(ports, prepared, {
        overrides: allowDestroy.map((value) => ({ flag: '--allow-destroy', value })),
      });
      if (separation?.verdict === 'violated') this.endAs('refused');
      if (health.status === 'unhealthy') this.endAs('unhealthy');
      return this.#present({
        outcome: prepared.hasChanges ? 'applied' : 'no-changes',
        plan,
        deployment: deploymentSummary(record),
        health,
        separation,
        outputs: visibleOutputs(state),
      });
    } finally {
      await prepared.release();
    }
  }

  #present(result: Omit<DeployResult, 'environment'>): DeployResult {
    const whole = { environment: result.plan.environment, ...result };
    this.show((style) => deploymentText(whole, style));
    return whole;
  }
}

const UNKNOWN: HealthReport = { status: 'unknown', checks: [] };
