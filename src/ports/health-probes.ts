import type { Binding } from '../domain/environment.js';
import type { HealthCheck } from '../domain/health.js';

/** A load balancer's view of its targets. */
export interface TargetHealth {
  /** One check for each registered target. A target group without targets is one unhealthy check. */
  targets(binding: Binding, targetGroupArns: readonly string[]): Promise<readonly HealthCheck[]>;
}

/** Asks an address over HTTP(S). */
export interface HttpProbe {
  /** Asks once; `healthy` for a 2xx answer. Never rejects. */
  get(url: string, timeoutMs: number): Promise<HealthCheck>;
}
