import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { environmentArg } from '../flags.js';
import { type PlanJson, planJson } from '../presenters/plan-json.js';
import { planText } from '../presenters/plan-text.js';
import { prepareDeployment } from '../services/prepare-deployment.js';

export default class Plan extends BaseCommand<PlanJson> {
  static override summary = 'Show what a deployment would do, and what speaks against it.';
  static override description =
    'Makes the checks and the plan of a deployment and stops there. The digest names what the plan would do: give it ' +
    'to `deploy --plan-digest` and nothing else is applied.';
  static override examples = [
    '<%= config.bin %> plan staging',
    '<%= config.bin %> plan production --out reviewed.tfplan',
  ];
  static override args = { environment: environmentArg };
  static override flags = {
    out: Flags.string({ description: 'Keep the saved plan. It holds secrets in the clear.', helpValue: 'FILE' }),
  };

  async run(): Promise<PlanJson> {
    const { args, flags } = await this.parse(Plan);
    const ports = await this.ports();
    const prepared = await prepareDeployment(ports, { binding: await this.bind(ports, args.environment) });
    try {
      if (flags.out !== undefined) await ports.workspace.copyPrivate(prepared.planFile, resolve(flags.out));
    } finally {
      await prepared.release();
    }
    this.show((style) => planText(prepared, style));
    return planJson(prepared);
  }
}
