import type { Binding } from '../domain/environment.js';

/** DNS zones. On real AWS they are older than the environments; the emulator starts without any. */
export interface HostedZones {
  /** Creates the public zone unless it is there. */
  ensure(binding: Pick<Binding, 'region'>, name: string): Promise<'created' | 'already-there'>;
}
