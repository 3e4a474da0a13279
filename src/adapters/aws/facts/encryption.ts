import { spelled } from '../../../domain/separation/state-facts.js';
import type { Reading } from './reading.js';

/** A resource with the key that its data is under. */
export interface Encryption {
  readonly from: string;
  /** The key as the service writes it: an ARN, an id, or the name of an alias; nothing where it has none. */
  readonly key: string | undefined;
  readonly where: string;
  /** The region that an id or an alias is of; the vantage's when left out. */
  readonly region?: string;
}

/**
 * Notes by its ARN what key a resource is encrypted with.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function noteEncryption(reading: Reading, { from, key, where, region }: Encryption): void {
  if (key === undefined || key === '') return;
  const place = { ...reading.vantage, region: region ?? reading.vantage.region };
  reading.relation({ kind: 'encrypted-with', from, to: spelled(key, 'key', place), where });
}
