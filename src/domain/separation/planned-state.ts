import { changeKind, destroysObject, type Json, type Plan } from '../plan.js';
import type { State, StateInstance } from '../state.js';

/**
 * The state as it will be when a plan is applied, as far as it is known before: values that AWS decides are missing.
 * @param state the state the plan was made from; null before the first deployment
 */
export function plannedState(state: State | null, plan: Pick<Plan, 'changes' | 'terraformVersion'>): State {
  const instances = new Map((state?.instances ?? []).map((instance) => [instance.address, instance]));
  for (const change of plan.changes) {
    if (change.previousAddress !== undefined) {
      const moved = instances.get(change.previousAddress);
      instances.delete(change.previousAddress);
      if (moved !== undefined) instances.set(change.address, { ...moved, address: change.address });
    }
    if (destroysObject(change) || changeKind(change) === 'forget') instances.delete(change.address);
    if (!isAttributes(change.after) || changeKind(change) === 'read') continue;
    instances.set(change.address, { address: change.address, type: change.type, attributes: change.after });
  }
  return {
    lineage: state?.lineage ?? '',
    serial: state?.serial ?? 0,
    terraformVersion: plan.terraformVersion,
    outputs: state?.outputs ?? {},
    instances: [...instances.values()],
  };
}

function isAttributes(value: Json): value is StateInstance['attributes'] {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
