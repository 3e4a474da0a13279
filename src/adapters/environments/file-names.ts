/** What environment names look like: they become parts of names of AWS resources. */
export const ENVIRONMENT_NAME = /^[a-z0-9][a-z0-9-]*$/;

/** The file in the configuration directory with the team's policy; it may be missing. */
export const POLICY_FILE = 'policy.hcl';

/** The file in the configuration directory with what the team knows of the use of its resources; it may be missing. */
export const USAGE_FILE = 'usage.hcl';

const VARIABLES_FILE = /^terraform\.tfvars\.(?<name>.+)$/;
const BACKEND_FILE = /^backend-(?<name>.+)\.tfbackend$/;

/** Suffixes with other characters are what editors and merges leave behind (`.bak`, `~`, `#`), not environments. */
const MEANT_AS_NAME = /^[A-Za-z0-9_-]+$/;

/** Name of the tfvars file of an environment. */
export function variablesFileName(environment: string): string {
  return `terraform.tfvars.${environment}`;
}

/** Name of the tfbackend file of an environment. */
export function backendFileName(environment: string): string {
  return `backend-${environment}.tfbackend`;
}

/** The environment that a file's name claims to belong to, and which half of the pair it is. */
export function halfOf(
  fileName: string,
): { readonly environment: string; readonly half: 'variables' | 'backend' } | undefined {
  const half = VARIABLES_FILE.test(fileName) ? 'variables' : 'backend';
  const environment = (VARIABLES_FILE.exec(fileName) ?? BACKEND_FILE.exec(fileName))?.groups?.['name'];
  if (environment === undefined || !MEANT_AS_NAME.test(environment)) return undefined;
  // `terraform.tfvars.json` is a name of Terraform's own: it loads that file for every environment.
  if (half === 'variables' && environment === 'json') return undefined;
  return { environment, half };
}
