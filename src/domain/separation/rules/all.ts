import type { SeparationRule } from '../rule.js';
import { backends } from './backends.js';
import { configuration } from './configuration.js';
import { dataFlow } from './data-flow.js';
import { encryption } from './encryption.js';
import { environmentTags } from './environment-tags.js';
import { foreignTags } from './foreign-tags.js';
import { identity } from './identity.js';
import { missing } from './missing.js';
import { names } from './names.js';
import { network } from './network.js';
import { orphans } from './orphans.js';
import { parity } from './parity.js';
import { references } from './references.js';
import { sharedResources } from './shared-resources.js';
import { traffic } from './traffic.js';

/** Every rule of separation, in the order in which they are shown. */
export const SEPARATION_RULES: readonly SeparationRule[] = [
  backends,
  sharedResources,
  foreignTags,
  environmentTags,
  names,
  orphans,
  missing,
  network,
  identity,
  encryption,
  dataFlow,
  traffic,
  references,
  configuration,
  parity,
];
