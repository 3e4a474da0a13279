import type { Binding } from '../domain/environment.js';
import type { AlarmCondition } from '../domain/health/alarms.js';
import type { HttpAnswer } from '../domain/health/http-answer.js';
import type { InstanceCondition } from '../domain/health/instances.js';
import type { Resolution } from '../domain/health/name-resolution.js';
import type { QueueCounts } from '../domain/health/queues.js';
import type { TargetGroup } from '../domain/health/targets.js';

/** A load balancer's view of its targets. */
export interface TargetHealth {
  /** The target groups, in order. */
  targets(binding: Binding, targetGroupArns: readonly string[]): Promise<readonly TargetGroup[]>;
}

/** How an address is asked. */
export interface HttpRequest {
  /** Longest time until the answer begins. */
  readonly timeoutMs: number;
  /**
   * Host to connect to instead of the URL's own. What is asked for, by name and by certificate, stays the URL's host.
   */
  readonly connectTo?: string;
}

/** Asks an address over HTTP(S). */
export interface HttpProbe {
  /** Asks once, following no redirect. Never rejects. */
  get(url: string, request: HttpRequest): Promise<HttpAnswer>;
}

/** Resolves names as this machine's programs do. */
export interface NameResolver {
  /** The addresses of a name. Never rejects. */
  resolve(host: string): Promise<Resolution>;
}

/** What EC2 says of instances. */
export interface InstanceConditions {
  /** Those of the instances that are there, in any order. */
  instances(binding: Binding, ids: readonly string[]): Promise<readonly InstanceCondition[]>;
}

/** What CloudWatch says of alarms. */
export interface AlarmConditions {
  /** Those of the alarms that are there, in any order. */
  alarms(binding: Binding, names: readonly string[]): Promise<readonly AlarmCondition[]>;
}

/** What queues hold. */
export interface QueueBacklogs {
  /** What a queue holds now; null when it is not there. */
  counts(binding: Binding, url: string): Promise<QueueCounts | null>;
  /** The age of the oldest message in seconds by the queue's name, of those of which CloudWatch has one. */
  oldestSeconds(binding: Binding, names: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
