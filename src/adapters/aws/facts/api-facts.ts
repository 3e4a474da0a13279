import { setImmediate } from 'node:timers/promises';
import type { Facts, Unread } from '../../../domain/separation/facts.js';
import type { AwsFacts, Focus, Vantage } from '../../../ports/aws-facts.js';
import type { ClientConfigurations } from '../client-configuration.js';
import { readAcm } from './acm.js';
import { readAutoScaling } from './auto-scaling.js';
import { readCloudWatch } from './cloudwatch.js';
import { readCloudWatchLogs } from './cloudwatch-logs.js';
import { readDynamoDb } from './dynamodb.js';
import { readEc2 } from './ec2.js';
import { readElasticLoadBalancing } from './elastic-load-balancing.js';
import { readEventBridge } from './eventbridge.js';
import { readIam } from './iam.js';
import { readKms } from './kms.js';
import { readLambda } from './lambda.js';
import { Reading, type ServiceReader } from './reading.js';
import { readRoute53 } from './route53.js';
import { readS3 } from './s3.js';
import { readScheduler } from './scheduler.js';
import { readSecretsManager } from './secrets-manager.js';
import { readSns } from './sns.js';
import { readSqs } from './sqs.js';

interface Service {
  readonly read: ServiceReader;
  /** Loads the client that reading takes. */
  readonly load: () => Promise<unknown>;
  /** Its answers are the same in every region, and are read from one. */
  readonly global?: true;
}

/**
 * In the order in which they are loaded and asked: first those that ask most, and those whose answers lead to most further
 * questions. AWS answers them while the others are loaded.
 */
const SERVICES: readonly Service[] = [
  { read: readEc2, load: () => import('../sdk/ec2.js') },
  { read: readElasticLoadBalancing, load: () => import('../sdk/elastic-load-balancing.js') },
  { read: readS3, load: () => import('../sdk/s3.js'), global: true },
  { read: readRoute53, load: () => import('../sdk/route53.js'), global: true },
  { read: readIam, load: () => import('../sdk/iam.js'), global: true },
  { read: readDynamoDb, load: () => import('../sdk/dynamodb.js') },
  { read: readSqs, load: () => import('../sdk/sqs.js') },
  { read: readCloudWatchLogs, load: () => import('../sdk/cloudwatch-logs.js') },
  { read: readKms, load: () => import('../sdk/kms.js') },
  { read: readSns, load: () => import('../sdk/sns.js') },
  { read: readSecretsManager, load: () => import('../sdk/secrets-manager.js') },
  { read: readEventBridge, load: () => import('../sdk/eventbridge.js') },
  { read: readScheduler, load: () => import('../sdk/scheduler.js') },
  { read: readAutoScaling, load: () => import('../sdk/auto-scaling.js') },
  { read: readCloudWatch, load: () => import('../sdk/cloudwatch.js') },
  { read: readAcm, load: () => import('../sdk/acm.js') },
  { read: readLambda, load: () => import('../sdk/lambda.js') },
];

/** Live facts by each service's own API, all services at once. */
export class ApiFacts implements AwsFacts {
  readonly #configurations: ClientConfigurations;
  #loaded: ReadonlyMap<Service, Promise<unknown>> | undefined;

  constructor(configurations: ClientConfigurations) {
    this.#configurations = configurations;
  }

  async prepare(): Promise<void> {
    await Promise.all(this.#load().values());
  }

  async read(
    vantage: Vantage,
    focus: Promise<Focus>,
  ): Promise<{ readonly facts: Facts; readonly unread: readonly Unread[] }> {
    const loaded = this.#load();
    const results = await Promise.all(
      SERVICES.filter(({ global }) => vantage.global || !global).map(async (service) => {
        await loaded.get(service);
        const reading = new Reading(vantage, focus, await this.#configurations.of(vantage));
        await service.read(reading);
        return reading.result();
      }),
    );
    return {
      facts: {
        resources: results.flatMap(({ facts }) => facts.resources),
        relations: results.flatMap(({ facts }) => facts.relations),
        policies: results.flatMap(({ facts }) => facts.policies),
        listedTypes: results.flatMap(({ facts }) => facts.listedTypes),
      },
      unread: results.flatMap(({ unread }) => unread),
    };
  }

  /**
   * Loading a client takes a moment in which nothing else is done. Each has a turn of the event loop, so that meanwhile
   * the questions of those before it are on their way.
   */
  #load(): ReadonlyMap<Service, Promise<unknown>> {
    if (this.#loaded !== undefined) return this.#loaded;
    const loaded = new Map<Service, Promise<unknown>>();
    let turn: Promise<unknown> = Promise.resolve();
    for (const service of SERVICES) {
      turn = turn.then(() => setImmediate()).then(service.load);
      loaded.set(service, turn);
    }
    this.#loaded = loaded;
    return loaded;
  }
}
