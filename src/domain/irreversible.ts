import { destroysObject, type Plan } from './plan.js';

/** What is lost with a resource of a type, whatever is deployed afterwards. */
const LOST: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html
  aws_s3_bucket: 'its objects; and others may take its name meanwhile',
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.Tutorial.html
  aws_dynamodb_table: 'its items, but for what point-in-time recovery can restore into another table for 35 days',
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
  aws_secretsmanager_secret: 'its values; its name is taken until its recovery window has passed',
  aws_secretsmanager_secret_version: 'this version of the secret',
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html
  aws_sqs_queue: 'its messages; its name cannot be used for 60 seconds after it is gone',
  // https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
  aws_kms_key: 'everything encrypted with it, once its waiting period (7 to 30 days) has passed',
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html
  aws_cloudwatch_log_group: 'its log events',
  aws_ebs_volume: 'what is on it',
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html
  aws_instance: 'what is on its disks and in its memory',
  // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-eips.html
  aws_eip: 'its public address',
  aws_nat_gateway: 'its open connections',
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-delete.html
  aws_lb: 'its DNS name and its open connections',
  aws_acm_certificate: 'the certificate; another has to be validated first',
};

/** A loss that no later deployment undoes. */
export interface Loss {
  readonly address: string;
  readonly lost: string;
}

/** What a plan deletes or replaces whose loss cannot be undone by deploying again. */
export function irreversibleLosses({ changes }: Pick<Plan, 'changes'>): readonly Loss[] {
  return changes.filter(destroysObject).flatMap(({ address, type }) => {
    const lost = LOST[type];
    return lost === undefined ? [] : [{ address, lost }];
  });
}
