import type { EnvironmentDifference } from '../domain/environment-diff/difference.js';
import { compareBackends, comparePolicies } from '../domain/environment-diff/files.js';
import { compareResources } from '../domain/environment-diff/resources.js';
import { compareVariables } from '../domain/environment-diff/variables.js';
import { MhtctlError } from '../domain/errors.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';

type Needed = Pick<Ports, 'catalog' | 'configuration' | 'interruption' | 'stateStore'>;

/** What to lay side by side. */
export interface DiffEnvironmentsOptions {
  /** The environments' names, in the order in which they stand. */
  readonly own: string;
  readonly other: string;
  /** Whether to read the two states as well. */
  readonly resources: boolean;
}

/**
 * Lays the configurations of two environments side by side, and on demand their states. Reads only. Fails (exit 2) on
 * the same environment twice, and (exit 5) where a state cannot be read.
 */
export async function diffEnvironments(
  ports: Needed,
  { own, other, resources }: DiffEnvironmentsOptions,
): Promise<EnvironmentDifference> {
  const bindings = await ports.catalog.bindForComparison([own, other]);
  const [one, two] = [own, other].map((name) => bindings.find((binding) => binding.name === name));
  if (one === undefined || two === undefined) throw new Error(`${own} or ${other} was not bound`);
  if (own === other) throw sameEnvironment(own, await ports.catalog.names());
  const states = resources
    ? abandonOnInterrupt(
        ports.interruption,
        Promise.all([ports.stateStore.readState(one), ports.stateStore.readState(two)]),
      )
    : undefined;
  const [declared, pair] = await Promise.all([ports.configuration.variables(), states]);
  return {
    names: [own, other],
    variables: compareVariables(one, two, declared),
    backend: compareBackends(one, two),
    policy: comparePolicies(one, two),
    resources: pair === undefined ? null : compareResources(pair[0], pair[1], [own, other]),
  };
}

function sameEnvironment(name: string, names: readonly string[]): MhtctlError {
  return new MhtctlError({
    code: 'SameEnvironment',
    outcome: 'usage',
    message: `"${name}" is named twice; an environment does not differ from itself`,
    nextSteps: names.filter((other) => other !== name).map((other) => `mhtctl diff ${name} ${other}`),
  });
}
