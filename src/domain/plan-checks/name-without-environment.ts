import { carriesName, physicalName } from '../physical-name.js';
import type { PlanRule } from './rule.js';

/** Two environments whose resources share a name collide sooner or later; people mistake one for the other at once. */
export const nameWithoutEnvironment: PlanRule = {
  id: 'name-without-environment',
  title: "every physical name contains the environment's",
  check: ({ plan, binding }) =>
    plan.changes.flatMap((change) => {
      const name = physicalName(change.type, change.after);
      if (name === undefined || carriesName(name, binding.name)) return [];
      return [
        {
          severity: 'notice',
          address: change.address,
          message: `the name "${name}" does not contain "${binding.name}"`,
        },
      ];
    }),
};
