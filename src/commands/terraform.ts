import { Args } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { MhtctlError } from '../domain/errors.js';
import { confirmationFlags } from '../flags.js';
import { runTerraform } from '../services/run-terraform.js';

export default class Terraform extends BaseCommand<void> {
  static override enableJsonFlag = false;
  static override summary = 'Run Terraform bound to an environment: its state, its values, its account.';
  static override description =
    "Arguments after -- are Terraform's own. Commands that take variables get the environment's values. What changes " +
    'state or infrastructure is confirmed first. Any code but 0 of Terraform becomes exit 5.';
  static override examples = [
    '<%= config.bin %> terraform staging -- state list',
    '<%= config.bin %> terraform production --confirm production -- force-unlock LOCK-ID',
  ];
  static override usage = '<%= command.id %> ENVIRONMENT [-y] [--confirm ENV] -- ARGS...';
  static override args = { environment: Args.string({ description: 'Environment.', required: true }) };
  static override flags = { ...confirmationFlags };

  async run(): Promise<void> {
    // Terraform's arguments are taken as they stand: oclif would sort repeated ones together.
    const separator = this.argv.indexOf('--');
    const terraformArgs = separator < 0 ? [] : this.argv.slice(separator + 1);
    const { args, flags } = await this.parse(Terraform, separator < 0 ? this.argv : this.argv.slice(0, separator));
    if (terraformArgs.length === 0) {
      throw new MhtctlError({
        code: 'Usage',
        outcome: 'usage',
        message: 'no Terraform command was given; it stands after --',
        nextSteps: [`mhtctl terraform ${args.environment} -- state list`],
      });
    }
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    await runTerraform(ports, { binding, args: terraformArgs, yes: flags.yes, confirm: flags.confirm });
  }
}
