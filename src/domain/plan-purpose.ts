import type { ImportTarget } from './import-target.js';

/** What a plan is made for: to make AWS as the configuration says, to take in one resource, or to remove everything. */
export type PlanPurpose =
  | { readonly kind: 'deploy' }
  | { readonly kind: 'import'; readonly target: ImportTarget }
  | { readonly kind: 'destroy' };
