import type { Json } from '../plan.js';
import type { PlanRule } from './rule.js';

const asObject = (value: Json | undefined): { readonly [key: string]: Json } | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : undefined;

/** Inventory, cost and separation all rest on the tag; `tags_all` is what AWS will carry, `default_tags` included. */
export const missingEnvironmentTag: PlanRule = {
  id: 'missing-environment-tag',
  title: "every taggable resource carries the environment's tag",
  check: ({ plan, binding }) =>
    plan.changes.flatMap((change) => {
      const after = asObject(change.after);
      if (after === undefined || !('tags_all' in after)) return [];
      const tag = asObject(after['tags_all'])?.['Environment'];
      if (tag === binding.name) return [];
      const said = tag === undefined ? 'has no tag Environment' : `has the tag Environment = ${JSON.stringify(tag)}`;
      return [
        {
          severity: tag === undefined ? 'notice' : 'forbidden',
          address: change.address,
          message: `${said}; expected "${binding.name}"`,
        },
      ];
    }),
};
