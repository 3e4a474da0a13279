import { describe, expect, it } from '@jest/globals';
import { alarmsNamedIn } from '../../../../src/adapters/aws/facts/cloudwatch/alarm-rule.js';
import { identifierWatched } from '../../../../src/adapters/aws/facts/cloudwatch/dimensions.js';

const PLACE = { partition: 'aws-cn', region: 'cn-north-1', accountId: '111122223333' };

describe('what a dimension of a metric is about', () => {
  it.each([
    [
      'AWS/ApplicationELB',
      'LoadBalancer',
      'app/x/1',
      'elasticloadbalancing:cn-north-1:111122223333:loadbalancer/app/x/1',
    ],
    [
      'AWS/NetworkELB',
      'TargetGroup',
      'targetgroup/x/1',
      'elasticloadbalancing:cn-north-1:111122223333:targetgroup/x/1',
    ],
    ['AWS/DynamoDB', 'TableName', 'x', 'dynamodb:cn-north-1:111122223333:table/x'],
    ['AWS/Events', 'RuleName', 'x', 'events:cn-north-1:111122223333:rule/x'],
    ['AWS/KMS', 'KeyId', 'x', 'kms:cn-north-1:111122223333:key/x'],
    ['AWS/Lambda', 'FunctionName', 'x', 'lambda:cn-north-1:111122223333:function:x'],
    ['AWS/Logs', 'LogGroupName', '/x', 'logs:cn-north-1:111122223333:log-group:/x'],
    ['AWS/Route53', 'HostedZoneId', 'Z1', 'route53:::hostedzone/Z1'],
    ['AWS/S3', 'BucketName', 'x', 's3:::x'],
    ['AWS/SNS', 'TopicName', 'x', 'sns:cn-north-1:111122223333:x'],
    ['AWS/SQS', 'QueueName', 'x', 'sqs:cn-north-1:111122223333:x'],
  ])('is told by %s %s', (namespace, Name, Value, expected) => {
    expect(identifierWatched(namespace, { Name, Value }, PLACE)).toBe(`arn:aws-cn:${expected}`);
  });

  it.each([
    ['AWS/EC2', 'InstanceId', 'i-0123456789abcdef0'],
    ['AWS/AutoScaling', 'AutoScalingGroupName', 'app'],
    ['AWS/SQS', 'Unheard', 'x'],
    ['Application', 'QueueName', 'x'],
    ['AWS/CertificateManager', 'CertificateArn', 'arn:aws:acm:us-east-1:111122223333:certificate/x'],
    ['AWS/SNS', 'TopicName', 'arn:aws:sns:us-east-1:111122223333:x'],
  ])('is the bare value of %s %s', (namespace, Name, Value) => {
    expect(identifierWatched(namespace, { Name, Value }, PLACE)).toBe(Value);
  });
});

describe('the alarms that a composite alarm depends on', () => {
  it.each([
    ['ALARM("a b")', ['a b']],
    ['ALARM(a) OR OK(b) AND NOT INSUFFICIENT_DATA ( "c" )', ['a', 'b', 'c']],
    ['ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:a)', ['arn:aws:cloudwatch:us-east-1:111122223333:alarm:a']],
    ['(ALARM("a") AND ALARM(a))', ['a']],
    ['TRUE', []],
    ['AT_LEAST(50%, NOT OK, (a, "b c")) AND AT_LEAST(2, ALARM, ("OK", d))', ['a', 'b c', 'OK', 'd']],
    ['FALSE OR NOT(ALARM(a))', ['a']],
    ['', []],
  ])('are all in %j', (rule, expected) => {
    expect([...alarmsNamedIn(rule)]).toEqual(expected);
  });
});
