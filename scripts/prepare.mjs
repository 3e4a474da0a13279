// Makes a fresh clone ready: packages when the lock file changed, the build when a source did. Runs on Node alone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error !== undefined || status !== 0) {
    process.stderr.write(
      `error: ${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ` with code ${status}`}\n`,
    );
    process.exit(5);
  }
}

function digestOf(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Runs a step unless it ran before with these very files. */
function once(name, files, result, step) {
  const stamp = join(root, '.mhtctl', 'prepared', name);
  const digest = digestOf(files);
  if (existsSync(join(root, result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  step();
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, digest);
}

/** Installs the packages of the lock file and builds the command line, each only when needed. */
export function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 12)) {
    process.stderr.write(`error: Node.js ${process.version} is too old, expected >= 20.12: https://nodejs.org\n`);
    process.exit(2);
  }
  once('packages', ['package.json', 'package-lock.json'], 'node_modules/.package-lock.json', () => {
    process.stderr.write('Installing packages (npm ci)\n');
    run('npm', ['ci', '--no-audit', '--no-fund']);
  });
  const sources = ['bin', 'scripts/build', 'src']
    .flatMap((directory) => readdirSync(join(root, directory), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort();
  once('build', ['package.json', 'package-lock.json', 'scripts/build.mjs', ...sources], 'oclif.manifest.json', () => {
    process.stderr.write('Building\n');
    run(process.execPath, [join('scripts', 'build.mjs')]);
  });
}

if (process.argv[1] === import.meta.filename) prepare();
