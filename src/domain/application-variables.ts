import type { Binding } from './environment.js';
import { MhtctlError } from './errors.js';
import type { Json } from './plan.js';
import type { State } from './state.js';

/** The output that carries the variables: the very map that the instances' user data writes. */
export const VARIABLES_OUTPUT = 'application_environment';

/** The environment variables that the application runs with. */
export interface ApplicationVariables {
  /** By name, in the order of the state. */
  readonly values: Readonly<Record<string, string>>;
  /** Whether the output that they come from is sensitive. */
  readonly sensitive: boolean;
}

/** What a POSIX shell takes for a name. Source: https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap03.html#tag_03_216 */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The application's variables, as the environment's own state has them. Fails with `NeverDeployed` or
 * `VariablesMissing` (exit 3) where there are none, `ForeignState` (3) for a state of another environment's,
 * `VariablesUnusable` (5) for what cannot be an environment variable, and `SensitiveVariables` (4) for sensitive ones
 * that were not asked for.
 * @param reveal whether sensitive ones were asked for
 */
export function applicationVariables(
  state: State | null,
  binding: Pick<Binding, 'name' | 'backend'>,
  reveal: boolean,
): ApplicationVariables {
  const { name } = binding;
  const place = `s3://${binding.backend.bucket}/${binding.backend.key}`;
  if (state === null) {
    throw refusal('NeverDeployed', `"${name}" was never deployed: there is no state at ${place}`, name);
  }
  refuseForeignState(state, name, place);
  const output = state.outputs[VARIABLES_OUTPUT];
  if (output === undefined) {
    const message = `the state of "${name}" at ${place} has no output ${VARIABLES_OUTPUT}`;
    throw refusal('VariablesMissing', message, name);
  }
  if (output.sensitive && !reveal) {
    throw new MhtctlError({
      code: 'SensitiveVariables',
      outcome: 'declined',
      message: `the output ${VARIABLES_OUTPUT} of "${name}" is sensitive, and --reveal was not given`,
      nextSteps: [`mhtctl env ${name} --reveal`],
    });
  }
  return { values: valuesOf(output.value, name), sensitive: output.sensitive };
}

function refusal(code: string, message: string, environment: string): MhtctlError {
  return new MhtctlError({ code, outcome: 'refused', message, nextSteps: [`mhtctl deploy ${environment}`] });
}

/** The wrong state in the right place would hand one environment's data to the other's application. */
function refuseForeignState(state: State, name: string, place: string): void {
  const owner = state.outputs['environment']?.value;
  if (owner === undefined || owner === name) return;
  throw new MhtctlError({
    code: 'ForeignState',
    outcome: 'refused',
    message: `the state at ${place} says that it is of "${String(owner)}", not of "${name}"`,
    nextSteps: [`mhtctl verify-separation ${name}`],
  });
}

function valuesOf(output: Json, environment: string): Readonly<Record<string, string>> {
  if (output === null || typeof output !== 'object' || Array.isArray(output)) {
    throw unusable(environment, 'is no map');
  }
  const values = Object.entries(output).flatMap(([name, value]) => {
    // Terraform's null is "not set".
    if (value === null) return [];
    if (!NAME.test(name)) throw unusable(environment, `has ${JSON.stringify(name)}, which is no name of a variable`);
    if (typeof value === 'object') throw unusable(environment, `has a value of ${name} that is no text`);
    const text = String(value);
    if (text.includes('\0'))
      throw unusable(environment, `has a NUL in the value of ${name}, which no variable can hold`);
    return [[name, text] as const];
  });
  return Object.fromEntries(values);
}

function unusable(environment: string, what: string): MhtctlError {
  return new MhtctlError({
    code: 'VariablesUnusable',
    outcome: 'toolFailed',
    message: `the output ${VARIABLES_OUTPUT} of "${environment}" ${what}`,
    nextSteps: [`mend it in the configuration, then: mhtctl deploy ${environment}`],
  });
}
