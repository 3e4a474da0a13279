import type { HealthReport } from '../domain/health.js';
import type { Json } from '../domain/plan.js';
import type { Style } from './style.js';

/** The health of an environment, one line a check. */
export function healthText(health: HealthReport, style: Style): string {
  const head = {
    healthy: style.green('healthy'),
    unhealthy: style.red('unhealthy'),
    unknown: style.yellow('not fully checked'),
  }[health.status];
  const mark = { healthy: style.green('✔'), unhealthy: style.red('✖'), 'not-checked': style.yellow('?') };
  const lines = health.checks.map(
    ({ name, status, detail }) =>
      `  ${mark[status]} ${name}: ${status === 'not-checked' ? `not checked, ${detail}` : detail}`,
  );
  return [`Health: ${head}`, ...lines].join('\n');
}

/** What a finished deployment leaves to read. */
export function deploymentText(
  result: {
    readonly environment: string;
    readonly outcome: 'applied' | 'no-changes' | 'dry-run';
    readonly deployment: { readonly id: string } | null;
    readonly health: HealthReport;
    readonly outputs: Readonly<Record<string, Json>>;
  },
  style: Style,
): string {
  const { environment, outcome, deployment, health, outputs } = result;
  if (outcome === 'dry-run') return `${style.bold(environment)}: dry run, nothing was changed`;
  const done = outcome === 'applied' ? 'deployed' : 'nothing to change';
  const url = outputs['api_base_url'];
  return [
    `${style.bold(environment)}: ${done}${deployment === null ? '' : style.dim(` (${deployment.id})`)}`,
    healthText(health, style),
    ...(typeof url === 'string' ? [`Address: ${url}`] : []),
  ].join('\n');
}
