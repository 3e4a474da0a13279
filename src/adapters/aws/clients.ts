import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Binding } from '../../domain/environment.js';
import { clientConfiguration } from './client-configuration.js';

/** The clients that several adapters share, one of a kind for each environment; loaded when first asked for. */
export class AwsClients {
  readonly #s3 = new Map<string, Promise<S3Client>>();
  readonly #ec2 = new Map<string, Promise<EC2Client>>();
  readonly #dynamodb = new Map<string, Promise<DynamoDBClient>>();
  readonly #cloudWatch = new Map<string, Promise<CloudWatchClient>>();
  readonly #loadBalancing = new Map<string, Promise<ElasticLoadBalancingV2Client>>();
  readonly #sqs = new Map<string, Promise<SQSClient>>();

  /** S3 in the region of the state bucket. */
  s3(binding: Binding): Promise<S3Client> {
    return once(this.#s3, binding.name, async () => {
      const { S3Client } = await import('./sdk/s3.js');
      return new S3Client(await clientConfiguration(stateAccess(binding), binding.backend.region));
    });
  }

  /** EC2 in the region of the environment. */
  ec2(binding: Binding): Promise<EC2Client> {
    return once(this.#ec2, binding.name, async () => {
      const { EC2Client } = await import('./sdk/ec2.js');
      return new EC2Client(await clientConfiguration(binding));
    });
  }

  /** DynamoDB in the region of the lock table. */
  dynamodb(binding: Binding): Promise<DynamoDBClient> {
    return once(this.#dynamodb, binding.name, async () => {
      const { DynamoDBClient } = await import('./sdk/dynamodb.js');
      return new DynamoDBClient(await clientConfiguration(stateAccess(binding), binding.backend.region));
    });
  }

  /** CloudWatch in the region of the environment. */
  cloudWatch(binding: Binding): Promise<CloudWatchClient> {
    return once(this.#cloudWatch, binding.name, async () => {
      const { CloudWatchClient } = await import('./sdk/cloudwatch.js');
      return new CloudWatchClient(await clientConfiguration(binding));
    });
  }

  /** Elastic Load Balancing in the region of the environment. */
  loadBalancing(binding: Binding): Promise<ElasticLoadBalancingV2Client> {
    return once(this.#loadBalancing, binding.name, async () => {
      const { ElasticLoadBalancingV2Client } = await import('./sdk/elastic-load-balancing.js');
      return new ElasticLoadBalancingV2Client(await clientConfiguration(binding));
    });
  }

  /** SQS in the region of the environment: queues are asked there, wherever their URLs lead. */
  sqs(binding: Binding): Promise<SQSClient> {
    return once(this.#sqs, binding.name, async () => {
      const { SQSClient } = await import('./sdk/sqs.js');
      return new SQSClient({ ...(await clientConfiguration(binding)), useQueueUrlAsEndpoint: false });
    });
  }
}

/** The state is reached as Terraform's backend reaches it: by the backend's own role, or none. */
function stateAccess({ backend }: Binding): Pick<Binding, 'region' | 'roleArn'> {
  return { region: backend.region, roleArn: backend.roleArn };
}

function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}
