import { type ApplicationVariables, applicationVariables } from '../domain/application-variables.js';
import type { Binding } from '../domain/environment.js';
import { interrupted, MhtctlError } from '../domain/errors.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';

/** Whose variables, and which of them. */
export interface ApplicationEnvironmentOptions {
  readonly binding: Binding;
  /** Whether sensitive ones are told, too. */
  readonly reveal: boolean;
}

/** Reads the application's variables from the environment's state, and nothing else. */
export async function applicationEnvironment(
  ports: Pick<Ports, 'interruption' | 'stateStore'>,
  { binding, reveal }: ApplicationEnvironmentOptions,
): Promise<ApplicationVariables> {
  const state = await abandonOnInterrupt(ports.interruption, ports.stateStore.readState(binding));
  return applicationVariables(state, binding, reveal);
}

/**
 * Runs a command with the caller's variables and, over them, the application's. Fails (exit 5) when the command cannot
 * be started or does not end with 0: its own code is in the message, since every code of mhtctl has a meaning of its own.
 */
export async function runWithApplicationEnvironment(
  ports: Pick<Ports, 'commands' | 'environment' | 'interruption' | 'stateStore'>,
  {
    command: [program, ...args],
    ...options
  }: ApplicationEnvironmentOptions & {
    readonly command: readonly [program: string, ...args: string[]];
  },
): Promise<void> {
  const { values } = await applicationEnvironment(ports, options);
  const { exitCode, signal } = await ports.commands.inForeground(program, args, {
    env: { ...ports.environment, ...values },
  });
  if (exitCode === 0) return;
  const ending = exitCode === undefined ? `was ended by ${signal}` : `ended with code ${exitCode}`;
  // Ctrl-C reaches both: what the command made of it is its own affair, that it came is ours.
  if (ports.interruption.interrupted) throw interrupted(`interrupted: ${program} ${ending}`);
  throw new MhtctlError({ code: 'CommandFailed', outcome: 'toolFailed', message: `${program} ${ending}` });
}
