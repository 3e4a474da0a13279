import { type ResourceType, type ResourceTypes, rowOf } from '../resource-type.js';
import { COMPUTE } from './compute.js';
import { DATABASE } from './database.js';
import { DNS } from './dns.js';
import { IDENTITY } from './identity.js';
import { KEYS_AND_SECRETS } from './keys-and-secrets.js';
import { LOAD_BALANCING } from './load-balancing.js';
import { MESSAGING } from './messaging.js';
import { MONITORING } from './monitoring.js';
import { NETWORK } from './network.js';
import { STORAGE } from './storage.js';
import { VOLUMES } from './volumes.js';

/** Every resource type the estimate knows, priced or free. One that is not here is `unknown`. */
export const RESOURCE_TYPES: ResourceTypes = {
  ...COMPUTE,
  ...VOLUMES,
  ...NETWORK,
  ...LOAD_BALANCING,
  ...STORAGE,
  ...DATABASE,
  ...MESSAGING,
  ...KEYS_AND_SECRETS,
  ...MONITORING,
  ...DNS,
  ...IDENTITY,
};

/** How resources of a type are costed; undefined when nobody has said. */
export function resourceTypeOf(name: string): ResourceType | undefined {
  return rowOf(RESOURCE_TYPES, name);
}
