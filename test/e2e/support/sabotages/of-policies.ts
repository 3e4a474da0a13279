import {
  DescribeIamInstanceProfileAssociationsCommand,
  ReplaceIamInstanceProfileAssociationCommand,
} from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateGrantCommand, GetKeyPolicyCommand, PutKeyPolicyCommand, RevokeGrantCommand } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { DeleteResourcePolicyCommand, PutResourcePolicyCommand } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Sabotage } from './sabotage.js';
import type { Environment, World } from './world.js';

interface Statement {
  readonly Effect: string;
  readonly [key: string]: unknown;
}

/** A document with one more statement. */
const extended = (document: string | undefined, statement: Statement) => {
  const policy = JSON.parse(document ?? '{"Version":"2012-10-17","Statement":[]}');
  return JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] });
};

/** Gives the role of an environment's instances one more inline policy. */
const allow = async ({ aws }: World, { role }: Environment, statement: Omit<Statement, 'Effect'>) => {
  const policy = { RoleName: role['name'] ?? '', PolicyName: 'by-hand' };
  const PolicyDocument = extended(undefined, { Effect: 'Allow', ...statement });
  await aws.iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
  return () => aws.iam.send(new DeleteRolePolicyCommand(policy));
};

/** Adds a statement to the policy of an environment's data bucket. */
const admitToBucket = async ({ aws }: World, { bucket: Bucket }: Environment, statement: Statement) => {
  const { Policy } = await aws.s3.send(new GetBucketPolicyCommand({ Bucket }));
  await aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: extended(Policy, statement) }));
  return () => aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
};

