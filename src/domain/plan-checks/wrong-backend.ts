import type { PlanRule } from './rule.js';

/** A plan file carries its own backend: wherever it is applied, it changes the state it was made from. */
export const wrongBackend: PlanRule = {
  id: 'wrong-backend',
  title: "the plan's state is the environment's",
  check: ({ file, binding }) => {
    const { backend, workspace } = file;
    const expected = binding.backend;
    const same =
      backend.type === 's3' &&
      backend.bucket === expected.bucket &&
      backend.key === expected.key &&
      backend.region === expected.region;
    const found: string[] = [];
    if (!same) {
      found.push(
        `the plan writes to ${backend.type}://${backend.bucket}/${backend.key} (${backend.region}), ` +
          `the state of "${binding.name}" is s3://${expected.bucket}/${expected.key} (${expected.region})`,
      );
    }
    if (workspace !== 'default') {
      found.push(
        `the plan was made in workspace "${workspace}", expected "default"; ` +
          `go back to it: mhtctl terraform ${binding.name} -- workspace select default`,
      );
    }
    return found.map((message) => ({ severity: 'forbidden', address: null, message }));
  },
};
