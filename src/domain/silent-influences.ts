/** Something outside the environment's own files that would change a Terraform run without being seen. */
export interface SilentInfluence {
  readonly kind: 'variable' | 'file';
  /** Name of the environment variable, or the file. */
  readonly name: string;
  readonly effect: string;
}

const VARIABLES: readonly { readonly pattern: RegExp; readonly effect: string }[] = [
  { pattern: /^TF_WORKSPACE$/, effect: 'selects another workspace, and with it another state' },
  { pattern: /^TF_VAR_/, effect: 'sets a variable that the tfvars file does not set' },
  { pattern: /^TF_CLI_ARGS(_|$)/, effect: 'adds arguments to Terraform commands' },
  { pattern: /^TF_DATA_DIR$/, effect: "replaces the environment's data directory" },
];

/** File names that Terraform loads by itself. Source: https://developer.hashicorp.com/terraform/language/values/variables */
const AUTOMATIC_FILE = /^(terraform\.tfvars(\.json)?|.*\.auto\.tfvars(\.json)?)$/;

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
  const files = fileNames
    .filter((name) => AUTOMATIC_FILE.test(name))
    .sort()
    .map((name) => ({ kind: 'file' as const, name, effect: 'is loaded by Terraform beside the tfvars file' }));
  return [...variables, ...files];
}
