import type { EnvironmentEvidence } from './evidence.js';

/** A managed resource in a state, with every identifier it is known by. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  /** Canonical identifiers; none for what identifies nothing in AWS. */
  readonly ids: readonly string[];
}

export function stateResources(_environment: EnvironmentEvidence): readonly StateResource[] {
  return [];
}
