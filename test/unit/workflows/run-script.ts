import { createRequire } from 'node:module';
import type { Job } from './workflow-files.js';

/** Where a script runs, as the action tells it. */
const CONTEXT = {
  serverUrl: 'https://github.example',
  repo: { owner: 'owner', repo: 'name' },
  runId: 7,
  issue: { number: 12 },
};

/** Runs a job's github-script step as the action does. */
export async function runScript(job: Job, globals: Readonly<Record<string, unknown>>): Promise<void> {
  const script = job.steps?.find(({ uses }) => uses?.startsWith('actions/github-script@'))?.with?.['script'];
  const AsyncFunction = (async () => undefined).constructor as new (
    ...text: string[]
  ) => (...values: unknown[]) => Promise<void>;
  const all = { ...globals, context: CONTEXT, require: createRequire(import.meta.url) };
  await new AsyncFunction(...Object.keys(all), String(script))(...Object.values(all));
}
