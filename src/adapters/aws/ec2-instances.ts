import type { Instance } from '@aws-sdk/client-ec2';
import type { Binding } from '../../domain/environment.js';
import type { InstanceState, LiveInstance } from '../../domain/off-hours/instances.js';
import type { Instances } from '../../ports/instances.js';
import { awsFailure } from './aws-failure.js';
import { batches } from './batches.js';
import type { AwsClients } from './clients.js';
import { tagsOf } from './facts/reading.js';

/** Values that a filter may have. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
const IDS_A_CALL = 200;

/** Instances by EC2's API. */
export class Ec2Instances implements Instances {
  constructor(private readonly clients: Pick<AwsClients, 'ec2'>) {}

  async describe(binding: Binding, ids: readonly string[]): Promise<readonly LiveInstance[]> {
    const { paginateDescribeInstances } = await import('./sdk/ec2.js');
    const client = await this.clients.ec2(binding);
    const found: LiveInstance[] = [];
    try {
      // By a filter: asked by its id, one that is gone would fail the question about the others.
      for (const some of batches(ids, IDS_A_CALL)) {
        const Filters = [{ Name: 'instance-id', Values: [...some] }];
        for await (const { Reservations = [] } of paginateDescribeInstances({ client }, { Filters }))
          for (const { Instances: instances = [] } of Reservations) found.push(...instances.map(liveInstance));
      }
    } catch (error) {
      throw awsFailure(error, 'ec2:DescribeInstances', ids.join(', '));
    }
    return found;
  }

  async stop(binding: Binding, id: string): Promise<void> {
    const { StopInstancesCommand } = await import('./sdk/ec2.js');
    const client = await this.clients.ec2(binding);
    await client.send(new StopInstancesCommand({ InstanceIds: [id] })).catch((error) => {
      throw awsFailure(error, 'ec2:StopInstances', id);
    });
  }

  async start(binding: Binding, id: string): Promise<void> {
    const { StartInstancesCommand } = await import('./sdk/ec2.js');
    const client = await this.clients.ec2(binding);
    await client.send(new StartInstancesCommand({ InstanceIds: [id] })).catch((error) => {
      throw awsFailure(error, 'ec2:StartInstances', id);
    });
  }
}

function liveInstance({ InstanceId: id = '', State, StateReason, Tags }: Instance): LiveInstance {
  return {
    id,
    state: (State?.Name ?? 'pending') as InstanceState,
    reason: StateReason?.Message,
    tags: tagsOf(Tags),
  };
}
