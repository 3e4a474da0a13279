import type { Json } from '../plan.js';
import type { Decimal } from './decimal.js';

/** A resource as the estimate takes it: from a state, one side of a plan, or an inventory. */
export interface CostedResource {
  readonly address: string;
  readonly type: string;
  readonly attributes: { readonly [name: string]: Json };
  /** What Terraform calls `after_unknown`; left out where every value is known. */
  readonly afterUnknown?: Json;
  /** What is known of its use whatever its type is assumed to have; a usage file still says better. */
  readonly use?: Readonly<Record<string, Decimal>>;
}
