/** The Terraform versions mhtctl works with, as Terraform's own `required_version` would say it. */
export const SUPPORTED_TERRAFORM = '>= 1.11.0, < 2.0.0';

/** The version that is installed where none in range is found. */
export const TERRAFORM_TO_INSTALL = '1.11.4';

/** Whether a version is in {@link SUPPORTED_TERRAFORM}. A pre-release never is, as in Terraform's own constraints. */
export function isSupportedTerraform(version: string): boolean {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  if (match === null) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major === 1 && minor >= 11;
}
