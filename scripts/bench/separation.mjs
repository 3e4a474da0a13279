import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MHTCTL } from './sandbox.mjs';

const repository = join(import.meta.dirname, '../..');
const VERIFY = [...MHTCTL, 'verify-separation', '--json'];

/** The reference's recipe for both environments, command by command as its document has it. */
const REFERENCE = [
  ...['staging', 'production'].map((name) => [
    'aws',
    'resourcegroupstaggingapi',
    'get-resources',
    '--tag-filters',
    `Key=Environment,Values=${name}`,
    '--query',
    'ResourceTagMappingList[].ResourceARN',
  ]),
  ...['staging', 'production'].flatMap((name) => [
    ['terraform', 'init', `-backend-config=backend-${name}.tfbackend`, '-reconfigure', '-input=false'],
    ['terraform', 'state', 'list'],
  ]),
];

/** Both environments verified, and what the reference does instead. */
export function separationSubjects({ root, terraformDir, env }) {
  return [
    { name: 'reference commands, both environments', steps: REFERENCE, options: { cwd: terraformDir, env } },
    { name: 'verify-separation', steps: [VERIFY], options: { cwd: root, env } },
  ];
}

/**
 * `verify-separation` beside a tagging API that lists so many resources for each environment, and passes everything else
 * on to the emulator.
 * @returns {Promise<{ seconds: number, cpuSeconds: number, peakMegabytes: number }>}
 */
export async function measureScale({ root, env }, each, { processes }) {
  const directory = await mkdtemp(join(tmpdir(), 'mhtctl-bench-scale-'));
  const standIn = await processes.startListening(
    [
      process.execPath,
      join(repository, 'scripts/run-script.mjs'),
      'scripts/tagging-stand-in.ts',
      `--each=${each}`,
      `--pass-on-to=${env.AWS_ENDPOINT_URL}`,
    ],
    { cwd: repository, env: process.env },
  );
  try {
    const usage = join(directory, 'usage.json');
    const { milliseconds } = await processes.run(VERIFY, {
      cwd: root,
      env: {
        ...env,
        AWS_ENDPOINT_URL: standIn.line,
        NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'report-usage.mjs')).href}`,
        BENCH_USAGE: usage,
      },
      // A resource that is tagged and in no state is a finding: exit 3 is as good an end as any.
      accept: [0, 3],
    });
    const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(await readFile(usage, 'utf8'));
    return {
      seconds: milliseconds / 1000,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
      // Node gives kilobytes: https://nodejs.org/api/process.html#processresourceusage
      peakMegabytes: (maxRSS * 1024) / 1e6,
    };
  } finally {
    await standIn.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
