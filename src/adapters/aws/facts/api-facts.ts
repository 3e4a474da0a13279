import type { Facts, Unread } from '../../../domain/separation/facts.js';
import type { AwsFacts, Focus, Vantage } from '../../../ports/aws-facts.js';
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

/** What is read in each region. */
const REGIONAL: readonly ServiceReader[] = [
  readEc2,
  readElasticLoadBalancing,
  readAcm,
  readAutoScaling,
  readSqs,
  readSns,
  readKms,
  readSecretsManager,
  readDynamoDb,
  readCloudWatch,
  readCloudWatchLogs,
  readEventBridge,
  readScheduler,
  readLambda,
];

/** What is the same in every region, and read from one. */
const GLOBAL: readonly ServiceReader[] = [readRoute53, readIam, readS3];

/** Live facts by each service's own API, all services at once. */
export class ApiFacts implements AwsFacts {
  async read(
    vantage: Vantage,
    focus: Promise<Focus>,
  ): Promise<{ readonly facts: Facts; readonly unread: readonly Unread[] }> {
    const readers = vantage.global ? [...REGIONAL, ...GLOBAL] : REGIONAL;
    const results = await Promise.all(
      readers.map(async (read) => {
        const reading = await Reading.start(vantage, focus);
        await read(reading);
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
}
