import type { Commit } from '../domain/commit.js';
import { MINIMUM_FREE_BYTES, mebibytes } from '../domain/disk-space.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { type SilentInfluence, silentInfluences } from '../domain/silent-influences.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';

/** The ports that a look at the machine takes. */
export type PreflightPorts = Pick<Ports, 'terraform' | 'repository' | 'workspace' | 'environment'>;

/** Looks at the machine and the files before anything is asked of AWS. Returns the commit that is deployed. */
export async function preflight(ports: PreflightPorts, binding: Binding, report: StageReport): Promise<Commit | null> {
  const [version, commit, fileNames, freeBytes] = await Promise.all([
    ports.terraform.version(),
    ports.repository.describe(),
    ports.workspace.fileNames(binding.configurationDir),
    ports.workspace.freeBytes(),
  ]);
  refuseFullDisk(binding, freeBytes);
  judgeInfluences(binding, silentInfluences(ports.environment, fileNames), report);
  report.result(`Terraform ${version}, ${describeCommit(commit)}`);
  return commit;
}

function describeCommit(commit: Commit | null): string {
  if (commit === null) return 'no git commit';
  const dirty = commit.dirtyFiles.length;
  const changes = dirty === 0 ? 'clean' : `${dirty} uncommitted ${dirty === 1 ? 'file' : 'files'}`;
  return `commit ${commit.hash.slice(0, 8)} (${changes})`;
}

function refuseFullDisk(binding: Binding, freeBytes: number): void {
  if (freeBytes >= MINIMUM_FREE_BYTES) return;
  throw new MhtctlError({
    code: 'DiskFull',
    outcome: 'toolFailed',
    message: `only ${mebibytes(freeBytes)} are free where ${binding.workDir} is; at least ${mebibytes(MINIMUM_FREE_BYTES)} are needed`,
    nextSteps: [`see what takes the space: df -h ${binding.workDir}`],
  });
}

function judgeInfluences(binding: Binding, influences: readonly SilentInfluence[], report: StageReport): void {
  if (influences.length === 0) return;
  if (!binding.policy.protected) {
    for (const { name, effect } of influences) report.note(`warning: ${name} ${effect}`);
    return;
  }
  const variables = influences.filter(({ kind }) => kind === 'variable').map(({ name }) => name);
  const files = influences
    .filter(({ kind }) => kind === 'file')
    .map(({ name }) => `${binding.configurationDir}/${name}`);
  throw new MhtctlError({
    code: 'SilentInfluences',
    outcome: 'usage',
    message: [
      `"${binding.name}" is protected and this would silently change the run:`,
      ...influences.map(({ name, effect }) => `  ${name} ${effect}`),
    ].join('\n'),
    nextSteps: [
      ...(variables.length === 0 ? [] : [`unset ${variables.join(' ')}`]),
      ...files.map((file) => `move what it says into ${binding.variablesFile} or the configuration, then: rm ${file}`),
    ],
  });
}
