import type { InstanceStatus } from '@aws-sdk/client-ec2';
import type { Binding } from '../../domain/environment.js';
import type { InstanceCondition } from '../../domain/health/instances.js';
import type { InstanceConditions } from '../../ports/health-probes.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import { batches } from './batches.js';
import type { AwsClients } from './clients.js';

/**
 * As many instances as one call is asked for by id.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html
 */
const IDS_A_CALL = 100;

/** The status of instances by EC2's status checks. */
export class Ec2InstanceConditions implements InstanceConditions {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async instances(binding: Binding, ids: readonly string[]): Promise<readonly InstanceCondition[]> {
    const found = await Promise.all(batches(ids, IDS_A_CALL).map((batch) => this.#batch(binding, batch)));
    return found.flat();
  }

  /** One id that is not there fails the whole call: then each is asked for by itself. */
  async #batch(binding: Binding, ids: readonly string[]): Promise<readonly InstanceCondition[]> {
    try {
      const { DescribeInstanceStatusCommand } = await import('./sdk/ec2.js');
      const client = await this.#clients.ec2(binding);
      const { InstanceStatuses = [] } = await client.send(
        new DescribeInstanceStatusCommand({ InstanceIds: [...ids], IncludeAllInstances: true }),
      );
      return InstanceStatuses.map(conditionOf);
    } catch (error) {
      if (isAwsError(error, 'InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed')) {
        if (ids.length === 1) return [];
        return (await Promise.all(ids.map((id) => this.#batch(binding, [id])))).flat();
      }
      throw awsFailure(error, 'ec2:DescribeInstanceStatus', ids.join(', '));
    }
  }
}

function conditionOf(status: InstanceStatus): InstanceCondition {
  const checks: readonly (readonly [string, string | undefined])[] = [
    ['system', status.SystemStatus?.Status],
    ['instance', status.InstanceStatus?.Status],
    ['attached EBS', status.AttachedEbsStatus?.Status],
  ];
  return {
    id: status.InstanceId ?? '',
    state: status.InstanceState?.Name ?? 'unknown',
    checks: Object.fromEntries(checks.flatMap(([name, found]) => (found === undefined ? [] : [[name, found]]))),
    events: (status.Events ?? []).map(({ Code, Description = '', NotBefore }) => ({
      code: Code ?? 'an event',
      description: Description,
      notBefore: NotBefore?.toISOString() ?? null,
    })),
  };
}
