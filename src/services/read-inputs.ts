import { join } from 'node:path';
import type { Binding } from '../domain/environment.js';
import type { RecordedInputs } from '../domain/ledger-record.js';
import { lockedProviders } from '../domain/lock-file.js';
import { textDigest } from '../domain/text-digest.js';
import type { Ports } from '../ports/index.js';

/** Terraform's record of the providers it uses; it is named so in every configuration. */
export const LOCK_FILE = '.terraform.lock.hcl';

/** What a plan is made from beside the commit, as it is now. */
export async function readInputs(
  ports: Pick<Ports, 'terraform' | 'workspace'>,
  binding: Binding,
): Promise<RecordedInputs> {
  const [text, lockFile, terraformVersion] = await Promise.all([
    ports.workspace.readGiven(binding.variablesFile),
    ports.workspace.readIfThere(join(binding.configurationDir, LOCK_FILE)),
    ports.terraform.version(),
  ]);
  return {
    variables: { digest: textDigest(text), text },
    lockFile: lockFile === null ? null : { digest: textDigest(lockFile), providers: lockedProviders(lockFile) },
    terraformVersion,
  };
}
