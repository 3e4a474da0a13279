import type { GroupDetail, ManagedPolicyDetail, RoleDetail, UserDetail } from '@aws-sdk/client-iam';
import { decodeDocument } from './documents.js';
import type { Iam } from './iam.js';
import { ofGroup, ofRole, ofUser, type Principal } from './principals.js';

/** A managed policy of the account's own. */
export interface OwnPolicy {
  readonly id: string;
  readonly name: string;
  /** Its default version, which is in force. */
  readonly document: string | undefined;
}

/** Who is in the account, and the policies that are its own. */
export interface AuthorizationDetails {
  readonly principals: readonly Principal[];
  readonly policies: readonly OwnPolicy[];
}

/**
 * Every user, group, role and customer managed policy of the account, each with its documents, in one answer.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export async function readAuthorizationDetails({ reading, sdk, client }: Iam): Promise<AuthorizationDetails> {
  const users: UserDetail[] = [];
  const groups: GroupDetail[] = [];
  const roles: RoleDetail[] = [];
  const policies: ManagedPolicyDetail[] = [];
  const whole = await reading.pages(
    {
      action: 'iam:GetAccountAuthorizationDetails',
      subject: 'all users, groups, roles and customer managed policies',
      areas: ['existence', 'policies', 'tags'],
    },
    () =>
      sdk.paginateGetAccountAuthorizationDetails(
        { client, pageSize: 1000 },
        { Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy'] },
      ),
    (page) => {
      users.push(...(page.UserDetailList ?? []));
      groups.push(...(page.GroupDetailList ?? []));
      roles.push(...(page.RoleDetailList ?? []));
      policies.push(...(page.Policies ?? []));
    },
  );
  if (whole) reading.listed('global', 'aws_iam_user', 'aws_iam_group', 'aws_iam_role', 'aws_iam_policy');
  const byName = new Map(groups.map((group) => [group.GroupName ?? '', ofGroup(group)]));
  return {
    principals: [...roles.map(ofRole), ...byName.values(), ...users.map((user) => ofUser(user, byName))],
    policies: policies.map(({ Arn: id = '', PolicyVersionList = [] }) => ({
      id,
      // Paths come before the name.
      name: id.slice(id.lastIndexOf('/') + 1),
      document: decodeDocument(PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document),
    })),
  };
}
