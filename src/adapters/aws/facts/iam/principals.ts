import type { AttachedPolicy, GroupDetail, PolicyDetail, RoleDetail, UserDetail } from '@aws-sdk/client-iam';
import { tagsOf } from '../reading.js';
import { decodeDocument } from './documents.js';

/** A policy that a principal has. */
export interface HeldPolicy {
  readonly kind: 'trust' | 'identity' | 'boundary';
  readonly name: string;
  /** What it says, where it is written into the principal. */
  readonly document: string | undefined;
  /** ARN of a policy that is managed apart from it. */
  readonly managed: string | undefined;
  /** The group that a user has it from. */
  readonly group: string | undefined;
}

/** A user, a group or a role. */
export interface Principal {
  readonly id: string;
  readonly type: 'aws_iam_user' | 'aws_iam_group' | 'aws_iam_role';
  readonly name: string | undefined;
  /** The id that IAM gave it, by which policies go on to name it when it is gone. */
  readonly aliases: readonly string[];
  /** Undefined for groups, which have none. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** Made by an AWS service for itself. */
  readonly awsManaged: boolean;
  readonly policies: readonly HeldPolicy[];
}

/** Service-linked roles are known by their path. */
const SERVICE_LINKED = '/aws-service-role/';

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html */
export function ofRole(role: RoleDetail): Principal {
  return {
    id: role.Arn ?? '',
    type: 'aws_iam_role',
    name: role.RoleName,
    aliases: role.RoleId === undefined ? [] : [role.RoleId],
    tags: tagsOf(role.Tags),
    awsManaged: role.Path?.startsWith(SERVICE_LINKED) === true,
    policies: [
      written('trust', 'trust policy', role.AssumeRolePolicyDocument),
      ...inline(role.RolePolicyList),
      ...attached(role.AttachedManagedPolicies),
      ...boundary(role.PermissionsBoundary?.PermissionsBoundaryArn),
    ],
  };
}

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GroupDetail.html */
export function ofGroup(group: GroupDetail): Principal {
  return {
    id: group.Arn ?? '',
    type: 'aws_iam_group',
    name: group.GroupName,
    aliases: group.GroupId === undefined ? [] : [group.GroupId],
    tags: undefined,
    awsManaged: false,
    policies: [...inline(group.GroupPolicyList), ...attached(group.AttachedManagedPolicies)],
  };
}

/**
 * A user, with the policies of its groups.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UserDetail.html
 */
export function ofUser(user: UserDetail, groups: ReadonlyMap<string, Principal>): Principal {
  return {
    id: user.Arn ?? '',
    type: 'aws_iam_user',
    name: user.UserName,
    aliases: user.UserId === undefined ? [] : [user.UserId],
    tags: tagsOf(user.Tags),
    awsManaged: false,
    policies: [
      ...inline(user.UserPolicyList),
      ...attached(user.AttachedManagedPolicies),
      ...boundary(user.PermissionsBoundary?.PermissionsBoundaryArn),
      ...(user.GroupList ?? []).flatMap((group) =>
        (groups.get(group)?.policies ?? []).map((policy) => ({
          ...policy,
          name: `${policy.name} of group "${group}"`,
          group,
        })),
      ),
    ],
  };
}

function inline(policies: readonly PolicyDetail[] = []): readonly HeldPolicy[] {
  return policies.map(({ PolicyName, PolicyDocument }) =>
    written('identity', `inline policy "${PolicyName}"`, PolicyDocument),
  );
}

function attached(policies: readonly AttachedPolicy[] = []): readonly HeldPolicy[] {
  return policies.map(({ PolicyArn }) => managed('identity', 'managed policy', PolicyArn));
}

function boundary(arn: string | undefined): readonly HeldPolicy[] {
  return arn === undefined ? [] : [managed('boundary', 'permissions boundary', arn)];
}

function written(kind: HeldPolicy['kind'], name: string, document: string | undefined): HeldPolicy {
  return { kind, name, document: decodeDocument(document), managed: undefined, group: undefined };
}

function managed(kind: HeldPolicy['kind'], as: string, arn: string | undefined): HeldPolicy {
  return { kind, name: `${as} "${arn}"`, document: undefined, managed: arn, group: undefined };
}
