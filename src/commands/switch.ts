import { BaseCommand } from '../base-command.js';
import { environmentArg } from '../flags.js';
import { switchEnvironment } from '../services/switch-environment.js';

/** What `switch --json` returns. */
export interface SwitchResult {
  readonly environment: string;
  readonly previous: string | null;
}

export default class Switch extends BaseCommand<SwitchResult> {
  static override summary = 'Choose the default environment, for mhtctl and for plain terraform.';
  static override description =
    'Commands that name no environment work on this one, and plain `terraform` in the configuration directory uses its ' +
    'backend. Nothing is deployed.';
  static override examples = ['<%= config.bin %> switch staging'];
  static override args = { environment: environmentArg };

  async run(): Promise<SwitchResult> {
    const { args } = await this.parse(Switch);
    const ports = await this.ports();
    const { environment, previous, moved } = await switchEnvironment(ports, args.environment);
    this.show((style) => `${moved ? 'Switched to' : 'Already at'} ${style.bold(environment)}`);
    return { environment, previous };
  }
}
