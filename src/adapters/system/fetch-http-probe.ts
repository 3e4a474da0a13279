import type { HealthCheck } from '../../domain/health.js';
import type { HttpProbe } from '../../ports/health-probes.js';

/** Asks with Node's own fetch. Redirects are not followed: health is answered by the address itself. */
export class FetchHttpProbe implements HttpProbe {
  async get(url: string, timeoutMs: number): Promise<HealthCheck> {
    const name = `GET ${url}`;
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
      await response.body?.cancel();
      return { name, status: response.ok ? 'healthy' : 'unhealthy', detail: `answered ${response.status}` };
    } catch (error) {
      return { name, status: 'unhealthy', detail: reason(error, timeoutMs) };
    }
  }
}

function reason(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Error & {
    readonly cause?: { readonly code?: string; readonly message?: string };
  };
  if (name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  return cause?.code ?? cause?.message ?? message;
}
