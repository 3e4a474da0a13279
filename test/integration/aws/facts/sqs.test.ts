import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSqs } from '../../../../src/adapters/aws/facts/sqs.js';
import { factsWhereDenied, operationOf } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted } from '../../../support/fact-reading.js';

const arn = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const key = (id: string) => `arn:aws:kms:us-east-1:123456789012:${id}`;
const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*' }],
};

describe('queues, read from SQS', () => {
  let aws: EmulatedAws;
  const urls: Record<string, string> = {};

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const sqs = new SQSClient();
    const queue = async (QueueName: string, Attributes: Record<string, string>) => {
      const made = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
      urls[QueueName] = made.QueueUrl ?? '';
    };
    await queue('letters', { KmsMasterKeyId: 'alias/aws/sqs' });
    await queue('orders', {
      Policy: JSON.stringify(POLICY),
      KmsMasterKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('letters'), maxReceiveCount: 3 }),
    });
    await queue('other', { Policy: JSON.stringify(POLICY) });
    sqs.destroy();
  });

  afterAll(() => aws.stop());

  it('have their URLs, policies, keys and redrive policies', async () => {
    const read = await factsBy(readSqs, ({ name }) => name !== 'other');
    expect(noted(read, arn('orders'))).toEqual([
      {
        id: arn('orders'),
        type: 'aws_sqs_queue',
        name: 'orders',
        aliases: [urls['orders']],
        tags: undefined,
        partOf: undefined,
      },
    ]);
    expect(everyPolicy(read)).toEqual([
      { kind: 'resource', holder: arn('orders'), name: 'queue policy', document: POLICY },
    ]);
    expect(everyRelation(read)).toEqual([
      `encrypted-with: ${arn('letters')} -> ${key('alias/aws/sqs')}: KmsMasterKeyId`,
      `encrypted-with: ${arn('orders')} -> ${key('key/1234abcd-12ab-34cd-56ef-1234567890ab')}: KmsMasterKeyId`,
      `redrive: ${arn('orders')} -> ${arn('letters')}: RedrivePolicy.deadLetterTargetArn`,
    ]);
    expect(idsOf(read, 'aws_sqs_queue')).toEqual([arn('letters'), arn('orders'), arn('other')]);
    expect(listedTypes(read)).toEqual(['aws_sqs_queue in us-east-1']);
    expect(read.unread).toEqual([]);
  });

  it('are still there when their attributes may not be read', async () => {
    const read = await factsWhereDenied(aws, readSqs, (request) => request.body.includes('/orders'));
    expect(gaps(read)).toEqual(['sqs:GetQueueAttributes on orders: policies, encryption, data-flow']);
    expect(read.unread[0]?.reason).toContain('AWS denied sqs:GetQueueAttributes on orders');
    expect(everyRelation(read)).toContain(
      `encrypted-with: ${arn('letters')} -> ${key('alias/aws/sqs')}: KmsMasterKeyId`,
    );
    expect(idsOf(read, 'aws_sqs_queue')).toHaveLength(3);
  });

  it('are not known to be missing when they may not be listed', async () => {
    const read = await factsWhereDenied(aws, readSqs, (request) => operationOf(request) === 'ListQueues');
    expect(gaps(read)).toEqual(['sqs:ListQueues on all queues: existence, policies, encryption, data-flow']);
    expect(listedTypes(read)).toEqual([]);
  });

  it('are read over all pages, with whom they take undelivered messages from, as AWS answers', async () => {
    const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
    const pages: Record<string, object> = {
      first: { QueueUrls: [url('one')], NextToken: 'second' },
      second: { QueueUrls: [], NextToken: 'third' },
      third: { QueueUrls: [url('two')] },
    };
    const RedriveAllowPolicy = JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [arn('two')] });
    const read = await factsOfRecorded(readSqs, (request) => {
      const { NextToken = 'first', QueueUrl } = JSON.parse(request.body) as { NextToken?: string; QueueUrl?: string };
      const attributes = { Attributes: QueueUrl === url('one') ? { RedriveAllowPolicy } : {} };
      return {
        status: 200,
        body: JSON.stringify(operationOf(request) === 'ListQueues' ? pages[NextToken] : attributes),
      };
    });
    expect(idsOf(read, 'aws_sqs_queue')).toEqual([arn('one'), arn('two')]);
    expect(everyRelation(read)).toEqual([
      `redrive: ${arn('one')} -> ${arn('two')}: RedriveAllowPolicy.sourceQueueArns`,
    ]);
    expect(read.unread).toEqual([]);
  });
});
