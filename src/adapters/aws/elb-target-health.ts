import type { Binding } from '../../domain/environment.js';
import type { TargetGroup } from '../../domain/health/targets.js';
import type { TargetHealth } from '../../ports/health-probes.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { AwsClients } from './clients.js';

/** `arn:...:targetgroup/<name>/<id>` */
function targetGroupName(arn: string): string {
  return arn.split('/')[1] ?? arn;
}

/** Target health by the Elastic Load Balancing API. */
export class ElbTargetHealth implements TargetHealth {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  targets(binding: Binding, targetGroupArns: readonly string[]): Promise<readonly TargetGroup[]> {
    return Promise.all(targetGroupArns.map((arn) => this.#targetGroup(binding, arn)));
  }

  async #targetGroup(binding: Binding, TargetGroupArn: string): Promise<TargetGroup> {
    const name = targetGroupName(TargetGroupArn);
    try {
      const { DescribeTargetHealthCommand } = await import('./sdk/elastic-load-balancing.js');
      const client = await this.#clients.loadBalancing(binding);
      const { TargetHealthDescriptions = [] } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
      const targets = TargetHealthDescriptions.map(({ Target, TargetHealth: health }) => ({
        id: Target?.Id ?? '?',
        state: health?.State ?? 'unknown',
        reason: [health?.Reason, health?.Description].filter((part) => part !== undefined).join(': '),
      }));
      return { name, targets };
    } catch (error) {
      if (isAwsError(error, 'TargetGroupNotFoundException', 'TargetGroupNotFound')) return { name, targets: null };
      throw awsFailure(error, 'elasticloadbalancing:DescribeTargetHealth', TargetGroupArn);
    }
  }
}
