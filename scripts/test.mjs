// `npm test`: makes the machine ready and runs every suite. `npm test -- unit terraform` runs those alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const scratch = mkdtempSync(join(tmpdir(), 'mhtctl-test-'));
let terraform;

function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  return {
    ok: result.status === 0,
    text: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`,
    stdout: result.stdout,
  };
}

/** A tool that passes or fails as a whole counts as one test. */
function check(name, command, args, options) {
  const { ok, text } = run(command, args, options);
  if (!ok) process.stdout.write(`✖ ${name}\n${text}\n`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

const script = (name, ...args) => [join('scripts', 'run-script.mjs'), join('scripts', name), ...args];
const sum = (results) =>
  results.reduce((all, { passed, failed }) => ({ passed: all.passed + passed, failed: all.failed + failed }), {
    passed: 0,
    failed: 0,
  });

function jest(project) {
  const output = join(scratch, `${project}.json`);
  const args = ['--experimental-vm-modules', '--no-warnings', join('node_modules', 'jest', 'bin', 'jest.js')];
  const { ok, text } = run(
    process.execPath,
    [
      ...args,
      '--selectProjects',
      project,
      ...(project === 'unit' ? [] : ['--runInBand']),
      '--json',
      '--outputFile',
      output,
      '--silent',
    ],
    {
      // Tests reach no AWS but the one they start.
      env: Object.fromEntries(
        Object.entries(process.env).filter(
          ([name]) =>
            !/^(AWS_|TF_VAR_|TF_CLI_ARGS|TF_WORKSPACE|TF_DATA_DIR)/.test(name) || /^AWS_CA_BUNDLE$/.test(name),
        ),
      ),
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let report;
  try {
    report = JSON.parse(readFileSync(output, 'utf8'));
  } catch {
    report = { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1 };
  }
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  // Skipped tests are failures: nothing is left out silently.
  const left = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  if (!ok || failed + left > 0) process.stdout.write(text);
  return { passed: report.numPassedTests, failed: failed + left + (ok || failed + left > 0 ? 0 : 1) };
}

function terraformTools() {
  terraform ??= JSON.parse(mustRun(process.execPath, script('terraform-tools.ts')));
  return {
    path: terraform.path,
    env: { ...process.env, ...terraform.variables, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' },
  };
}

function mustRun(command, args) {
  const { ok, text, stdout } = run(command, args);
  if (ok) return stdout;
  process.stdout.write(text);
  process.exit(5);
}

/** Runs `terraform test` in a directory and counts its runs. */
function terraformTest(directory) {
  const { path, env } = terraformTools();
  const name = directory.slice(root.length + 1);
  const options = { cwd: directory, env: { ...env, TF_DATA_DIR: join(scratch, name.replaceAll('/', '-')) } };
  const init = run(
    path,
    [
      'init',
      '-backend=false',
      '-input=false',
      '-no-color',
      ...(directory.endsWith('terraform') ? ['-lockfile=readonly'] : []),
    ],
    options,
  );
  if (!init.ok) {
    process.stdout.write(`✖ terraform init in ${name}\n${init.text}\n`);
    return { passed: 0, failed: 1 };
  }
  const valid = check(`terraform validate in ${name}`, path, ['validate', '-no-color'], options);
  const { ok, text, stdout } = run(path, ['test', '-json'], options);
  const events = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const summary = events.find(({ type }) => type === 'test_summary')?.test_summary ?? {
    passed: 0,
    failed: 1,
    errored: 0,
    skipped: 0,
  };
  const failed = (summary.failed ?? 0) + (summary.errored ?? 0) + (summary.skipped ?? 0);
  if (!ok || failed > 0) {
    const said = events
      .filter(({ '@level': level, type }) => level === 'error' || type === 'test_run')
      .map(({ '@message': message, diagnostic }) => `${message} ${diagnostic?.detail ?? ''}`);
    process.stdout.write(`✖ terraform test in ${name}\n${said.join('\n') || text}\n`);
  }
  return sum([valid, { passed: summary.passed ?? 0, failed: failed + (ok || failed > 0 ? 0 : 1) }]);
}

const SUITES = {
  lint: () =>
    sum([
      check('lint and format', bin('biome'), ['check', '--error-on-warnings', '.']),
      check('imports run one way, without circles', bin('depcruise'), [
        '--config',
        'dependency-cruiser.config.mjs',
        'src',
      ]),
    ]),
  types: () => check('types', bin('tsc'), []),
  docs: () =>
    sum([
      check('the README lists the commands as they are', process.execPath, script('readme-commands.ts', '--check')),
      check(
        "the modules' READMEs list their inputs and outputs",
        process.execPath,
        script('module-docs.ts', '--check'),
      ),
    ]),
  unit: () => jest('unit'),
  terraform: () => {
    const { path, env } = terraformTools();
    const directory = join(root, 'terraform');
    const modules = readdirSync(join(directory, 'modules')).map((name) => join(directory, 'modules', name));
    return sum([
      check('terraform fmt', path, ['fmt', '-check', '-recursive', '-diff'], { cwd: directory, env }),
      ...[directory, ...modules].map(terraformTest),
    ]);
  },
  integration: () => jest('integration'),
  e2e: () => jest('e2e'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  process.stderr.write(`error: unknown suite ${unknown.join(', ')}; there are ${Object.keys(SUITES).join(', ')}\n`);
  process.exit(2);
}

prepare();
const results = [];
try {
  for (const [name, suite] of Object.entries(SUITES)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const startedAt = Date.now();
    process.stdout.write(`${name.padEnd(12)}`);
    const result = suite();
    results.push(result);
    process.stdout.write(
      `${result.failed === 0 ? '✔' : '✖'} ${result.passed} passed, ${result.failed} failed, ${Math.round((Date.now() - startedAt) / 1000)} s\n`,
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const { passed, failed } = sum(results);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
