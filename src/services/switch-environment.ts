import { MhtctlError } from '../domain/errors.js';
import type { Ports } from '../ports/index.js';

/** Where the default was and is now. */
export interface SwitchedEnvironment {
  readonly environment: string;
  readonly previous: string | null;
  /** False when everything was there already. */
  readonly moved: boolean;
}

/**
 * Makes an environment the default of mhtctl and of plain Terraform. Without a name a person is asked; without a
 * terminal that is a usage error (exit 2).
 */
export async function switchEnvironment(
  ports: Pick<Ports, 'catalog' | 'progress' | 'prompter' | 'terraform' | 'workspace'>,
  name: string | undefined,
): Promise<SwitchedEnvironment> {
  const previous = await ports.workspace.currentEnvironment();
  const binding = await ports.catalog.bind(name ?? (await choose(ports)));
  let moved = previous !== binding.name;
  await ports.progress.run([
    {
      title: `Switch to ${binding.name}`,
      run: async (report) => {
        // Terraform first: should it fail, mhtctl's default is not ahead of it.
        const result = await ports.terraform.switchDefault(binding);
        moved ||= result === 'switched';
        await ports.workspace.setCurrentEnvironment(binding.name);
        report.result(result === 'switched' ? 'initialised' : 'already there');
      },
    },
  ]);
  return { environment: binding.name, previous, moved };
}

async function choose(ports: Pick<Ports, 'catalog' | 'prompter'>): Promise<string> {
  const names = await ports.catalog.names();
  if (ports.prompter.interactive) return ports.prompter.choose('Switch to which environment?', names);
  throw new MhtctlError({
    code: 'NoEnvironment',
    outcome: 'usage',
    message: `no environment was named; there are ${names.join(', ')}`,
    nextSteps: names.map((name) => `mhtctl switch ${name}`),
  });
}
