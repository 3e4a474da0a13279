import { stopsInstances } from '../off-hours/applied.js';
import type { Json } from '../plan.js';
import type { PlanRule } from './rule.js';

/**
 * A schedule that stops the instances of an environment that is to run always: the values may have been written by
 * hand, past `mhtctl schedule`. One that is there already is said; what mends the environment is not held up by it.
 */
export const offHoursNotAllowed: PlanRule = {
  id: 'off-hours-not-allowed',
  title: "no schedule stops instances against the environment's policy",
  check: ({ plan, binding }) => {
    if (binding.policy.offHours) return [];
    const allow = `the policy does not allow it; see: mhtctl schedule ${binding.name}`;
    const made = plan.changes.flatMap(({ address, type, after }) =>
      stopsInstances({ type, attributes: fieldsOf(after) })
        ? [{ severity: 'forbidden' as const, address, message: `it would stop the instances, and ${allow}` }]
        : [],
    );
    const kept = plan.unchanged.filter(stopsInstances).map(({ address }) => ({
      severity: 'notice' as const,
      address,
      message: `it stops the instances, and ${allow}`,
    }));
    return [...made, ...kept];
  },
};

function fieldsOf(value: Json): { readonly [name: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as { readonly [name: string]: Json })
    : {};
}
