import type { PlanRule } from './rule.js';

/** A tfvars file without a region leaves it to the configuration's default, which may not be where the state is. */
export const wrongRegion: PlanRule = {
  id: 'wrong-region',
  title: "the plan's resources are in the environment's region",
  check: ({ plan, binding }) => {
    if (plan.region === undefined || plan.region === binding.region) return [];
    const message = `the plan creates in ${plan.region}, "${binding.name}" lives in ${binding.region}`;
    return [{ severity: 'forbidden', address: null, message }];
  },
};
