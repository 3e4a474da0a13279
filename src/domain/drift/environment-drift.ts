import type { MhtctlError } from '../errors.js';
import { exitCodeOf, type Outcome } from '../exit-codes.js';
import type { Drift } from './drift.js';

/** What is known of one environment's drift. */
export interface EnvironmentDrift extends Drift {
  readonly environment: string;
  /** False for one that has no state: there is nothing that could have drifted. */
  readonly deployed: boolean;
}

/** An environment that could be looked at. */
export interface FoundDrift {
  readonly environment: string;
  readonly found: EnvironmentDrift;
  readonly failure?: undefined;
}

/** What came of looking at one of several environments. */
export type DriftAnswer =
  | FoundDrift
  | { readonly environment: string; readonly found?: undefined; readonly failure: MhtctlError };

/** What to do about an environment's drift, ready to paste. Empty when there is none. */
export function driftRemedies({ environment, drift }: EnvironmentDrift): readonly string[] {
  if (drift.length === 0) return [];
  const attributes = drift.flatMap((resource) => resource.attributes);
  const isUndone = drift.some(({ action }) => action === 'delete') || attributes.some((one) => one.undoneByDeploy);
  return [
    ...(isUndone ? [`undo it: mhtctl deploy ${environment}`] : []),
    ...(isUndone ? [`or keep it: write it into the configuration, then: mhtctl drift ${environment}`] : []),
    ...(attributes.every((one) => one.undoneByDeploy)
      ? []
      : ['what was added stays: remove it where it was made, or import it']),
  ];
}

/** How looking at several ends: what is not known is worse than drift, and of several failures the highest code counts. */
export function outcomeOf(answers: readonly DriftAnswer[]): Outcome {
  const failed = answers.flatMap((answer) => (answer.failure === undefined ? [] : [answer.failure.outcome]));
  const [worst] = failed.sort((left, right) => exitCodeOf(right) - exitCodeOf(left));
  if (worst !== undefined) return worst;
  return answers.some(({ found }) => found !== undefined && found.drift.length > 0) ? 'refused' : 'done';
}
