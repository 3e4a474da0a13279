// `npm run bench`: how much time mhtctl costs, as ratios to the same work done by hand, measured in one run.
// docs/benchmark.md says how and why. Exit 0 when every limit is kept, 1 when one is missed, 130 when interrupted.
import { parseArgs } from 'node:util';
import { measureInTurn } from './bench/measure.mjs';
import { Processes } from './bench/processes.mjs';
import { comparisonTable, describeMachine, medianTable } from './bench/report.mjs';
import { createSandbox, ensureBuilt } from './bench/sandbox.mjs';
import { startupSubjects } from './bench/startup.mjs';
import { taggingSubjects, unchangedSubjects } from './bench/terraform.mjs';

/**
 * The limits: the median of `subject` divided by the median of `baseline`, both measured in turn in this run.
 * Source: the section "Speed" of the project's first issue, quoted in docs/benchmark.md.
 */
const LIMITS = [
  { subject: 'deploy, nothing to change', baseline: 'reference steps, nothing to change', limit: 0.5 },
  { subject: 'deploy, nothing to change', baseline: 'terraform plan', limit: 1.15 },
  { subject: 'deploy, a tag changed', baseline: 'reference steps, a tag changed', limit: 0.85 },
  { subject: 'deploy, a tag changed', baseline: 'terraform plan and apply of the file', limit: 1.3 },
  { subject: 'mhtctl --version', baseline: 'node -e 0', limit: 2.1 },
  { subject: 'mhtctl with every library loaded', baseline: 'node -e 0', limit: 3 },
  // No limit of their own: what the start of commands that use the runtime costs.
  { subject: 'mhtctl local status', baseline: 'node -e 0', limit: null },
  { subject: 'mhtctl switch, already there', baseline: 'node -e 0', limit: null },
];

const USAGE = `node scripts/bench.mjs [--rounds 5] [--startup-rounds 20] [--only startup|terraform]
  --rounds          measured rounds of the Terraform runs, after one that is not measured
  --startup-rounds  measured rounds of the starts of Node, after three that are not measured
  --only            measure one half; its limits alone are judged
`;

const say = (text) => process.stderr.write(`${text}\n`);

async function main() {
  const options = readOptions();
  if (options === undefined) return 2;
  const processes = new Processes();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => processes.interrupt(signal));
  let sandbox;
  try {
    await ensureBuilt({ processes, say });
    sandbox = await createSandbox({ processes, say });
    const times = new Map();
    const measure = async (subjects, rounds, warmUps) => {
      for (const [name, milliseconds] of await measureInTurn({ subjects, rounds, warmUps, processes, say }))
        times.set(name, milliseconds);
    };
    if (options.only !== 'startup') {
      await sandbox.deploy();
      say(`Measuring, nothing to change: ${options.rounds} rounds`);
      await measure(unchangedSubjects(sandbox), options.rounds, 1);
      say(`Measuring, a tag changed: ${options.rounds} rounds`);
      await measure(taggingSubjects(sandbox), options.rounds, 1);
    }
    if (options.only !== 'terraform') {
      say(`Measuring the start: ${options.startupRounds} rounds`);
      await measure(await startupSubjects(sandbox), options.startupRounds, 3);
    }
    const rows = LIMITS.filter(({ subject, baseline }) => times.has(subject) && times.has(baseline));
    process.stdout.write(`${describeMachine()}\n\n${medianTable(times)}\n\n`);
    const { text, missed } = comparisonTable(rows, times);
    process.stdout.write(`${text}\n`);
    say(missed === 0 ? '\nEvery limit is kept.' : `\n${missed} of the limits ${missed === 1 ? 'is' : 'are'} missed.`);
    return missed === 0 ? 0 : 1;
  } catch (error) {
    if (processes.interrupted) return 130;
    say(`bench: ${error.message}`);
    return 1;
  } finally {
    await sandbox?.remove();
  }
}

/** The flags, or undefined after saying what is wrong with them. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        rounds: { type: 'string', default: '5' },
        'startup-rounds': { type: 'string', default: '20' },
        only: { type: 'string' },
      },
    });
    const [rounds, startupRounds] = [Number(values.rounds), Number(values['startup-rounds'])];
    for (const count of [rounds, startupRounds]) {
      if (!Number.isInteger(count) || count < 1 || count > 100) throw new Error('rounds are a number from 1 to 100');
    }
    if (values.only !== undefined && !['startup', 'terraform'].includes(values.only))
      throw new Error(`--only ${values.only} is neither startup nor terraform`);
    return { rounds, startupRounds, only: values.only };
  } catch (error) {
    say(`bench: ${error.message}\n${USAGE}`);
    return undefined;
  }
}

process.exitCode = await main();
