import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Binding } from '../../domain/environment.js';
import type { ClientConfigurations } from './client-configuration.js';

/** Whose state is reached: an environment's, or one that is kept elsewhere. */
type StateOwner = Pick<Binding, 'backend'>;

/** The clients that several adapters share, one of a kind for each region and role; loaded when first asked for. */
export class AwsClients {
  readonly #configurations: ClientConfigurations;
  readonly #s3 = new Map<string, Promise<S3Client>>();
  readonly #ec2 = new Map<string, Promise<EC2Client>>();
  readonly #dynamodb = new Map<string, Promise<DynamoDBClient>>();
  readonly #cloudWatch = new Map<string, Promise<CloudWatchClient>>();
  readonly #loadBalancing = new Map<string, Promise<ElasticLoadBalancingV2Client>>();
  readonly #sqs = new Map<string, Promise<SQSClient>>();

  constructor(configurations: ClientConfigurations) {
    this.#configurations = configurations;
  }

  /** S3 in the region of the state bucket. */
  s3(owner: StateOwner): Promise<S3Client> {
    return once(this.#s3, stateAccess(owner), async (access) => {
      const { S3Client } = await import('./sdk/s3.js');
      return new S3Client(await this.#configurations.of(access));
    });
  }

  /** EC2 in the region of the environment. */
  ec2(binding: Binding): Promise<EC2Client> {
    return once(this.#ec2, binding, async (access) => {
      const { EC2Client } = await import('./sdk/ec2.js');
      return new EC2Client(await this.#configurations.of(access));
    });
  }

  /** DynamoDB in the region of the lock table. */
  dynamodb(owner: StateOwner): Promise<DynamoDBClient> {
    return once(this.#dynamodb, stateAccess(owner), async (access) => {
      const { DynamoDBClient } = await import('./sdk/dynamodb.js');
      return new DynamoDBClient(await this.#configurations.of(access));
    });
  }

  /** CloudWatch in the region of the environment. */
  cloudWatch(binding: Binding): Promise<CloudWatchClient> {
    return once(this.#cloudWatch, binding, async (access) => {
      const { CloudWatchClient } = await import('./sdk/cloudwatch.js');
      return new CloudWatchClient(await this.#configurations.of(access));
    });
  }

  /** Elastic Load Balancing in the region of the environment. */
  loadBalancing(binding: Binding): Promise<ElasticLoadBalancingV2Client> {
    return once(this.#loadBalancing, binding, async (access) => {
      const { ElasticLoadBalancingV2Client } = await import('./sdk/elastic-load-balancing.js');
      return new ElasticLoadBalancingV2Client(await this.#configurations.of(access));
    });
  }

  /** SQS in the region of the environment: queues are asked there, wherever their URLs lead. */
  sqs(binding: Binding): Promise<SQSClient> {
    return once(this.#sqs, binding, async (access) => {
      const { SQSClient } = await import('./sdk/sqs.js');
      return new SQSClient({ ...(await this.#configurations.of(access)), useQueueUrlAsEndpoint: false });
    });
  }
}

/** Where a client looks and as whom. */
type Access = Pick<Binding, 'region' | 'roleArn'>;

/** The state is reached as Terraform's backend reaches it: by the backend's own role, or none. */
function stateAccess({ backend }: StateOwner): Access {
  return { region: backend.region, roleArn: backend.roleArn };
}

function once<T>(
  made: Map<string, Promise<T>>,
  { region, roleArn }: Access,
  make: (access: Access) => Promise<T>,
): Promise<T> {
  const key = `${region} ${roleArn ?? ''}`;
  const known = made.get(key) ?? make({ region, roleArn });
  made.set(key, known);
  return known;
}
