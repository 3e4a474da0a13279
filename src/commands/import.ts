import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import type { ImportTarget } from '../domain/import-target.js';
import { confirmationFlags, lockTimeoutFlag } from '../flags.js';
import { type DeployResult, dryRunResult, type EndedDeployment, executedResult } from '../presenters/deploy-result.js';
import { deploymentText } from '../presenters/deployment-text.js';
import { planText } from '../presenters/plan-text.js';
import { carryOutPlan } from '../services/carry-out-plan.js';
import { prepareImport } from '../services/prepare-import.js';

/** What `import --json` returns: what `deploy --json` does, and what was taken in. */
export interface ImportResult extends DeployResult {
  readonly imported: ImportTarget;
}

export default class Import extends BaseCommand<ImportResult> {
  static override summary = "Take something that exists in AWS into an environment's state.";
  static override description =
    'The resource must be written in the configuration first. Makes a plan with an import block for it alone, checks ' +
    'and shows it, asks for confirmation and applies it like any other. The configuration is left as it is. What the ' +
    'import would change of the resource is in the plan; a plan that would replace it, or change anything else, is refused.';
  static override examples = [
    '<%= config.bin %> import staging module.storage.aws_s3_bucket.data mht-api-staging-data-0a1b2c3d',
    `<%= config.bin %> import staging 'module.queues.aws_sqs_queue.this["feedback"]' QUEUE-URL --dry-run`,
  ];
  static override args = {
    environment: Args.string({ description: 'Environment.', required: true }),
    address: Args.string({ description: 'Address of the resource in the configuration.', required: true }),
    id: Args.string({ description: "The provider's import id of what exists.", required: true }),
  };
  static override flags = {
    ...confirmationFlags,
    'lock-timeout': lockTimeoutFlag,
    'dry-run': Flags.boolean({ description: 'Stop before the confirmation.' }),
  };

  async run(): Promise<ImportResult> {
    const { args, flags } = await this.parse(Import);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    const target = { address: args.address, id: args.id };
    const prepared = await prepareImport(ports, {
      binding,
      target,
      hold: flags['dry-run'] ? undefined : { waitSeconds: flags['lock-timeout'] },
    });
    try {
      this.tell((style) => planText(prepared, style));
      if (flags['dry-run']) return this.#present(dryRunResult(prepared), target);
      const executed = await carryOutPlan(ports, prepared, {
        action: `Import ${target.id} into`,
        command: `mhtctl import ${binding.name} '${target.address}' '${target.id}'`,
        yes: flags.yes,
        confirm: flags.confirm,
        allowDestroy: [],
        overrides: [],
      });
      return this.#present(executedResult(prepared, executed), target);
    } finally {
      await prepared.release();
    }
  }

  #present({ outcome, json }: EndedDeployment, imported: ImportTarget): ImportResult {
    this.endAs(outcome);
    const done = `imported ${imported.id} as ${imported.address}`;
    this.show((style) => deploymentText({ ...json, done }, style));
    return { ...json, imported };
  }
}
