import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { terraformPlatform } from '../../src/adapters/toolchain/terraform-platform.js';

const ADDRESS = 'registry.terraform.io/hashicorp/aws';
const VERSION = '5.100.0';
const FILE = `terraform-provider-aws_v${VERSION}`;
const CONTENT = '#!/bin/sh\necho "this provider only stands in its place" >&2\nexit 1\n';

/**
 * Makes a mirror with a package of the AWS provider that is complete but for what it does: a configuration that names
 * the provider and uses none of it is initialised at once, where the real package's 600 MB are hashed by every command.
 * @param directory where add-on packages are looked for
 * @returns the lock file that goes with it
 */
export async function makeStandInProvider(directory: string): Promise<string> {
  const platform = terraformPlatform(process.platform, process.arch);
  if (platform === null) throw new Error(`Terraform knows no ${process.platform} ${process.arch}`);
  const folder = join(directory, 'mirror', ADDRESS, VERSION, `${platform.os}_${platform.arch}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, FILE), CONTENT, { mode: 0o755 });
  // The scheme "h1": https://developer.hashicorp.com/terraform/language/files/dependency-lock#h1
  const line = `${createHash('sha256').update(CONTENT).digest('hex')}  ${FILE}\n`;
  const hash = createHash('sha256').update(line).digest('base64');
  return `provider "${ADDRESS}" {
  version     = "${VERSION}"
  constraints = "~> 5.100"
  hashes = [
    "h1:${hash}",
  ]
}
`;
}
