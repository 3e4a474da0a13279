import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSecretsManager } from '../../../../src/adapters/aws/facts/secrets-manager.js';
import { factsWhereDenied, operationOf } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted } from '../../../support/fact-reading.js';

const SECRETS = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:';
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:role/app' },
      Action: 'secretsmanager:GetSecretValue',
      Resource: '*',
    },
  ],
};

describe('secrets, read from Secrets Manager', () => {
  let aws: EmulatedAws;
  const arns = { app: '', other: '', gone: '' };

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const client = new SecretsManagerClient();
    const make = async (Name: string, more: { KmsKeyId?: string; Tags?: { Key: string; Value: string }[] }) =>
      (await client.send(new CreateSecretCommand({ Name, SecretString: 'hidden', ...more }))).ARN ?? '';
    arns.app = await make('app', { KmsKeyId: KEY, Tags: [{ Key: 'Environment', Value: 'staging' }] });
    arns.other = await make('other', {});
    arns.gone = await make('gone', {});
    for (const SecretId of [arns.app, arns.other])
      await client.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: JSON.stringify(POLICY) }));
    await client.send(new DeleteSecretCommand({ SecretId: arns.gone, RecoveryWindowInDays: 7 }));
    client.destroy();
  });

  afterAll(() => aws.stop());

  it('have their tags, keys and policies, and are gone once their deletion is scheduled', async () => {
    const read = await factsBy(readSecretsManager, ({ tags }) => tags?.['Environment'] === 'staging');
    expect(noted(read, arns.app)).toEqual([
      {
        id: arns.app,
        type: 'aws_secretsmanager_secret',
        name: 'app',
        aliases: [],
        tags: { Environment: 'staging' },
        partOf: undefined,
      },
    ]);
    expect(everyPolicy(read)).toEqual([
      { kind: 'resource', holder: arns.app, name: 'secret policy', document: POLICY },
    ]);
    expect(everyRelation(read)).toEqual([`encrypted-with: ${arns.app} -> ${KEY}: KmsKeyId`]);
    expect(idsOf(read, 'aws_secretsmanager_secret')).toEqual([arns.app, arns.other].sort());
    expect(listedTypes(read)).toEqual(['aws_secretsmanager_secret in us-east-1']);
    expect(JSON.stringify(read)).not.toContain('hidden');
    expect(read.unread).toEqual([]);
  });

  it('leave a gap and tell the rest when a policy may not be read', async () => {
    const read = await factsWhereDenied(
      aws,
      readSecretsManager,
      (request) => operationOf(request) === 'GetResourcePolicy' && request.body.includes(arns.app),
    );
    expect(gaps(read)).toEqual([`secretsmanager:GetResourcePolicy on ${arns.app}: policies`]);
    expect(everyPolicy(read).map(({ holder }) => holder)).toEqual([arns.other]);
  });

  it('are not known to be missing when they may not be listed', async () => {
    const read = await factsWhereDenied(aws, readSecretsManager, () => true);
    expect(gaps(read)).toEqual([
      'secretsmanager:ListSecrets on all secrets: existence, policies, encryption, data-flow, tags',
    ]);
    expect(listedTypes(read)).toEqual([]);
  });

  it('are tied to their primaries and to what rotates them, over all pages, as AWS answers', async () => {
    const rotation = 'arn:aws:lambda:us-east-1:123456789012:function:rotate';
    const pages: Record<string, object> = {
      first: { SecretList: [{ ARN: `${SECRETS}rotated-a1b2c3`, RotationLambdaARN: rotation }], NextToken: 'second' },
      second: {
        SecretList: [
          { ARN: `${SECRETS}copied-d4e5f6`, PrimaryRegion: 'eu-west-1' },
          { ARN: `${SECRETS}original-g7h8i9`, PrimaryRegion: 'us-east-1' },
        ],
      },
    };
    const read = await factsOfRecorded(readSecretsManager, (request) => {
      const { NextToken = 'first' } = JSON.parse(request.body) as { NextToken?: string };
      return { status: 200, body: JSON.stringify(operationOf(request) === 'ListSecrets' ? pages[NextToken] : {}) };
    });
    const primary = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:copied-d4e5f6';
    expect(everyRelation(read)).toEqual([
      `replication: ${primary} -> ${SECRETS}copied-d4e5f6: PrimaryRegion`,
      `secret: ${rotation} -> ${SECRETS}rotated-a1b2c3: RotationLambdaARN`,
    ]);
    expect(noted(read, `${SECRETS}copied-d4e5f6`)[0]?.partOf).toBe(primary);
    expect(noted(read, `${SECRETS}original-g7h8i9`)[0]?.partOf).toBeUndefined();
    expect(read.unread).toEqual([]);
  });
});
