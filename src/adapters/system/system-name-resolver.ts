import { lookup } from 'node:dns/promises';
import type { Resolution } from '../../domain/health/name-resolution.js';
import type { NameResolver } from '../../ports/health-probes.js';

/** Resolves by the system's own means, its hosts file among them: as the requests of this machine do. */
export class SystemNameResolver implements NameResolver {
  async resolve(host: string): Promise<Resolution> {
    try {
      const found = await lookup(host, { all: true });
      return { addresses: [...new Set(found.map(({ address }) => address))] };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return { failure: code ?? message };
    }
  }
}
