import type { HealthReport } from '../domain/health.js';
import type { Json } from '../domain/plan.js';
import { briefHealthText } from './health-text.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

function separationLine(
  environment: string,
  {
    verdict,
    findings,
  }: { readonly verdict: 'separated' | 'violated' | 'unproven'; readonly findings: readonly string[] },
  style: Style,
): string {
  const head = {
    separated: style.green('separated'),
    violated: style.red(`violated, ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`),
    unproven: style.yellow('unproven'),
  }[verdict];
  const lines = findings.map((finding) => wrap(`  ${style.red('✖')} ${finding}`, style.width, 4));
  const more = verdict === 'separated' ? [] : [`  in full: mhtctl verify-separation ${environment}`];
  return [`Separation: ${head}`, ...lines, ...more].join('\n');
}

/** What a finished deployment leaves to read. */
export function deploymentText(
  result: {
    readonly environment: string;
    readonly outcome: 'applied' | 'no-changes' | 'dry-run';
    readonly deployment: { readonly id: string } | null;
    readonly health: HealthReport;
    readonly separation: {
      readonly verdict: 'separated' | 'violated' | 'unproven';
      readonly findings: readonly string[];
    } | null;
    readonly outputs: Readonly<Record<string, Json>>;
    readonly rollback: { readonly id: string } | null;
    /** What was done, where it was something else than a deployment. */
    readonly done?: string;
  },
  style: Style,
): string {
  const { environment, outcome, deployment, health, separation, outputs, rollback } = result;
  if (outcome === 'dry-run') return `${style.bold(environment)}: dry run, nothing was changed`;
  const done = outcome === 'applied' ? (result.done ?? 'deployed') : 'nothing to change';
  const url = outputs['api_base_url'];
  return [
    `${style.bold(environment)}: ${done}${deployment === null ? '' : style.dim(` (${deployment.id})`)}`,
    briefHealthText(health, style),
    ...(separation === null ? [] : [separationLine(environment, separation, style)]),
    ...(health.status !== 'unhealthy'
      ? []
      : [
          rollback === null
            ? `Roll it back: mhtctl rollback ${environment}`
            : `Rolled back: ${rollback.id}; see how it is now: mhtctl health ${environment}`,
        ]),
    ...(typeof url === 'string' ? [`Address: ${url}`] : []),
  ].join('\n');
}
