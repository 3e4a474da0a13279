import { BaseCommand } from '../../base-command.js';
import { MhtctlError } from '../../domain/errors.js';
import { localAwsUnset, localAwsVariables } from '../../domain/local-aws-variables.js';
import { shellExports } from '../../presenters/shell-exports.js';

/** What `local env --json` returns. */
export interface LocalEnvResult {
  readonly variables: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
}

export default class LocalEnv extends BaseCommand<LocalEnvResult> {
  static override summary = 'Print what points a shell, AWS clients and Terraform at the emulator.';
  static override examples = ['eval "$(<%= config.bin %> local env)"'];

  async run(): Promise<LocalEnvResult> {
    await this.parse(LocalEnv);
    const ports = await this.ports();
    const [instance, bindings, configuration] = await Promise.all([
      ports.emulator.current(),
      ports.catalog.bindAll(),
      ports.toolchain.cliConfiguration(),
    ]);
    if (instance === null) {
      throw new MhtctlError({
        code: 'EmulatorNotRunning',
        outcome: 'toolFailed',
        message: 'no emulator is running',
        nextSteps: ['mhtctl local up'],
      });
    }
    // Terraform by hand needs the provider mirror that mhtctl gives it, where there is one.
    const variables = { ...localAwsVariables(instance.endpoint, bindings[0]?.region ?? 'us-east-1'), ...configuration };
    const unset = localAwsUnset(ports.environment);
    this.show(() => shellExports(variables, unset));
    return { variables, unset };
  }
}
