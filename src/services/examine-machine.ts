import { basename } from 'node:path';
import { MINIMUM_FREE_BYTES, mebibytes } from '../domain/disk-space.js';
import { awsEndpoint } from '../domain/emulated-aws.js';
import { MhtctlError } from '../domain/errors.js';
import type { Finding } from '../domain/finding.js';
import { isSupportedNode, SUPPORTED_NODE } from '../domain/node-version.js';
import { silentInfluences } from '../domain/silent-influences.js';
import { SUPPORTED_TERRAFORM } from '../domain/terraform-version.js';
import type { Ports } from '../ports/index.js';

type Needed = Pick<
  Ports,
  'catalog' | 'emulator' | 'environment' | 'identities' | 'project' | 'repository' | 'toolchain' | 'workspace'
>;

/** Looks at everything mhtctl needs on this machine. Never fails: what is amiss is a finding. */
export async function examineMachine(ports: Needed, nodeVersion: string): Promise<readonly Finding[]> {
  const groups = await Promise.all([
    node(nodeVersion),
    attempt('Terraform', () => terraform(ports)),
    attempt('Provider mirror', () => mirror(ports)),
    attempt('git', () => git(ports)),
    attempt('Files', () => files(ports)),
    attempt('Surroundings', () => surroundings(ports)),
    attempt('Emulator', () => emulator(ports)),
    attempt('Environments', () => environments(ports)),
  ]);
  return groups.flat();
}

const ok = (name: string, detail: string): Finding => ({ name, status: 'ok', detail, remedy: null });
const warning = (name: string, detail: string, remedy: string): Finding => ({
  name,
  status: 'warning',
  detail,
  remedy,
});

function problem(name: string, error: unknown): Finding {
  const remedy = error instanceof MhtctlError ? (error.nextSteps[0] ?? null) : null;
  return { name, status: 'problem', detail: error instanceof Error ? error.message : String(error), remedy };
}

async function attempt(name: string, look: () => Promise<Finding | readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return [await look()].flat();
  } catch (error) {
    return [problem(name, error)];
  }
}

async function node(version: string): Promise<readonly Finding[]> {
  return isSupportedNode(version)
    ? [ok('Node.js', version)]
    : [
        {
          name: 'Node.js',
          status: 'problem',
          detail: `${version}, expected ${SUPPORTED_NODE}`,
          remedy: 'install a newer Node.js: https://nodejs.org',
        },
      ];
}

async function terraform(ports: Needed): Promise<Finding> {
  const tool = await ports.toolchain.findTerraform();
  if (tool !== null) return ok('Terraform', `${tool.version} (${tool.path})`);
  const remedy = 'nothing to do: the first command that needs it installs it, verified';
  return warning('Terraform', `none in range ${SUPPORTED_TERRAFORM} was found`, remedy);
}

async function mirror(ports: Needed): Promise<Finding> {
  const { TF_CLI_CONFIG_FILE: file } = await ports.toolchain.cliConfiguration();
  return ok(
    'Provider mirror',
    file === undefined ? "none of ours: Terraform's own configuration applies" : `named in ${file}`,
  );
}

async function git(ports: Needed): Promise<Finding> {
  const commit = await ports.repository.describe();
  if (commit === null)
    return warning('git', 'no commit is known', 'work in a clone of the repository, with git installed');
  const dirty = commit.dirtyFiles.length;
  return ok(
    'git',
    `${commit.hash.slice(0, 8)}${commit.branch === undefined ? '' : ` on ${commit.branch}`}, ${dirty === 0 ? 'clean' : `${dirty} uncommitted`}`,
  );
}

async function files(ports: Needed): Promise<Finding> {
  const free = await ports.workspace.freeBytes();
  const detail = `${mebibytes(free)} free in ${ports.project.privateDir}`;
  if (free >= MINIMUM_FREE_BYTES) return ok('Disk', detail);
  const remedy = `df -h ${ports.project.privateDir}`;
  return {
    name: 'Disk',
    status: 'problem',
    detail: `${detail}, at least ${mebibytes(MINIMUM_FREE_BYTES)} are needed`,
    remedy,
  };
}

async function surroundings(ports: Needed): Promise<readonly Finding[]> {
  const found = silentInfluences(ports.environment, await ports.workspace.fileNames(ports.project.configurationDir));
  if (found.length === 0) return [ok('Surroundings', 'nothing that would silently change a run')];
  return found.map(({ name, kind, effect }) =>
    warning(name, effect, kind === 'variable' ? `unset ${name}` : `rm ${ports.project.configurationDir}/${name}`),
  );
}

async function emulator(ports: Needed): Promise<Finding> {
  const [running, endpoint] = [await ports.emulator.current(), awsEndpoint(ports.environment)];
  if (running === null) {
    return endpoint === undefined
      ? ok('Emulator', 'not running')
      : warning(
          'Emulator',
          `not started here; AWS_ENDPOINT_URL is ${endpoint}`,
          'mhtctl local up, or: unset AWS_ENDPOINT_URL',
        );
  }
  if (endpoint === running.endpoint) return ok('Emulator', `in use at ${running.endpoint}`);
  return warning('Emulator', `running at ${running.endpoint}, not in use in this shell`, 'eval "$(mhtctl local env)"');
}

async function environments(ports: Needed): Promise<readonly Finding[]> {
  const bindings = await ports.catalog.bindAll();
  const found = await Promise.all(
    bindings.map((binding) =>
      attempt(binding.name, async () => {
        const { accountId, arn } = await ports.identities.whoAmI(binding);
        if (binding.accountId !== undefined && binding.accountId !== accountId) {
          const remedy = `use credentials of account ${binding.accountId}: export AWS_PROFILE=...`;
          return {
            name: binding.name,
            status: 'problem' as const,
            detail: `credentials are of account ${accountId}, pinned is ${binding.accountId}`,
            remedy,
          };
        }
        if (binding.accountId === undefined) {
          return warning(
            binding.name,
            `${arn}; no account is pinned`,
            `set aws_account_id in ${basename(binding.variablesFile)}`,
          );
        }
        return ok(binding.name, arn);
      }),
    ),
  );
  return found.flat();
}
