import type { Binding } from '../environment.js';
import type { Adoption } from './adoption.js';
import type { Difference } from './differences.js';
import type { DnsRecord } from './dns-records.js';
import type { FormerState } from './former-state.js';
import type { Identification } from './identify.js';
import type { ByHand } from './imports.js';

/** A rehearsed migration, as it is shown. */
export interface MigrationView {
  readonly binding: Binding;
  readonly former: FormerState;
  readonly identification: Identification;
  readonly adoption: Adoption;
  readonly byHand: readonly ByHand[];
  readonly differences: readonly Difference[];
  readonly notChecked: readonly string[];
  readonly dns: readonly DnsRecord[];
}
