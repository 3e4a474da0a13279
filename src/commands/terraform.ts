import { Args } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { MhtctlError } from '../domain/errors.js';
import { confirmationFlags } from '../flags.js';
import { runTerraform } from '../services/run-terraform.js';

export default class Terraform extends BaseCommand<void> {
  static override enableJsonFlag = false;
  static override strict = false;
  static override summary = 'Run Terraform bound to an environment: its state, its values, its account.';
  static override description =
    "Arguments after -- are Terraform's own. Commands that take variables get the environment's values. What changes " +
    'state or infrastructure is confirmed first. Any code but 0 of Terraform becomes exit 5.';
  static override examples = [
    '<%= config.bin %> terraform staging -- state list',
    '<%= config.bin %> terraform production --confirm production -- force-unlock LOCK-ID',
  ];
  static override args = { environment: Args.string({ description: 'Environment.', required: true }) };
  static override flags = { ...confirmationFlags };

  async run(): Promise<void> {
    const { argv, args, flags } = await this.parse(Terraform);
    const terraformArgs = (argv as string[]).slice(1);
    if (terraformArgs.length === 0) {
      throw new MhtctlError({
        code: 'Usage',
        outcome: 'usage',
        message: 'no Terraform command was given',
        nextSteps: [`mhtctl terraform ${args.environment} -- state list`],
      });
    }
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    await runTerraform(ports, { binding, args: terraformArgs, yes: flags.yes, confirm: flags.confirm });
  }
}
