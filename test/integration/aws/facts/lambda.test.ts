import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLambda } from '../../../../src/adapters/aws/facts/lambda.js';
import { factsWhereDenied } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted } from '../../../support/fact-reading.js';

const lambda = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const ROLE = 'arn:aws:iam::123456789012:role/worker';
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:app-a1b2c3';
const SUBNET = 'subnet-0123456789abcdef0';
const GROUP = 'sg-0123456789abcdef0';
const [FUNCTIONS, MAPPINGS] = ['/2015-03-31/functions', '/2015-03-31/event-source-mappings'];

describe('functions, read from Lambda', () => {
  let aws: EmulatedAws;
  let mapping = '';

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const [client, iam, sqs] = [new LambdaClient(), new IAMClient(), new SQSClient()];
    await iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify(TRUST) }));
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const make = (FunctionName: string, more: Partial<CreateFunctionCommandInput>) =>
      client.send(
        new CreateFunctionCommand({
          FunctionName,
          Role: ROLE,
          Runtime: 'nodejs20.x',
          Handler: 'index.handler',
          Code: { ZipFile: Buffer.from('PK') },
          ...more,
        }),
      );
    await make('worker', {
      VpcConfig: { SubnetIds: [SUBNET], SecurityGroupIds: [GROUP] },
      Environment: { Variables: { QUEUE: queue('orders'), SECRET, LEVEL: 'info' } },
    });
    await make('other', {});
    await client.send(
      new AddPermissionCommand({
        FunctionName: 'worker',
        StatementId: 'topic',
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
        SourceArn: 'arn:aws:sns:us-east-1:123456789012:orders',
      }),
    );
    const source = await client.send(
      new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: queue('orders') }),
    );
    mapping = `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${source.UUID}`;
    for (const each of [client, iam, sqs]) each.destroy();
  });

  afterAll(() => aws.stop());

  it('have their roles, networks, policies, variables and sources', async () => {
    const read = await factsBy(readLambda, ({ name }) => name === 'worker');
    const from = lambda('worker');
    expect(everyRelation(read)).toEqual([
      `event-source: ${from} -> ${queue('orders')} by ${mapping}: EventSourceArn`,
      `mentions: ${from} -> ${queue('orders')}: variable QUEUE`,
      `placed-in: ${from} -> ${GROUP}: VpcConfig.SecurityGroupIds`,
      `placed-in: ${from} -> ${SUBNET}: VpcConfig.SubnetIds`,
      `placed-in: ${from} -> vpc-123abc: VpcConfig.VpcId`,
      `secret: ${from} -> ${SECRET}: variable SECRET`,
      `service-role: ${lambda('other')} -> ${ROLE}: Role`,
      `service-role: ${from} -> ${ROLE}: Role`,
    ]);
    expect(everyPolicy(read)).toEqual([
      expect.objectContaining({
        kind: 'resource',
        holder: from,
        name: 'function policy',
        document: expect.objectContaining({
          Statement: [expect.objectContaining({ Sid: 'topic', Action: 'lambda:InvokeFunction', Resource: from })],
        }),
      }),
    ]);
    expect(noted(read, from)).toEqual([
      expect.objectContaining({ type: 'aws_lambda_function', name: 'worker', tags: undefined }),
    ]);
    expect(idsOf(read, 'aws_lambda_function')).toEqual([lambda('other'), from]);
    expect(listedTypes(read)).toEqual(['aws_lambda_function in us-east-1']);
    expect(read.unread).toEqual([]);
  });

  it.each([
    ['/policy', `lambda:GetPolicy on ${lambda('worker')}: policies`],
    ['/event-invoke-config/list', `lambda:ListFunctionEventInvokeConfigs on ${lambda('worker')}: data-flow`],
    [MAPPINGS, 'lambda:ListEventSourceMappings on all event source mappings: encryption, data-flow'],
  ])('leave a gap and tell the rest when %s is denied', async (path, gap) => {
    const read = await factsWhereDenied(aws, readLambda, ({ url }) => url.includes(path) && !url.includes('other'));
    expect(gaps(read)).toEqual([gap]);
    expect(listedTypes(read)).toEqual(['aws_lambda_function in us-east-1']);
    expect(everyRelation(read)).toContain(`secret: ${lambda('worker')} -> ${SECRET}: variable SECRET`);
  });

  it('are not known to be missing when they may not be listed', async () => {
    const read = await factsWhereDenied(
      aws,
      readLambda,
      ({ url }) => url.split('?')[0]?.endsWith('/functions') === true || url.endsWith('/functions/'),
    );
    expect(gaps(read)).toEqual([
      'lambda:ListFunctions on all functions: existence, network, policies, encryption, data-flow',
    ]);
    expect(listedTypes(read)).toEqual([]);
  });

  it('are read over all pages, with keys, destinations, layers, files, logs and hidden variables, which the emulator has not', async () => {
    const layer = 'arn:aws:lambda:us-east-1:123456789012:layer:tools:3';
    const files = 'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0';
    const one = {
      FunctionName: 'one',
      FunctionArn: lambda('one'),
      KMSKeyArn: KEY,
      DeadLetterConfig: { TargetArn: queue('failed') },
      Layers: [{ Arn: layer }],
    };
    const two = {
      FunctionName: 'two',
      FunctionArn: lambda('two'),
      FileSystemConfigs: [{ Arn: files, LocalMountPath: '/mnt/files' }],
      LoggingConfig: { LogGroup: '/app/functions' },
      Environment: { Error: { ErrorCode: 'AccessDeniedException', Message: 'kms:Decrypt is not allowed' } },
    };
    const source = {
      UUID: 'b0a1',
      FunctionArn: `${lambda('one')}:live`,
      EventSourceArn: queue('orders'),
      KMSKeyArn: KEY,
      DestinationConfig: { OnFailure: { Destination: queue('failed') } },
      SourceAccessConfigurations: [
        { Type: 'VPC_SUBNET', URI: `subnet:${SUBNET}` },
        { Type: 'SASL_SCRAM_512_AUTH', URI: SECRET },
      ],
    };
    const read = await factsOfRecorded(readLambda, ({ url }) => {
      const second = url.includes('Marker=more');
      if (url.includes('/policy')) return { status: 404, body: '{"__type":"ResourceNotFoundException"}' };
      if (url.includes('/event-invoke-config')) {
        const DestinationConfig = {
          OnSuccess: { Destination: queue('done') },
          OnFailure: { Destination: queue('undone') },
        };
        const FunctionEventInvokeConfigs = url.includes('two') ? [{ DestinationConfig }] : [];
        return { status: 200, body: JSON.stringify({ FunctionEventInvokeConfigs }) };
      }
      const page = url.startsWith(FUNCTIONS ?? '')
        ? { Functions: [second ? two : one] }
        : { EventSourceMappings: second ? [source] : [] };
      return { status: 200, body: JSON.stringify({ ...page, ...(second ? {} : { NextMarker: 'more' }) }) };
    });
    const through = 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:b0a1';
    const group = 'arn:aws:logs:us-east-1:123456789012:log-group:/app/functions';
    expect(everyRelation(read)).toEqual([
      `encrypted-with: ${lambda('one')} -> ${KEY}: KMSKeyArn`,
      `encrypted-with: ${lambda('one')} -> ${KEY}: KMSKeyArn of ${through}`,
      `event-source: ${lambda('one')} -> ${queue('orders')} by ${through}: EventSourceArn`,
      `event-target: ${lambda('two')} -> ${queue('done')}: OnSuccess.Destination`,
      `log-delivery: ${lambda('two')} -> ${group}: LoggingConfig.LogGroup`,
      `mentions: ${lambda('one')} -> ${layer}: Layers`,
      `mentions: ${lambda('two')} -> ${files}: FileSystemConfigs`,
      `redrive: ${lambda('one')} -> ${queue('failed')} by ${through}: DestinationConfig.OnFailure`,
      `redrive: ${lambda('one')} -> ${queue('failed')}: DeadLetterConfig.TargetArn`,
      `redrive: ${lambda('two')} -> ${queue('undone')}: OnFailure.Destination`,
      `secret: ${lambda('one')} -> ${SECRET} by ${through}: SourceAccessConfigurations`,
    ]);
    expect(gaps(read)).toEqual([`kms:Decrypt on the environment variables of ${lambda('two')}: encryption, data-flow`]);
    expect(read.unread[0]?.reason).toContain('AWS denied kms:Decrypt');
  });
});
