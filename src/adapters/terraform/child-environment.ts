import type { Binding } from '../../domain/environment.js';

/** Variables that would bend a bound run, or make it wait or phone home; they never reach Terraform. */
const WITHHELD = /^(TF_WORKSPACE|TF_DATA_DIR|TF_CLI_ARGS(_.*)?|TF_INPUT)$/;

/**
 * How far the heap of Terraform and of its providers grows between two collections, in percent of what is in use. Go's
 * own 100 spends a twentieth of a plan's time on collecting what the provider's schemas leave behind (docs/benchmark.md).
 * Source: https://tip.golang.org/doc/gc-guide#GOGC
 */
const GOGC = '200';

/**
 * The environment Terraform runs in: the caller's, without what would bend the binding, with the environment's own
 * data directory. `TF_VAR_*` passes: pre-flight has named it, and refused it for a protected environment.
 */
export function terraformEnvironment(
  binding: Pick<Binding, 'dataDir'>,
  caller: NodeJS.ProcessEnv,
  cliConfiguration: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(caller).filter(([name]) => !WITHHELD.test(name)));
  return {
    GOGC,
    ...kept,
    ...cliConfiguration,
    TF_DATA_DIR: binding.dataDir,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
  };
}

/**
 * The environment of a Terraform at the caller's terminal: it may ask. It colours its output wherever that goes and
 * knows no NO_COLOR, so it is told; every subcommand of Terraform takes the flag.
 * @param terminal whether the output goes to a terminal
 */
export function attachedEnvironment(
  binding: Pick<Binding, 'dataDir'>,
  caller: NodeJS.ProcessEnv,
  cliConfiguration: Readonly<Record<string, string>>,
  terminal: boolean,
): NodeJS.ProcessEnv {
  const { TF_INPUT: _, ...environment } = terraformEnvironment(binding, caller, cliConfiguration);
  const plain = !terminal || (caller['NO_COLOR'] ?? '') !== '';
  return plain ? { ...environment, TF_CLI_ARGS: '-no-color' } : environment;
}
