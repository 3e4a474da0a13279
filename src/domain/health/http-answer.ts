import type { HealthCheck } from '../health.js';

/** What came of asking an address once: the status of its answer, or why there was none. */
export type HttpAnswer = { readonly status: number } | { readonly failure: string };

/** Healthy for a 2xx answer. A redirect is none: health is answered by the address itself. */
export function judgeAnswer(name: string, answer: HttpAnswer): HealthCheck {
  const check = { group: 'traffic', name, nextSteps: [] } as const;
  if ('failure' in answer) return { ...check, status: 'unhealthy', detail: answer.failure };
  const { status } = answer;
  const detail = `answered ${status}`;
  return { ...check, status: status >= 200 && status < 300 ? 'healthy' : 'unhealthy', detail };
}
