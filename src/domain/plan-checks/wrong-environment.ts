import type { PlanRule } from './rule.js';

/** The wrong tfvars on the right backend is a valid plan for Terraform: it would rename, and so replace, everything. */
export const wrongEnvironment: PlanRule = {
  id: 'wrong-environment',
  title: 'the plan was made with the values of the environment',
  check: ({ plan, file, binding }) => {
    const found = plan.environment ?? file.variables['environment'];
    if (found === binding.name) return [];
    const said = found === undefined ? 'has no `environment` variable' : `was made for environment "${String(found)}"`;
    return [{ severity: 'forbidden', address: null, message: `the plan ${said}, not for "${binding.name}"` }];
  },
};
