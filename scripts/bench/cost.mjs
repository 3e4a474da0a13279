import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { MHTCTL } from './sandbox.mjs';

const REPORT = [...MHTCTL, 'cost-report', 'staging', '--no-actual'];

/** The report of an environment as it is deployed. */
export function costSubjects({ root, env }) {
  return [{ name: 'cost-report', steps: [REPORT], options: { cwd: root, env } }];
}

/**
 * The report of an environment whose state has so many resources: its own, over and over, each with all its attributes,
 * names of its own and in a module of its own. The state is put back at the end.
 * @returns {Promise<{ seconds: number, cpuSeconds: number, peakMegabytes: number, stateMegabytes: number }>}
 */
export async function measureCostScale({ root, terraformDir, env }, count, { processes }) {
  const place = await stateObject(terraformDir);
  const client = new S3Client({
    endpoint: env.AWS_ENDPOINT_URL,
    region: env.AWS_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    forcePathStyle: true,
  });
  const directory = await mkdtemp(join(tmpdir(), 'mhtctl-bench-cost-'));
  const original = await (await client.send(new GetObjectCommand(place))).Body.transformToString();
  try {
    const large = multiplied(original, count);
    await client.send(new PutObjectCommand({ ...place, Body: large }));
    const usage = join(directory, 'usage.json');
    const { milliseconds } = await processes.run(REPORT, {
      cwd: root,
      env: {
        ...env,
        NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'report-usage.mjs')).href}`,
        BENCH_USAGE: usage,
      },
    });
    const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(await readFile(usage, 'utf8'));
    return {
      seconds: milliseconds / 1000,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
      peakMegabytes: (maxRSS * 1024) / 1e6,
      stateMegabytes: large.length / 1e6,
    };
  } finally {
    await client.send(new PutObjectCommand({ ...place, Body: original }));
    client.destroy();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Where the backend's file says that staging's state is. */
async function stateObject(terraformDir) {
  const text = await readFile(join(terraformDir, 'backend-staging.tfbackend'), 'utf8');
  const value = (name) => new RegExp(`^\\s*${name}\\s*=\\s*"([^"]*)"`, 'm').exec(text)?.[1];
  return { Bucket: value('bucket'), Key: value('key') };
}

/** A state with so many managed instances, written as Terraform writes one. */
function multiplied(text, count) {
  const state = JSON.parse(text);
  const managed = state.resources.filter(({ mode, instances }) => mode === 'managed' && instances.length > 0);
  const resources = Array.from({ length: count }, (_, index) => {
    const { module, instances, ...resource } = managed[index % managed.length];
    const number = Math.floor(index / managed.length);
    const copy = `module.copy[${number}]`;
    return {
      module: module === undefined ? copy : `${copy}.${module}`,
      ...resource,
      instances: renamed(instances.slice(0, 1), number),
    };
  });
  return `${JSON.stringify({ ...state, resources }, null, 2)}\n`;
}

/** The same with names and ids of its own: a copy that shares them would take less memory than another environment does. */
function renamed(instances, number) {
  const text = JSON.stringify(instances)
    .replaceAll('mht-api-staging', `mht-api-staging-${number}`)
    .replaceAll(/"([a-z]+-[0-9a-f]{13})[0-9a-f]{4}"/g, `"$1${String(number).padStart(4, '0')}"`);
  return JSON.parse(text);
}
