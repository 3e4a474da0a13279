import type { Json } from '../plan.js';

/** A resource as the estimate takes it: from a state, or one side of a plan. */
export interface CostedResource {
  readonly address: string;
  readonly type: string;
  readonly attributes: { readonly [name: string]: Json };
  /** What Terraform calls `after_unknown`; left out where every value is known. */
  readonly afterUnknown?: Json;
}
