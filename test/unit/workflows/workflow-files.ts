import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

const DIRECTORY = join(import.meta.dirname, '../../../.github/workflows');

/** The part of a workflow that the tests look at. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: Concurrency;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps?: readonly Step[];
}

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Concurrency {
  readonly group: string;
  readonly 'cancel-in-progress': boolean | string;
}

/** Names of the workflow files. */
export const workflowFiles: readonly string[] = readdirSync(DIRECTORY).sort();

/** A workflow file's text. */
export function workflowText(file: string): string {
  return readFileSync(join(DIRECTORY, file), 'utf8');
}

/** Parses a workflow strictly: a duplicate key or a warning is an error. */
export function workflow(file: string): Workflow {
  const document = parseDocument(workflowText(file), { strict: true, uniqueKeys: true });
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) throw new Error(`${file}: ${problems.map(({ message }) => message).join('; ')}`);
  return document.toJS() as Workflow;
}

/** A job that has to be there. */
export function jobOf(file: string, name: string): Job {
  const job = workflow(file).jobs[name];
  if (job === undefined) throw new Error(`${file} has no job ${name}`);
  return job;
}

/** Every job of every workflow, with where it is. */
export function allJobs(): readonly { readonly at: string; readonly job: Job }[] {
  return workflowFiles.flatMap((file) =>
    Object.entries(workflow(file).jobs).map(([name, job]) => ({ at: `${file} ${name}`, job })),
  );
}

/** Every step of every job, with where it is. */
export function allSteps(): readonly { readonly at: string; readonly step: Step }[] {
  return allJobs().flatMap(({ at, job }) => (job.steps ?? []).map((step) => ({ at, step })));
}
