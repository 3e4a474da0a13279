import type { Binding } from '../../domain/environment.js';
import type { CheckStatus, HealthCheck } from '../../domain/health.js';
import type { TargetHealth } from '../../ports/health-probes.js';
import { awsFailure } from './aws-failure.js';
import { clientConfiguration } from './client-configuration.js';

/** `arn:...:targetgroup/<name>/<id>` */
function targetGroupName(arn: string): string {
  return arn.split('/')[1] ?? arn;
}

/** Target health by the Elastic Load Balancing API. */
export class ElbTargetHealth implements TargetHealth {
  async targets(binding: Binding, targetGroupArns: readonly string[]): Promise<readonly HealthCheck[]> {
    if (targetGroupArns.length === 0) return [];
    const { ElasticLoadBalancingV2Client, DescribeTargetHealthCommand } = await import(
      './sdk/elastic-load-balancing.js'
    );
    const client = new ElasticLoadBalancingV2Client(await clientConfiguration(binding));
    try {
      const groups = await Promise.all(
        targetGroupArns.map(async (TargetGroupArn): Promise<readonly HealthCheck[]> => {
          const group = targetGroupName(TargetGroupArn);
          const { TargetHealthDescriptions = [] } = await client.send(
            new DescribeTargetHealthCommand({ TargetGroupArn }),
          );
          if (TargetHealthDescriptions.length === 0) {
            return [{ name: `targets of ${group}`, status: 'unhealthy', detail: 'no target is registered' }];
          }
          return TargetHealthDescriptions.map(({ Target, TargetHealth: health }) => {
            const state = health?.State ?? 'unknown';
            const why = [health?.Reason, health?.Description].filter((part) => part !== undefined).join(': ');
            return {
              name: `target ${Target?.Id ?? '?'} of ${group}`,
              status: statusOf(state),
              detail: why === '' ? state : `${state} (${why})`,
            };
          });
        }),
      );
      return groups.flat();
    } catch (error) {
      throw awsFailure(error, 'elasticloadbalancing:DescribeTargetHealth', targetGroupArns.join(', '));
    } finally {
      client.destroy();
    }
  }
}

/**
 * Only a target whose group has no health checks (`unavailable`) was not checked; one that gets no traffic is not healthy.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
function statusOf(state: string): CheckStatus {
  if (state === 'healthy') return 'healthy';
  return state === 'unavailable' ? 'not-checked' : 'unhealthy';
}
