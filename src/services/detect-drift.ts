import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { driftOf } from '../domain/drift/drift.js';
import type { DriftAnswer, EnvironmentDrift, FoundDrift } from '../domain/drift/environment-drift.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { makePlan } from './make-plan.js';
import { preflight } from './preflight.js';
import { askBackend, verifyBackend } from './verify-backend.js';
import { verifyIdentity } from './verify-identity.js';

type Needed = Pick<
  Ports,
  | 'catalog'
  | 'clock'
  | 'environment'
  | 'identities'
  | 'interruption'
  | 'ledger'
  | 'progress'
  | 'repository'
  | 'stateStore'
  | 'terraform'
  | 'workspace'
>;

/** Where to look for drift. */
export interface DetectDriftOptions {
  readonly binding: Binding;
}

/**
 * Compares an environment with its state and its configuration, after the checks of a deployment. Changes nothing, but
 * holds Terraform's state lock while it plans. The plan is an ordinary one: it refreshes as `-refresh-only` does, and
 * says beside that which of the changes it would undo.
 */
export async function detectDrift(
  ports: Omit<Needed, 'catalog' | 'progress'>,
  { binding }: DetectDriftOptions,
  report: StageReport,
): Promise<EnvironmentDrift> {
  // What each step comes to is said on the way; the result is the drift.
  const steps: StageReport = {
    now: (text) => report.now(text),
    event: (text) => report.event(text),
    note: (text) => report.note(text),
    result: (text) => report.now(text),
  };
  const reading = <T>(work: Promise<T>): Promise<T> => abandonOnInterrupt(ports.interruption, work);
  await reading(preflight(ports, binding, steps));
  await reading(verifyIdentity(ports, binding, steps));
  const state = await reading(verifyBackend(ports, binding, steps, askBackend(ports, binding)));
  const environment = binding.name;
  if (state === null) {
    report.result('never deployed');
    return { environment, deployed: false, drift: [], unmanaged: [] };
  }
  report.now('initialising');
  await ports.terraform.initialise(binding);
  const id = `${ports.clock
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;
  const out = join(await ports.workspace.makeDirectory(join(binding.workDir, 'plans')), `${id}-drift.tfplan`);
  try {
    await makePlan(ports, { binding, out, logFile: join(binding.workDir, 'logs', `${id}-drift.jsonl`) }, steps);
    report.now('comparing');
    const found = driftOf(await ports.terraform.showPlan(binding, out));
    report.result(found.drift.length === 0 ? 'none' : `${found.drift.length} drifted`);
    return { environment, deployed: true, ...found };
  } finally {
    // A saved plan holds every value in the clear.
    await ports.workspace.remove(out);
  }
}

/** The drift of one environment, as the only stage of a command. Fails as looking at it does. */
export async function detectDriftOf(ports: Needed, environment: string): Promise<FoundDrift> {
  const [answer] = await detectDrifts(ports, [environment]);
  if (answer === undefined) throw new Error('nothing was looked at');
  if (answer.failure !== undefined) throw answer.failure;
  return answer;
}

/**
 * The drift of each, all at the same time, in order. One that cannot be looked at hides none of the others. An interrupt
 * and a bug still end it all.
 */
export async function detectDrifts(ports: Needed, environments: readonly string[]): Promise<readonly DriftAnswer[]> {
  let answers: readonly DriftAnswer[] = [];
  const several = environments.length > 1;
  await ports.progress.run([
    {
      title: `Drift of ${environments.join(', ')}`,
      run: async (report) => {
        const reportOf = (name: string) => (several ? named(name, report) : report);
        // All are waited for, also after an interrupt: each has a Terraform to end and a plan to remove.
        const settled = await Promise.allSettled(environments.map((name) => answerFor(ports, name, reportOf(name))));
        answers = settled.map((one) => {
          if (one.status === 'rejected') throw one.reason;
          return one.value;
        });
        report.result(summaryOf(answers));
      },
    },
  ]);
  return answers;
}

async function answerFor(ports: Needed, environment: string, report: StageReport): Promise<DriftAnswer> {
  try {
    const binding = await ports.catalog.bind(environment);
    return { environment, found: await detectDrift(ports, { binding }, report) };
  } catch (error) {
    if (!(error instanceof MhtctlError) || error.outcome === 'interrupted') throw error;
    report.event('failed');
    return { environment, failure: error };
  }
}

/** The report of one of several: each line says whose it is. */
function named(environment: string, report: StageReport): StageReport {
  return {
    now: (text) => report.now(`${environment}: ${text}`),
    event: (text) => report.event(`${environment}: ${text}`),
    note: (text) => report.note(`${environment}: ${text}`),
    result: (text) => report.event(`${environment}: ${text}`),
  };
}

function summaryOf(answers: readonly DriftAnswer[]): string {
  const names = (of: readonly DriftAnswer[]) => of.map(({ environment }) => environment).join(', ');
  const drifted = answers.filter(({ found }) => found !== undefined && found.drift.length > 0);
  const unknown = answers.filter(({ failure }) => failure !== undefined);
  const parts = [
    ...(drifted.length === 0 ? [] : [`found in ${names(drifted)}`]),
    ...(unknown.length === 0 ? [] : [`not known of ${names(unknown)}`]),
  ];
  return parts.length === 0 ? 'none' : parts.join('; ');
}
