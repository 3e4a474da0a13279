import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import { type CheckGroup, type HealthCheck, notChecked } from '../../domain/health.js';
import type { State } from '../../domain/state.js';
import type { Ports } from '../../ports/index.js';

/** Whose health is asked for. */
export interface ProbedEnvironment {
  readonly binding: Binding;
  /** What there is to ask about; null before the first deployment. */
  readonly state: State | null;
}

/**
 * Asks about one part of an environment. What is asked about comes from the state and its outputs. A probe never
 * rejects: what could not be asked is a check that was not made.
 * @typeParam Needed the ports it asks by
 */
export type Probe<Needed extends keyof Ports> = (
  ports: Pick<Ports, Needed>,
  environment: ProbedEnvironment,
) => Promise<readonly HealthCheck[]>;

/** What was asked, or one check that says why it could not be: for want of a permission, or of an answer. */
export async function asked(
  group: CheckGroup,
  name: string,
  question: () => Promise<readonly HealthCheck[]>,
): Promise<readonly HealthCheck[]> {
  try {
    return await question();
  } catch (error) {
    const nextSteps = error instanceof MhtctlError ? error.nextSteps : [];
    return [notChecked(group, name, (error as Error).message, nextSteps)];
  }
}
