/** Something outside the environment's own files that would change a Terraform run without being seen. */
export interface SilentInfluence {
  readonly kind: 'variable' | 'file';
  /** Name of the environment variable, or the file. */
  readonly name: string;
  readonly effect: string;
}

/** Said of what the adapter for Terraform withholds: it bends no run of mhtctl, but every run beside it. */
const WITHHELD = 'mhtctl does not pass it on';

const VARIABLES: readonly { readonly pattern: RegExp; readonly effect: string }[] = [
  { pattern: /^TF_WORKSPACE$/, effect: `selects another workspace, and with it another state; ${WITHHELD}` },
  { pattern: /^TF_VAR_/, effect: 'sets a variable that the tfvars file does not set' },
  { pattern: /^TF_CLI_ARGS(_|$)/, effect: `adds arguments to Terraform commands; ${WITHHELD}` },
  { pattern: /^TF_DATA_DIR$/, effect: `replaces the environment's data directory; ${WITHHELD}` },
];

/**
 * File names that Terraform takes by itself. It passes over configuration files whose name begins with a dot. Sources:
 * https://developer.hashicorp.com/terraform/language/values/variables,
 * https://developer.hashicorp.com/terraform/language/files/override
 */
const FILES: readonly { readonly pattern: RegExp; readonly effect: string }[] = [
  {
    pattern: /^(terraform\.tfvars(\.json)?|.*\.auto\.tfvars(\.json)?)$/,
    effect: 'is loaded by Terraform beside the tfvars file',
  },
  { pattern: /^(?!\.)(override|.*_override)\.tf(\.json)?$/, effect: 'overrides the configuration' },
];

/** Lists what in the caller's environment and in the configuration's directory would silently change a run. */
export function silentInfluences(
  environment: Readonly<Record<string, string | undefined>>,
  fileNames: readonly string[],
): readonly SilentInfluence[] {
  const variables = Object.keys(environment)
    .filter((name) => environment[name] !== undefined && environment[name] !== '')
    .sort()
    .flatMap((name) => {
      const known = VARIABLES.find(({ pattern }) => pattern.test(name));
      return known === undefined ? [] : [{ kind: 'variable' as const, name, effect: known.effect }];
    });
  const files = [...fileNames].sort().flatMap((name) => {
    const known = FILES.find(({ pattern }) => pattern.test(name));
    return known === undefined ? [] : [{ kind: 'file' as const, name, effect: known.effect }];
  });
  return [...variables, ...files];
}
