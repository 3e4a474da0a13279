import { changeKind, destroysObject, type Json, type Plan } from '../plan.js';
import type { State, StateInstance } from '../state.js';
import { plannedId } from './identifiers.js';

/**
 * The state as it will be when a plan is applied, as far as it is known before: values that AWS decides are missing.
 * @param state the state the plan was made from; null before the first deployment
 */
export function plannedState(
  state: State | null,
  plan: Pick<Plan, 'changes' | 'outputChanges' | 'terraformVersion'>,
): State {
  const instances = new Map((state?.instances ?? []).map((instance) => [instance.address, instance]));
  for (const change of plan.changes) {
    if (change.previousAddress !== undefined) {
      const moved = instances.get(change.previousAddress);
      instances.delete(change.previousAddress);
      if (moved !== undefined) instances.set(change.address, { ...moved, address: change.address });
    }
    if (destroysObject(change) || changeKind(change) === 'forget') instances.delete(change.address);
    if (!isAttributes(change.after) || changeKind(change) === 'read') continue;
    const attributes = { ...change.after, id: change.after['id'] ?? plannedId(change.address) };
    instances.set(change.address, { address: change.address, type: change.type, attributes });
  }
  return {
    lineage: state?.lineage ?? '',
    serial: state?.serial ?? 0,
    terraformVersion: plan.terraformVersion,
    outputs: plannedOutputs(state, plan.outputChanges),
    instances: [...instances.values()],
    // They are read anew while a plan is made, and it does not tell them: the state's are of the deployment before.
    dataSources: [],
  };
}

function plannedOutputs(state: State | null, changes: Plan['outputChanges']): State['outputs'] {
  const outputs = new Map(Object.entries(state?.outputs ?? {}));
  for (const { name, actions, after, sensitive } of changes) {
    if (actions.includes('delete')) outputs.delete(name);
    else outputs.set(name, { value: after, sensitive });
  }
  return Object.fromEntries(outputs);
}

function isAttributes(value: Json): value is StateInstance['attributes'] {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
