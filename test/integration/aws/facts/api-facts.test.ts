import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../../src/adapters/aws/client-configuration.js';
import { ApiFacts } from '../../../../src/adapters/aws/facts/api-facts.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { listedTypes, VANTAGE } from '../../../support/fact-reading.js';

describe('facts by the APIs of all services', () => {
  let aws: EmulatedAws;
  const focus = Promise.resolve({ concerns: () => true });

  beforeAll(async () => {
    aws = await EmulatedAws.start();
  });

  afterAll(() => aws.stop());

  it('ask the emulator nothing that it cannot answer, and list what there is of each kind', async () => {
    const read = await new ApiFacts(new ClientConfigurations()).read(VANTAGE, focus);
    expect(read.unread).toEqual([]);
    expect(listedTypes(read)).toEqual(
      expect.arrayContaining([
        'aws_cloudwatch_event_rule in us-east-1',
        'aws_cloudwatch_log_group in us-east-1',
        'aws_cloudwatch_metric_alarm in us-east-1',
        'aws_dynamodb_table in us-east-1',
        'aws_iam_role in global',
        'aws_kms_key in us-east-1',
        'aws_lambda_function in us-east-1',
        'aws_s3_bucket in global',
        'aws_scheduler_schedule in us-east-1',
        'aws_secretsmanager_secret in us-east-1',
        'aws_sns_topic in us-east-1',
        'aws_sqs_queue in us-east-1',
        'aws_vpc in us-east-1',
      ]),
    );
  });

  it('leave what is the same in every region to the one vantage that it is read from', async () => {
    const { facts } = await new ApiFacts(new ClientConfigurations()).read(
      { ...VANTAGE, region: 'eu-west-1', global: false },
      focus,
    );
    expect(new Set(facts.listedTypes.map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
  });
});
