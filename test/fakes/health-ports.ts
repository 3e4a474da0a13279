import type { Binding } from '../../src/domain/environment.js';
import type { AlarmCondition } from '../../src/domain/health/alarms.js';
import type { HttpAnswer } from '../../src/domain/health/http-answer.js';
import type { InstanceCondition } from '../../src/domain/health/instances.js';
import type { Resolution } from '../../src/domain/health/name-resolution.js';
import type { QueueCounts } from '../../src/domain/health/queues.js';
import type { TargetGroup } from '../../src/domain/health/targets.js';
import type { CheckStatus } from '../../src/domain/health.js';
import type {
  AlarmConditions,
  HttpProbe,
  HttpRequest,
  InstanceConditions,
  NameResolver,
  QueueBacklogs,
  TargetHealth,
} from '../../src/ports/health-probes.js';

/** Answers one after the other; the last one stays. */
class Series<T> {
  readonly #answers: readonly T[];
  #next = 0;

  constructor(answers: readonly T[]) {
    this.#answers = answers;
  }

  take(): T {
    const answer = this.#answers[Math.min(this.#next, this.#answers.length - 1)];
    this.#next += 1;
    if (answer === undefined) throw new Error('nothing was to be asked');
    return answer;
  }
}

/** A target group called "app" whose one target is in that state. */
export function targetGroupOf(state: string, reason = ''): TargetGroup {
  return { name: 'app', targets: [{ id: 'i-0', state, reason }] };
}

export class FakeTargetHealth implements TargetHealth {
  readonly askedFor: (readonly string[])[] = [];
  failure: unknown;
  #answers = new Series<readonly TargetGroup[]>([[]]);

  answer(...answers: readonly (readonly TargetGroup[])[]): void {
    this.#answers = new Series(answers);
  }

  async targets(_: Binding, targetGroupArns: readonly string[]): Promise<readonly TargetGroup[]> {
    this.askedFor.push(targetGroupArns);
    if (this.failure !== undefined) throw this.failure;
    return this.#answers.take();
  }
}

export class FakeHttpProbe implements HttpProbe {
  readonly urls: string[] = [];
  /** Where each was to connect to; undefined for the URL's own host. */
  readonly connectedTo: (string | undefined)[] = [];
  #answers = new Series<CheckStatus>(['healthy']);

  answer(...answers: readonly CheckStatus[]): void {
    this.#answers = new Series(answers);
  }

  async get(url: string, { connectTo }: HttpRequest): Promise<HttpAnswer> {
    this.urls.push(url);
    this.connectedTo.push(connectTo);
    return { status: this.#answers.take() === 'healthy' ? 200 : 503 };
  }
}

export class FakeNameResolver implements NameResolver {
  readonly names = new Map<string, Resolution>();

  async resolve(host: string): Promise<Resolution> {
    return this.names.get(host) ?? { addresses: ['192.0.2.1'] };
  }
}

export class FakeInstanceConditions implements InstanceConditions {
  conditions: readonly InstanceCondition[] = [];
  failure: unknown;

  async instances(_: Binding, ids: readonly string[]): Promise<readonly InstanceCondition[]> {
    if (this.failure !== undefined) throw this.failure;
    return this.conditions.filter(({ id }) => ids.includes(id));
  }
}

export class FakeAlarmConditions implements AlarmConditions {
  conditions: readonly AlarmCondition[] = [];
  failure: unknown;

  async alarms(_: Binding, names: readonly string[]): Promise<readonly AlarmCondition[]> {
    if (this.failure !== undefined) throw this.failure;
    return this.conditions.filter(({ name }) => names.includes(name));
  }
}

export class FakeQueueBacklogs implements QueueBacklogs {
  /** By URL; a queue that is not in it is not there. */
  readonly held = new Map<string, QueueCounts>();
  /** By name. */
  readonly ages = new Map<string, number>();
  readonly failures: { counts?: unknown; oldestSeconds?: unknown } = {};

  async counts(_: Binding, url: string): Promise<QueueCounts | null> {
    if (this.failures.counts !== undefined) throw this.failures.counts;
    return this.held.get(url) ?? null;
  }

  async oldestSeconds(): Promise<ReadonlyMap<string, number>> {
    if (this.failures.oldestSeconds !== undefined) throw this.failures.oldestSeconds;
    return this.ages;
  }
}
