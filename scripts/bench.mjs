// `npm run bench`: how much time mhtctl costs, as ratios to the same work done by hand, measured in one run.
// docs/benchmark.md says how and why. Exit 0 when every limit is kept, 1 when one is missed, 130 when interrupted.
import { parseArgs } from 'node:util';
import { costSubjects, measureCostScale } from './bench/cost.mjs';
import { measureInTurn, median } from './bench/measure.mjs';
import { Processes } from './bench/processes.mjs';
import { comparisonTable, describeMachine, limitTable, medianTable } from './bench/report.mjs';
import { createSandbox, ensureBuilt } from './bench/sandbox.mjs';
import { measureScale, separationSubjects } from './bench/separation.mjs';
import { startupSubjects } from './bench/startup.mjs';
import { taggingSubjects, unchangedSubjects } from './bench/terraform.mjs';

/**
 * The limits: the median of `subject` divided by the median of `baseline`, both measured in turn in this run.
 * Source: the sections "Speed" of the project's issues, quoted in docs/benchmark.md.
 */
const LIMITS = [
  { subject: 'deploy, nothing to change', baseline: 'reference steps, nothing to change', limit: 0.5 },
  { subject: 'deploy, nothing to change', baseline: 'terraform plan', limit: 1.15 },
  { subject: 'deploy, a tag changed', baseline: 'reference steps, a tag changed', limit: 0.85 },
  { subject: 'deploy, a tag changed', baseline: 'terraform plan and apply of the file', limit: 1.3 },
  { subject: 'mhtctl --version', baseline: 'node -e 0', limit: 2.1 },
  { subject: 'mhtctl with every library loaded', baseline: 'node -e 0', limit: 3 },
  { subject: 'verify-separation', baseline: 'reference commands, both environments', limit: 0.15 },
  // No limit of their own: what the start of commands that use the runtime costs.
  { subject: 'mhtctl local status', baseline: 'node -e 0', limit: null },
  { subject: 'mhtctl switch, already there', baseline: 'node -e 0', limit: null },
];

/** Seconds that `verify-separation` of the two environments takes at most. */
const VERIFY_SECONDS = 1.5;
/** Megabytes that it holds at most when the tagging API lists 100,000 resources for each environment. */
const SCALE_MEGABYTES = 200;
/** Resources an environment that the scale is measured with: ten times as many should take ten times as long. */
const SCALES = [10_000, 100_000];
/** Seconds that `cost-report` of staging takes at most without what was billed. */
const REPORT_SECONDS = 1.2;
/** Resources of a state that the report is measured with, and the seconds of our own and the megabytes it takes at most. */
const COSTED = 50_000;
const COSTED_SECONDS = 5;
const COSTED_MEGABYTES = 250;

const PARTS = ['startup', 'terraform', 'separation', 'scale', 'cost'];

const USAGE = `node scripts/bench.mjs [--rounds 5] [--startup-rounds 20] [--only ${PARTS.join('|')}]
  --rounds          measured rounds of the Terraform runs and of verify-separation, after one that is not measured
  --startup-rounds  measured rounds of the starts of Node, after three that are not measured
  --only            measure one part; its limits alone are judged
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
    const measured = (part) => options.only === undefined || options.only === part;
    const figures = [];
    if (options.only !== 'startup') await sandbox.deploy(options.only === 'cost' ? ['staging'] : undefined);
    if (measured('separation')) {
      say(`Measuring separation: ${options.rounds} rounds`);
      await measure(separationSubjects(sandbox), options.rounds, 1);
      const value = median(times.get('verify-separation')) / 1000;
      figures.push({ what: 'verify-separation', value, limit: VERIFY_SECONDS, unit: 's' });
    }
    if (measured('scale')) figures.push(...(await scaleFigures(sandbox, processes)));
    if (measured('cost')) {
      say(`Measuring cost-report: ${options.rounds} rounds`);
      await measure(costSubjects(sandbox), options.rounds, 1);
      figures.push(...(await costFigures(sandbox, processes, median(times.get('cost-report')) / 1000)));
    }
    if (measured('terraform')) {
      say(`Measuring, nothing to change: ${options.rounds} rounds`);
      await measure(unchangedSubjects(sandbox), options.rounds, 1);
      say(`Measuring, a tag changed: ${options.rounds} rounds`);
      await measure(taggingSubjects(sandbox), options.rounds, 1);
    }
    if (measured('startup')) {
      say(`Measuring the start: ${options.startupRounds} rounds`);
      await measure(await startupSubjects(sandbox), options.startupRounds, 3);
    }
    const rows = LIMITS.filter(({ subject, baseline }) => times.has(subject) && times.has(baseline));
    const tables = [comparisonTable(rows, times), limitTable(figures)];
    const missed = tables.reduce((sum, each) => sum + each.missed, 0);
    const shown = [
      describeMachine(),
      ...(times.size === 0 ? [] : [medianTable(times)]),
      ...(rows.length === 0 ? [] : [tables[0].text]),
      ...(figures.length === 0 ? [] : [tables[1].text]),
    ];
    process.stdout.write(`${shown.join('\n\n')}\n`);
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

/** What `cost-report` takes, of what is deployed and of very many resources. */
async function costFigures(sandbox, processes, seconds) {
  say(`Measuring cost-report of ${COSTED} resources`);
  const scale = await measureCostScale(sandbox, COSTED, { processes });
  const what = `cost-report of ${COSTED} resources (${scale.stateMegabytes.toFixed(0)} MB of state)`;
  return [
    { what: 'cost-report of staging, without what was billed', value: seconds, limit: REPORT_SECONDS, unit: 's' },
    { what: `${what}, time`, value: scale.seconds, limit: null, unit: 's' },
    { what: `${what}, time of our own`, value: scale.cpuSeconds, limit: COSTED_SECONDS, unit: 's' },
    { what: `${what}, peak memory`, value: scale.peakMegabytes, limit: COSTED_MEGABYTES, unit: 'MB' },
  ];
}

/** What `verify-separation` takes beside a tagging API that lists very many resources. */
async function scaleFigures(sandbox, processes) {
  const runs = [];
  for (const each of SCALES) {
    say(`Measuring ${each} resources for each environment, at the rate that AWS allows`);
    runs.push({ each, ...(await measureScale(sandbox, each, { processes })) });
  }
  const [less, more] = runs;
  const perResource = ({ each, cpuSeconds }) => cpuSeconds / each;
  return [
    ...runs.flatMap(({ each, seconds, cpuSeconds, peakMegabytes }) => [
      { what: `${each} resources each, time`, value: seconds, limit: null, unit: 's' },
      { what: `${each} resources each, time of our own`, value: cpuSeconds, limit: null, unit: 's' },
      {
        what: `${each} resources each, peak memory`,
        value: peakMegabytes,
        limit: each === SCALES.at(-1) ? SCALE_MEGABYTES : null,
        unit: 'MB',
      },
    ]),
    // Below 1 the time of our own grows more slowly than the number of resources.
    { what: 'growth of the time of our own', value: perResource(more) / perResource(less), limit: 1, unit: '' },
    { what: 'time of our own in the whole', value: more.cpuSeconds / more.seconds, limit: 0.5, unit: '' },
  ];
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
    if (values.only !== undefined && !PARTS.includes(values.only))
      throw new Error(`--only ${values.only} is none of ${PARTS.join(', ')}`);
    return { rounds, startupRounds, only: values.only };
  } catch (error) {
    say(`bench: ${error.message}\n${USAGE}`);
    return undefined;
  }
}

process.exitCode = await main();
