import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  KMSClient,
  ReplicateKeyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readKms } from '../../../../src/adapters/aws/facts/kms.js';
import { factsWhereDenied, operationOf } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted, type ReadFacts } from '../../../support/fact-reading.js';

const ACCOUNT = 'arn:aws:kms:us-east-1:123456789012:';
const keyArn = (id: string) => `${ACCOUNT}key/${id}`;
const ROLE = 'arn:aws:iam::123456789012:role/app';
const POLICY = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*', Resource: '*' },
  ],
};

describe('keys, read from KMS', () => {
  let aws: EmulatedAws;
  let kms: KMSClient;
  const keys = { app: '', shared: '', bare: '', replica: '' };

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    kms = new KMSClient();
    const make = async (input: CreateKeyCommandInput) =>
      (await kms.send(new CreateKeyCommand({ Policy: JSON.stringify(POLICY), ...input }))).KeyMetadata?.KeyId ?? '';
    const alias = (name: string, TargetKeyId: string) =>
      kms.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId }));
    keys.app = await make({});
    keys.shared = await make({});
    keys.bare = await make({});
    await alias('app', keys.app);
    await alias('one', keys.shared);
    await alias('two', keys.shared);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: keys.bare, PendingWindowInDays: 7 }));
    await kms.send(
      new CreateGrantCommand({
        KeyId: keys.app,
        Name: 'worker',
        GranteePrincipal: ROLE,
        Operations: ['Decrypt', 'GenerateDataKey'],
        Constraints: { EncryptionContextSubset: { table: 'orders' } },
      }),
    );
  });

  afterAll(async () => {
    kms.destroy();
    await aws.stop();
  });

  const key = (id: string, name: string | undefined) => ({
    id: keyArn(id),
    type: 'aws_kms_key',
    name,
    aliases: [id],
    tags: undefined,
    partOf: undefined,
  });
  const others = (read: ReadFacts) => everyPolicy(read).filter(({ holder }) => holder !== keyArn(keys.app));

  it('have the name of their only alias, and are there while they wait for their deletion', async () => {
    const read = await factsBy(readKms, () => false);
    expect(noted(read, keyArn(keys.app))).toEqual([key(keys.app, 'alias/app')]);
    expect(noted(read, keyArn(keys.shared))).toEqual([key(keys.shared, undefined)]);
    expect(noted(read, keyArn(keys.bare))).toEqual([key(keys.bare, undefined)]);
    expect(noted(read, `${ACCOUNT}alias/app`)).toEqual([
      expect.objectContaining({ type: 'aws_kms_alias', name: 'alias/app', aliases: ['alias/app'] }),
    ]);
    expect(everyRelation(read)).toEqual(
      [
        `key-alias: ${ACCOUNT}alias/app -> ${keyArn(keys.app)}: TargetKeyId`,
        `key-alias: ${ACCOUNT}alias/one -> ${keyArn(keys.shared)}: TargetKeyId`,
        `key-alias: ${ACCOUNT}alias/two -> ${keyArn(keys.shared)}: TargetKeyId`,
      ].sort(),
    );
    expect(read.facts.policies).toEqual([]);
    expect(listedTypes(read)).toContain('aws_kms_key in us-east-1');
    expect(listedTypes(read)).toContain('aws_kms_alias in us-east-1');
  });

  it('have their policies, and their grants as the statements they amount to', async () => {
    const read = await factsBy(readKms, ({ name }) => name === 'alias/app');
    expect(everyPolicy(read)).toEqual([
      {
        kind: 'grant',
        holder: keyArn(keys.app),
        name: 'grant "worker"',
        document: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: ROLE },
              Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
              Resource: keyArn(keys.app),
              Condition: { StringEquals: { 'kms:EncryptionContext:table': 'orders' } },
            },
          ],
        },
      },
      { kind: 'resource', holder: keyArn(keys.app), name: 'key policy', document: POLICY },
    ]);
    expect(read.unread).toEqual([]);
  });

  it('that replicate one of another region are under its key material', async () => {
    const europe = new KMSClient({ region: 'eu-west-1' });
    const made = await europe.send(new CreateKeyCommand({ MultiRegion: true }));
    const KeyId = made.KeyMetadata?.KeyId ?? '';
    await europe.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: 'us-east-1' }));
    europe.destroy();
    const read = await factsBy(readKms, ({ id }) => id === keyArn(KeyId));
    expect(everyRelation(read).filter((line) => !line.startsWith('key-alias'))).toEqual([
      `encrypted-with: ${keyArn(KeyId)} -> arn:aws:kms:eu-west-1:123456789012:key/${KeyId}: MultiRegionConfiguration`,
    ]);
  });

  it.each(['GetKeyPolicy', 'ListGrants'])('leave a gap and tell the rest when %s is denied', async (operation) => {
    const complete = await factsBy(readKms);
    const read = await factsWhereDenied(
      aws,
      readKms,
      (request) => operationOf(request) === operation && request.body.includes(keys.app),
    );
    expect(gaps(read)).toEqual([`kms:${operation} on ${keyArn(keys.app)}: policies`]);
    expect(others(read)).toEqual(others(complete));
    expect(everyPolicy(read)).toHaveLength(everyPolicy(complete).length - 1);
  });

  it.each([
    ['ListKeys', 'kms:ListKeys on all keys: existence, policies, encryption'],
    ['ListAliases', 'kms:ListAliases on all aliases of keys: existence, encryption'],
  ])('are not known to be missing when %s is denied', async (operation, gap) => {
    const read = await factsWhereDenied(aws, readKms, (request) => operationOf(request) === operation);
    expect(gaps(read)).toEqual([gap]);
    expect(listedTypes(read).includes('aws_kms_key in us-east-1')).toBe(operation !== 'ListKeys');
    expect(listedTypes(read).includes('aws_kms_alias in us-east-1')).toBe(operation !== 'ListAliases');
  });

  it("are AWS's own where an alias of AWS leads to them, over all pages, as AWS answers", async () => {
    const own = '1111aaaa-0000-4000-8000-000000000001';
    const theirs = '2222bbbb-0000-4000-8000-000000000002';
    const answers: Record<string, Record<string, object>> = {
      ListKeys: {
        first: { Keys: [{ KeyId: theirs, KeyArn: keyArn(theirs) }], Truncated: true, NextMarker: 'second' },
        second: { Keys: [{ KeyId: own, KeyArn: keyArn(own) }], Truncated: false },
      },
      ListAliases: {
        first: { Aliases: [{ AliasName: 'alias/aws/sns' }], Truncated: true, NextMarker: 'second' },
        second: {
          Aliases: [{ AliasName: 'alias/aws/ebs', AliasArn: `${ACCOUNT}alias/aws/ebs`, TargetKeyId: theirs }],
          Truncated: false,
        },
      },
      ListGrants: {
        first: {
          Grants: [
            {
              GrantId: 'abc',
              GranteePrincipal: 'dynamodb.us-east-1.amazonaws.com',
              RetiringPrincipal: ROLE,
              Operations: ['Encrypt'],
              Constraints: { SourceArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders' },
            },
          ],
          Truncated: false,
        },
      },
      GetKeyPolicy: { first: { Policy: JSON.stringify(POLICY) } },
    };
    const read = await factsOfRecorded(readKms, (request) => {
      const { Marker = 'first' } = JSON.parse(request.body) as { Marker?: string };
      return { status: 200, body: JSON.stringify(answers[operationOf(request) ?? '']?.[Marker]) };
    });
    expect(noted(read, keyArn(theirs))).toEqual([{ ...key(theirs, undefined), awsManaged: true }]);
    expect(noted(read, keyArn(own))).toEqual([key(own, undefined)]);
    expect(idsOf(read, 'aws_kms_alias')).toEqual([]);
    expect(everyPolicy(read).map(({ holder, name }) => `${name} of ${holder}`)).toEqual([
      `grant "abc" of ${keyArn(own)}`,
      `key policy of ${keyArn(own)}`,
    ]);
    expect(everyPolicy(read)[0]?.document).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'dynamodb.us-east-1.amazonaws.com' },
          Action: ['kms:Encrypt'],
          Resource: keyArn(own),
          Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:dynamodb:us-east-1:123456789012:table/orders' } },
        },
        { Effect: 'Allow', Principal: { AWS: ROLE }, Action: ['kms:RetireGrant'], Resource: keyArn(own) },
      ],
    });
    expect(read.unread).toEqual([]);
  });
});
