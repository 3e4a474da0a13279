import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { changesSomething } from '../domain/terraform-commands.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { confirmChange } from './confirm-change.js';
import { preflight } from './preflight.js';
import { verifyIdentity } from './verify-identity.js';

/** What to run, and how it is confirmed when it changes something. */
export interface RunTerraformOptions {
  readonly binding: Binding;
  /** Terraform's own arguments, subcommand first. */
  readonly args: readonly string[];
  readonly confirm: string | undefined;
  readonly yes: boolean;
}

/**
 * Runs Terraform bound to an environment, after the checks of a deployment. What changes state or infrastructure is
 * confirmed first. Fails (exit 5) when Terraform does; its own exit code is in the message.
 */
export async function runTerraform(
  ports: Pick<
    Ports,
    'environment' | 'identities' | 'interruption' | 'progress' | 'prompter' | 'repository' | 'terraform' | 'workspace'
  >,
  options: RunTerraformOptions,
): Promise<void> {
  const { binding, args } = options;
  const shown = `terraform ${args.join(' ')}`;
  await ports.progress.run([
    {
      title: 'Pre-flight',
      run: async (report) => void (await abandonOnInterrupt(ports.interruption, preflight(ports, binding, report))),
    },
    {
      title: 'Identity',
      run: async (report) =>
        void (await abandonOnInterrupt(ports.interruption, verifyIdentity(ports, binding, report))),
    },
    { title: 'Initialise', run: async (report) => report.result(await ports.terraform.initialise(binding)) },
  ]);
  if (changesSomething(args)) {
    await confirmChange(ports, {
      ...options,
      action: `Run "${shown}" in`,
      commandWith: (flag) => `mhtctl terraform ${binding.name} ${flag} -- ${args.join(' ')}`,
    });
  }
  const code = await ports.terraform.passThrough(binding, args);
  if (code === 0) return;
  throw new MhtctlError({
    code: 'TerraformFailed',
    outcome: 'toolFailed',
    message: `"${shown}" for "${binding.name}" ended with code ${code}`,
  });
}
