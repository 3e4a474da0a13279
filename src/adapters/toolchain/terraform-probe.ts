import type { ProcessRunner } from '../../ports/process-runner.js';

const PROBE_TIMEOUT_MS = 30_000;

/** The version of a Terraform executable; null when it does not run, as a version manager's empty shim does not. */
export async function probeTerraform(
  runner: ProcessRunner,
  path: string,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  try {
    const result = await runner.run(path, ['version', '-json'], { env: quietly(env), timeoutMs: PROBE_TIMEOUT_MS });
    if (result.exitCode !== 0) return null;
    // Warnings about the CLI configuration may come before the document, on the same stream.
    const document: unknown = JSON.parse(result.stdout.slice(result.stdout.indexOf('{')));
    if (typeof document !== 'object' || document === null || !('terraform_version' in document)) return null;
    return typeof document.terraform_version === 'string' ? document.terraform_version : null;
  } catch {
    return null;
  }
}

/**
 * Without Terraform's own variables: a TF_CLI_CONFIG_FILE that does not exist prints warnings, TF_CLI_ARGS adds
 * arguments, TF_LOG adds output. CHECKPOINT_DISABLE keeps it from asking the network for a newer version.
 */
function quietly(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('TF_') && name !== 'TERRAFORM_CONFIG');
  return { ...Object.fromEntries(kept), CHECKPOINT_DISABLE: '1' };
}