/** Makes a role of nobody's that may read an environment's data bucket. Returns its ARN, and what removes it. */
const makeReader = async ({ aws }: World, { bucket }: Environment, trusted: unknown) => {
  const role = { RoleName: 'made-by-hand', PolicyName: 'by-hand' };
  const trust = extended(undefined, { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: trusted } });
  const reads = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` };
  const { Role } = await aws.iam.send(new CreateRoleCommand({ ...role, AssumeRolePolicyDocument: trust }));
  await aws.iam.send(new PutRolePolicyCommand({ ...role, PolicyDocument: extended(undefined, reads) }));
  const remove = async () => {
    await aws.iam.send(new DeleteRolePolicyCommand(role));
    await aws.iam.send(new DeleteRoleCommand(role));
  };
  return { arn: Role?.Arn, remove };
};

/** Sabotages of policies. */
export const OF_POLICIES: readonly Sabotage[] = [
  {
    name: "a role of staging's that may read production's bucket",
    rule: 'identity',
    names: ({ production }) => production.bucket,
    commit: ({ world }) =>
      allow(world, world.staging, {
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${world.production.bucket}/*`,
      }),
  },
  {
    name: "a role of staging's with a wildcard over both environments' queues",
    rule: 'identity',
    names: () => 'arn:aws:sqs:us-east-1:123456789012:mht-api-*',
    commit: ({ world }) =>
      allow(world, world.staging, { Action: 'sqs:*', Resource: 'arn:aws:sqs:us-east-1:123456789012:mht-api-*' }),
  },
  {
    name: "a role of production's that may do everything but to its own table",
    rule: 'identity',
    names: () => 'NotResource',
    commit: ({ world }) =>
      allow(world, world.production, { Action: 'dynamodb:*', NotResource: world.production.table['arn'] }),
  },
  {
    name: "a role of staging's that may assume production's",
    rule: 'identity',
    names: ({ production }) => production.role['arn'] as string,
    commit: ({ world }) =>
      allow(world, world.staging, { Action: 'sts:AssumeRole', Resource: world.production.role['arn'] }),
  },
  {
    name: "a bucket of production's that admits staging's role",
    rule: 'identity',
    names: ({ staging }) => staging.role['arn'] as string,
    commit: ({ world }) =>
      admitToBucket(world, world.production, {
        Effect: 'Allow',
        Principal: { AWS: world.staging.role['arn'] },
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${world.production.bucket}/*`,
      }),
  },
  {
    name: "a bucket of staging's that admits everybody but one",
    rule: 'identity',
    names: () => 'NotPrincipal',
    commit: ({ world }) =>
      admitToBucket(world, world.staging, {
        Effect: 'Allow',
        NotPrincipal: { AWS: 'arn:aws:iam::123456789012:user/mallory' },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${world.staging.bucket}/*`,
      }),
  },
  {
    name: "a queue of production's that admits everybody",
    rule: 'identity',
    names: () => 'module.queues.aws_sqs_queue.this["feedback"]',
    commit: async ({ world: { aws, production } }) => {
      const QueueUrl = production.queue['url'] ?? '';
      const { Attributes } = await aws.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
      );
      const before = Attributes?.Policy;
      const set = (Policy: string) => aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
      await set(
        extended(before, {
          Effect: 'Allow',
          Principal: '*',
          Action: 'sqs:SendMessage',
          Resource: production.queue['arn'],
        }),
      );
      return () => set(before ?? '');
    },
  },
  {
    name: "production's role that trusts staging's",
    rule: 'identity',
    names: ({ staging }) => staging.role['arn'] as string,
    commit: async ({ world: { aws, staging, production } }) => {
      const RoleName = production.role['name'] ?? '';
      const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName }));
      const before = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
      const set = (PolicyDocument: string) =>
        aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
      await set(
        extended(before, { Effect: 'Allow', Principal: { AWS: staging.role['arn'] }, Action: 'sts:AssumeRole' }),
      );
      return () => set(before);
    },
  },
  {
    name: "a key of production's that staging's role may use",
    rule: 'identity',
    names: ({ staging }) => staging.role['arn'] as string,
    commit: async ({ world: { aws, staging, production } }) => {
      const key = { KeyId: production.key['key_id'] ?? '', PolicyName: 'default' };
      const { Policy } = await aws.kms.send(new GetKeyPolicyCommand(key));
      const set = (text: string) => aws.kms.send(new PutKeyPolicyCommand({ ...key, Policy: text }));
      await set(
        extended(Policy, {
          Effect: 'Allow',
          Principal: { AWS: staging.role['arn'] },
          Action: 'kms:Decrypt',
          Resource: '*',
        }),
      );
      return () => set(Policy ?? '');
    },
  },
  {
    name: "a grant on production's key for staging's role",
    rule: 'identity',
    names: ({ staging }) => staging.role['arn'] as string,
    commit: async ({ world: { aws, staging, production } }) => {
      const KeyId = production.key['key_id'] ?? '';
      const { GrantId } = await aws.kms.send(
        new CreateGrantCommand({ KeyId, GranteePrincipal: staging.role['arn'], Operations: ['Decrypt'] }),
      );
      return () => aws.kms.send(new RevokeGrantCommand({ KeyId, GrantId }));
    },
  },
  {
    name: "a secret of production's that staging's role may read",
    rule: 'identity',
    names: ({ staging }) => staging.role['arn'] as string,
    commit: async ({ world: { aws, staging, production } }) => {
      const SecretId = production.secret;
      const ResourcePolicy = extended(undefined, {
        Effect: 'Allow',
        Principal: { AWS: staging.role['arn'] },
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
      });
      await aws.secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
      return () => aws.secrets.send(new DeleteResourcePolicyCommand({ SecretId }));
    },
  },
  {
    name: "production's role in staging's instance profile",
    rule: 'identity',
    names: ({ production }) => production.role['arn'] as string,
    commit: async ({ world: { aws, staging, production } }) => {
      const { name: InstanceProfileName } = staging.instanceProfile;
      const [own, others] = [staging, production].map(({ role }) => ({ InstanceProfileName, RoleName: role['name'] }));
      // A profile holds one role.
      await aws.iam.send(new RemoveRoleFromInstanceProfileCommand(own as Required<NonNullable<typeof own>>));
      await aws.iam.send(new AddRoleToInstanceProfileCommand(others as Required<NonNullable<typeof others>>));
      return async () => {
        await aws.iam.send(new RemoveRoleFromInstanceProfileCommand(others as Required<NonNullable<typeof others>>));
        await aws.iam.send(new AddRoleToInstanceProfileCommand(own as Required<NonNullable<typeof own>>));
      };
    },
  },
  {
    name: "a role of nobody's that trusts staging's role and may read production's bucket",
    rule: 'identity',
    names: ({ production }) => production.bucket,
    commit: async ({ world }) => {
      const { remove } = await makeReader(world, world.production, world.staging.role['arn']);
      return remove;
    },
  },
  {
    name: "a role of nobody's that may read production's bucket, which leaves it to the account, and its policies to staging's role",
    rule: 'identity',
    names: ({ production }) => production.bucket,
    commit: async ({ world }) => {
      const { staging, production } = world;
      const [account] = /(?<=::)\d+/.exec(String(staging.role['arn'])) ?? [];
      const { arn, remove } = await makeReader(world, production, account);
      const disallow = await allow(world, staging, { Action: 'sts:AssumeRole', Resource: arn });
      return async () => {
        await disallow();
        await remove();
      };
    },
  },
  {
    name: "an instance of staging's that was given production's instance profile",
    rule: 'identity',
    names: ({ production }) => production.instanceProfile['arn'] as string,
    commit: async ({ world: { aws, staging, production } }) => {
      const Filters = [{ Name: 'instance-id', Values: [staging.instance] }];
      const { IamInstanceProfileAssociations: [{ AssociationId } = {}] = [] } = await aws.ec2.send(
        new DescribeIamInstanceProfileAssociationsCommand({ Filters }),
      );
      const give = async (association: string | undefined, { instanceProfile: { name: Name } }: Environment) => {
        const IamInstanceProfile = { Name };
        const { IamInstanceProfileAssociation: given } = await aws.ec2.send(
          new ReplaceIamInstanceProfileAssociationCommand({ AssociationId: association, IamInstanceProfile }),
        );
        return given?.AssociationId;
      };
      const given = await give(AssociationId, production);
      return () => give(given, staging);
    },
  },
];
