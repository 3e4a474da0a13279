import type { ChangedResource, DriftedResource } from '../../domain/drift/changed-resource.js';
import { type DriftAnswer, driftRemedies, type EnvironmentDrift } from '../../domain/drift/environment-drift.js';
import { type FailureJson, failureJson } from '../../domain/errors.js';

/** What `drift ENV --json` returns. */
export interface EnvironmentDriftJson {
  readonly environment: string;
  readonly deployed: boolean;
  readonly drift: readonly DriftedResource[];
  /** What else has changed, and the configuration leaves as it is. */
  readonly unmanaged: readonly ChangedResource[];
  readonly nextSteps: readonly string[];
}

/** What `drift --all --json` returns. One that could not be looked at has its failure instead. */
export interface DriftsJson {
  readonly environments: readonly (EnvironmentDriftJson | ({ readonly environment: string } & FailureJson))[];
}

/** The public form of what came of several. */
export function driftsJson(answers: readonly DriftAnswer[]): DriftsJson {
  return {
    environments: answers.map(({ environment, found, failure }) =>
      failure === undefined ? environmentDriftJson(found) : { environment, ...failureJson(failure) },
    ),
  };
}

/** The public form of one environment's drift. */
export function environmentDriftJson(found: EnvironmentDrift): EnvironmentDriftJson {
  const { environment, deployed, drift, unmanaged } = found;
  return { environment, deployed, drift, unmanaged, nextSteps: driftRemedies(found) };
}
