/** A platform as HashiCorp names it in its file names, like `linux_amd64`. */
export interface TerraformPlatform {
  readonly os: string;
  readonly arch: string;
}

const OPERATING_SYSTEMS: Readonly<Record<string, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** HashiCorp's name of a platform that Node names otherwise; null for one that mhtctl installs nothing on. */
export function terraformPlatform(os: string, arch: string): TerraformPlatform | null {
  const named = { os: OPERATING_SYSTEMS[os], arch: ARCHITECTURES[arch] };
  return named.os === undefined || named.arch === undefined ? null : { os: named.os, arch: named.arch };
}
