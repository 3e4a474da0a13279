import type { Binding } from '../environment.js';
import type { Plan } from '../plan.js';
import type { Risk } from '../plan-checks/rule.js';
import type { State, StateObject } from '../state.js';
import type { EnvironmentEvidence } from './evidence.js';
import { NO_FACTS } from './facts.js';
import { findingsOf } from './judge.js';
import { mergeFacts } from './merge-facts.js';
import { plannedState } from './planned-state.js';
import type { SeparationFinding } from './rule.js';
import { stateFacts } from './state-facts.js';

/** What the rules over plans say of each resource that changes; see `domain/plan-checks/`. */
const JUDGED_BY_PLAN_RULES: ReadonlySet<string> = new Set(['names', 'environment-tags', 'foreign-tags']);

/** The states of the environments that a planned one is compared with. */
export interface OtherState {
  readonly binding: Binding;
  /** Null when there is none, or it could not be read. */
  readonly state: StateObject | null;
}

/**
 * Risks of a plan by the rules of separation that need only states: what would stand between this environment and the
 * others once it is applied. A violation that the plan mends is none. A protected environment is not deployed into one
 * that is its own to mend; everything else is said.
 */
export function judgePlannedSeparation(
  subject: { readonly binding: Binding; readonly state: State | null; readonly plan: Plan },
  others: readonly OtherState[],
): readonly Risk[] {
  const { binding } = subject;
  const environments: readonly EnvironmentEvidence[] = [
    { binding, identity: null, state: asObject(plannedState(subject.state, subject.plan)) },
    ...others.map((other) => ({ ...other, identity: null })),
  ].sort((left, right) => (left.binding.name < right.binding.name ? -1 : 1));
  const findings = findingsOf(
    {
      environments,
      inventory: new Map(),
      facts: mergeFacts(environments.map(stateFacts)),
      live: NO_FACTS,
      unread: [],
      configuration: new Map(),
    },
    binding.name,
  );
  const changed = new Set(subject.plan.changes.map(({ address }) => address));
  const judged = ({ rule, finding }: (typeof findings)[number]) =>
    JUDGED_BY_PLAN_RULES.has(rule) && changed.has(finding.resource ?? '');
  return findings
    .filter((each) => !judged(each))
    .map(({ rule, finding }) => ({
      rule: `separation-${rule}`,
      severity: binding.policy.protected && isOwn(finding, binding.name) ? 'forbidden' : 'notice',
      address: finding.resource,
      message: finding.message,
    }));
}

/** What a plan of this environment could mend: what starts from it, and what both have in common. */
function isOwn({ environment, mutual }: SeparationFinding, name: string): boolean {
  return environment === name || mutual === true;
}

function asObject(state: State): StateObject {
  return { state, versionId: null, kmsKeyArn: null, digest: '' };
}
