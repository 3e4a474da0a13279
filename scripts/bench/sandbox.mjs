import { access, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const repository = join(import.meta.dirname, '../..');

/** The built command line, as the installed `mhtctl` starts it. */
export const MHTCTL = [process.execPath, join(repository, 'bin/run.js')];

const ENVIRONMENTS = ['staging', 'production'];

/** Variables of the caller that would change what is measured. */
const WITHHELD = /^(AWS_|TF_(?!CLI_CONFIG_FILE$|PLUGIN_CACHE_DIR$)|MHTCTL_|NODE_OPTIONS$|NODE_COMPILE_CACHE$)/;

/** Builds the command line when it is not there. */
export async function ensureBuilt({ processes, say }) {
  if (await isThere(join(repository, 'dist/main.js'))) return;
  say('Building');
  await processes.run([process.execPath, join(repository, 'scripts/build.mjs')], { cwd: repository });
}

/**
 * A project of its own in a temporary directory: a copy of the configuration, under git as the original is, and an
 * emulator that nobody else uses. The developer's files, state and emulator are not touched.
 */
export async function createSandbox({ processes, say }) {
  const root = await mkdtemp(join(tmpdir(), 'mhtctl-bench-'));
  const terraformDir = join(root, 'terraform');
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !WITHHELD.test(name)));
  // The update check of Terraform goes to the network; mhtctl switches it off, so the baselines are spared it too.
  const env = { ...own, MHTCTL_ROOT: root, CHECKPOINT_DISABLE: '1', NO_COLOR: '1' };
  let emulator;

  const remove = async () => {
    if (emulator !== undefined) await stopEmulator(emulator.pid);
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  try {
    await cp(join(repository, 'terraform'), terraformDir, {
      recursive: true,
      filter: (source) => basename(source) !== '.terraform',
    });
    await shareDownloads(root);
    await commitEverything(root, { processes, env });
    say('Starting an emulator');
    const port = String(await freePort());
    const up = await processes.run([...MHTCTL, 'local', 'up', '--port', port, '--json'], {
      cwd: root,
      env,
      keepOutput: true,
    });
    emulator = JSON.parse(up.stdout);
    const { stdout } = await processes.run([...MHTCTL, 'local', 'env', '--json'], { cwd: root, env, keepOutput: true });
    const aws = { ...env, ...JSON.parse(stdout).variables };
    for (const name of ENVIRONMENTS)
      await processes.run([...MHTCTL, 'bootstrap', name, '--confirm', name], { cwd: root, env: aws });
    return {
      root,
      terraformDir,
      env: aws,
      remove,
      /** Makes the environments: about 100 seconds each, nearly all of it Terraform waiting. */
      deploy: async (names = ENVIRONMENTS) => {
        for (const name of names) {
          say(`Deploying ${name} to it, about 100 s`);
          // Nothing is promoted here: both are made at once, to be measured.
          const reason = ['--skip-gate', 'the benchmark deploys both at once'];
          await processes.run([...MHTCTL, 'deploy', name, '--confirm', name, ...reason], { cwd: root, env: aws });
        }
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A Terraform or an emulator that was installed into the project's cache is not installed a second time. */
async function shareDownloads(root) {
  const cache = join(repository, '.mhtctl/cache');
  await mkdir(join(root, '.mhtctl'), { recursive: true, mode: 0o700 });
  if (await isThere(cache)) await symlink(cache, join(root, '.mhtctl/cache'));
}

/** mhtctl asks git what is deployed, so there has to be something to ask about. */
async function commitEverything(root, { processes, env }) {
  const git = (...args) => processes.run(['git', '-C', root, ...args], { env });
  await git('init', '--quiet');
  await git('add', 'terraform');
  const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', '-c', 'commit.gpgsign=false'];
  await git(...author, 'commit', '--quiet', '--no-verify', '-m', 'The configuration that is measured');
}

/** Ends the process of the emulator that this benchmark started; it has its own process group. */
async function stopEmulator(pid) {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      try {
        process.kill(-pid, attempt === 0 ? signal : 0);
      } catch {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
