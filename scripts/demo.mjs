// `npm run demo`: from a fresh clone to two running environments on a local AWS. Can be run again.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { prepare } from './prepare.mjs';

const root = join(import.meta.dirname, '..');
const mhtctl = join(root, 'bin', 'run.js');
const ENVIRONMENTS = ['staging', 'production'];
let environment = { ...process.env };

/** Runs Node on a script, its output before ours with a prefix when there is one. Resolves to its stdout. */
function node(args, { prefix = '', capture = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: environment,
      stdio: prefix === '' ? ['inherit', capture ? 'pipe' : 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    const show = (stream) =>
      createInterface({ input: stream }).on('line', (line) => process.stdout.write(`${prefix}${line}\n`));
    if (prefix !== '') [child.stdout, child.stderr].forEach(show);
    else if (capture) child.stdout.on('data', (chunk) => (stdout += chunk));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 5), stdout }));
  });
}

async function must(what, running) {
  const { code, stdout } = await running;
  if (code === 0) return stdout;
  process.stderr.write(
    `\n${what} failed (exit ${code}); mend what is said above and run the demo again: npm run demo\n`,
  );
  process.exit(code);
}

const title = (text) => process.stdout.write(`\n== ${text}\n`);

// An interrupt ends the commands by themselves; the demo waits for them and ends with their code.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});

title('Install and build');
prepare();

title('A local AWS');
await must('the emulator', node([mhtctl, 'local', 'up']));
const { variables, unset } = JSON.parse(
  await must('the emulator', node([mhtctl, 'local', 'env', '--json'], { capture: true })),
);
environment = { ...environment, ...variables };
for (const name of unset) delete environment[name];

for (const name of ENVIRONMENTS) {
  title(`The state backend of ${name}`);
  await must('bootstrap', node([mhtctl, 'bootstrap', name, '--confirm', name]));
}

title('Deploy both environments, side by side');
const width = Math.max(...ENVIRONMENTS.map((name) => name.length));
const deployments = ENVIRONMENTS.map((name) =>
  // Production is promoted from staging; here both are new, and are not to wait for each other.
  node([mhtctl, 'deploy', name, '--confirm', name, '--skip-gate', 'the demo deploys both at once'], {
    prefix: `${name.padEnd(width)} | `,
  }),
);
// Should one fail, the other is still awaited: nothing runs on unobserved.
await Promise.all(deployments);
for (const [index, name] of ENVIRONMENTS.entries()) await must(`the deployment of ${name}`, deployments[index]);

title('Status');
await must('status', node([mhtctl, 'status']));

title('Do they share anything?');
await must('verify-separation', node([mhtctl, 'verify-separation']));

title('What AWS lists for each environment');
await must('the inventory', node([join('scripts', 'run-script.mjs'), join('scripts', 'resource-names.ts')]));

process.stdout.write(`
== What to try next

  alias mhtctl=${mhtctl}
  eval "$(mhtctl local env)"        # point this shell at the local AWS

  mhtctl status
  mhtctl verify-separation --format html --output separation.html
  mhtctl health staging
  mhtctl history production
  mhtctl plan staging
  mhtctl deploy production          # nothing to change, so nothing is asked
  mhtctl switch staging && cd terraform && terraform plan -var-file=terraform.tfvars.staging
  mhtctl doctor

The emulator goes on running. Stop it, and forget everything in it: mhtctl local down
`);
