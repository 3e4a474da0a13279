import {
  CreateTableCommand,
  DeleteTableCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { CreatePolicyCommand, DeletePolicyCommand } from '@aws-sdk/client-iam';
import { CreateAliasCommand, DeleteAliasCommand } from '@aws-sdk/client-kms';
import { CreateQueueCommand, DeleteQueueCommand, TagQueueCommand } from '@aws-sdk/client-sqs';
import type { Sabotage } from './sabotage.js';
import type { Environment, World } from './world.js';

/** Gives a table another tag, and back. */
const tagTable = async ({ aws }: World, { table }: Environment, value: string, before: string) => {
  const tag = (Value: string) =>
    aws.dynamodb.send(
      new TagResourceCommand({ ResourceArn: table['arn'] ?? '', Tags: [{ Key: 'Environment', Value }] }),
    );
  await tag(value);
  return () => tag(before);
};

/** Gives something of EC2 another tag, and back. */
const tagEc2 = async ({ aws }: World, id: string, Key: string, value: string, before: string) => {
  const tag = (Value: string) => aws.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] }));
  await tag(value);
  return () => tag(before);
};

/** Sabotages of tags, and of what is tagged. */
export const OF_TAGS: readonly Sabotage[] = [
  {
    name: 'a tag in capitals',
    rule: 'environment-tags',
    names: () => '"Staging"',
    commit: async ({ world: { aws, staging } }) => {
      const QueueUrl = staging.queue['url'] ?? '';
      const tag = (Environment: string) => aws.sqs.send(new TagQueueCommand({ QueueUrl, Tags: { Environment } }));
      await tag('Staging');
      return () => tag('staging');
    },
  },
  {
    name: 'a tag with a space behind it',
    rule: 'environment-tags',
    names: () => '"production "',
    commit: ({ world }) => tagEc2(world, world.production.instance, 'Environment', 'production ', 'production'),
  },
  {
    name: 'a resource without the tag',
    rule: 'environment-tags',
    names: () => 'module.database.aws_dynamodb_table.this',
    commit: async ({ world }) => {
      const { aws, production } = world;
      const ResourceArn = production.table['arn'] ?? '';
      await aws.dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['Environment'] }));
      return () => tagTable(world, production, 'production', 'production');
    },
  },
  {
    name: "a table of staging's that is tagged as production's",
    rule: 'foreign-tags',
    names: () => 'module.database.aws_dynamodb_table.this',
    commit: ({ world }) => tagTable(world, world.staging, 'production', 'staging'),
  },
  {
    name: "a security group of production's that is tagged as staging's",
    rule: 'foreign-tags',
    names: () => 'module.security_groups.aws_security_group.instance',
    commit: ({ world }) => tagEc2(world, world.production.instanceGroup, 'Environment', 'staging', 'production'),
  },
  {
    name: "an instance of staging's with a name of production's",
    rule: 'names',
    names: () => '"mht-api-production-3"',
    commit: ({ world }) => tagEc2(world, world.staging.instance, 'Name', 'mht-api-production-3', 'mht-api-staging-0'),
  },
  {
    name: 'a queue in no state',
    rule: 'orphans',
    names: () => 'mht-api-staging-by-hand',
    commit: async ({ world: { aws } }) => {
      const { QueueUrl } = await aws.sqs.send(
        new CreateQueueCommand({ QueueName: 'mht-api-staging-by-hand', tags: { Environment: 'staging' } }),
      );
      return () => aws.sqs.send(new DeleteQueueCommand({ QueueUrl }));
    },
  },
  {
    name: 'a table in no state',
    rule: 'orphans',
    names: () => 'leftover',
    commit: async ({ world: { aws } }) => {
      const TableName = 'leftover';
      await aws.dynamodb.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          Tags: [
            { Key: 'Environment', Value: 'production' },
            { Key: 'Project', Value: 'mht-api' },
          ],
        }),
      );
      return () => aws.dynamodb.send(new DeleteTableCommand({ TableName }));
    },
  },
  {
    name: 'a security group in no state',
    rule: 'orphans',
    names: () => 'sg-',
    commit: async ({ world: { aws, staging } }) => {
      const { GroupId } = await aws.ec2.send(
        new CreateSecurityGroupCommand({
          GroupName: 'mht-api-staging-debug',
          Description: 'made by hand',
          VpcId: staging.vpc,
          TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'Environment', Value: 'staging' }] }],
        }),
      );
      return () => aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    },
  },
  {
    name: 'a rule by hand on a security group that is in a state',
    rule: 'orphans',
    names: () => 'sgr-',
    commit: async ({ world: { aws, staging } }) => {
      const GroupId = staging.instanceGroup;
      const { SecurityGroupRules: [rule] = [] } = await aws.ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId,
          IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '203.0.113.0/24' }] }],
          TagSpecifications: [
            { ResourceType: 'security-group-rule', Tags: [{ Key: 'Environment', Value: 'staging' }] },
          ],
        }),
      );
      const SecurityGroupRuleIds = [rule?.SecurityGroupRuleId ?? ''];
      return () => aws.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds }));
    },
  },
  {
    name: 'a managed policy in no state, with a name of no environment',
    rule: 'orphans',
    names: () => 'policy/leftover',
    commit: async ({ world: { aws } }) => {
      const statement = { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' };
      const { Policy } = await aws.iam.send(
        new CreatePolicyCommand({
          PolicyName: 'leftover',
          PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
          Tags: [{ Key: 'Environment', Value: 'staging' }],
        }),
      );
      return () => aws.iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn }));
    },
  },
  {
    name: 'an alias of a key that is gone',
    rule: 'missing',
    names: () => 'module.encryption.aws_kms_alias.this',
    commit: async ({ world: { aws, staging } }) => {
      const AliasName = 'alias/mht-api-staging';
      await aws.kms.send(new DeleteAliasCommand({ AliasName }));
      return () => aws.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: staging.key['key_id'] ?? '' }));
    },
  },
];
