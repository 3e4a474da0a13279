import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readIam } from '../../../../src/adapters/aws/facts/iam.js';
import { factsWhereDenied, operationOf } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, listedTypes, noted } from '../../../support/fact-reading.js';

const arn = (resource: string) => `arn:aws:iam::123456789012:${resource}`;
const allow = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::100%/*' }],
});
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const Tags = [{ Key: 'Environment', Value: 'staging' }];
const TAGS = { Environment: 'staging' };

describe('who is in the account and what they are allowed, read from IAM', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const iam = new IAMClient();
    const PolicyDocument = (action: string) => JSON.stringify(allow(action));
    const policy = (PolicyName: string, action: string) =>
      iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: PolicyDocument(action), Tags }));
    await policy('read', 's3:OldVersion');
    await iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: arn('policy/read'),
        PolicyDocument: PolicyDocument('s3:GetObject'),
        SetAsDefault: true,
      }),
    );
    await policy('limit', 's3:*');
    await iam.send(
      new CreateRoleCommand({
        Path: '/service/',
        RoleName: 'app',
        AssumeRolePolicyDocument: JSON.stringify(TRUST),
        PermissionsBoundary: arn('policy/limit'),
        Tags,
      }),
    );
    const role = { RoleName: 'app' };
    await iam.send(
      new PutRolePolicyCommand({ ...role, PolicyName: 'inline', PolicyDocument: PolicyDocument('s3:Put') }),
    );
    await iam.send(new AttachRolePolicyCommand({ ...role, PolicyArn: arn('policy/read') }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'app', Tags }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'untagged' }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'app', RoleName: 'app' }));
    await iam.send(new CreateGroupCommand({ GroupName: 'team' }));
    const group = { GroupName: 'team' };
    await iam.send(
      new PutGroupPolicyCommand({ ...group, PolicyName: 'shared', PolicyDocument: PolicyDocument('s3:List') }),
    );
    await iam.send(new AttachGroupPolicyCommand({ ...group, PolicyArn: arn('policy/read') }));
    await iam.send(new CreateUserCommand({ UserName: 'ann', Tags }));
    await iam.send(
      new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'own', PolicyDocument: PolicyDocument('s3:Own') }),
    );
    await iam.send(new AddUserToGroupCommand({ UserName: 'ann', ...group }));
    iam.destroy();
  });

  afterAll(() => aws.stop());

  it('are noted with every policy they act by, whatever the focus is', async () => {
    const read = await factsBy(readIam, () => false);
    const held = (kind: string, holder: string, name: string, document: object) => ({ kind, holder, name, document });
    const managed = `managed policy "${arn('policy/read')}"`;
    expect(everyPolicy(read)).toEqual([
      held('identity', arn('group/team'), 'inline policy "shared"', allow('s3:List')),
      held('identity', arn('group/team'), managed, allow('s3:GetObject')),
      held('identity', arn('policy/limit'), 'managed policy "limit"', allow('s3:*')),
      held('identity', arn('policy/read'), 'managed policy "read"', allow('s3:GetObject')),
      held('identity', arn('role/service/app'), 'inline policy "inline"', allow('s3:Put')),
      held('identity', arn('role/service/app'), managed, allow('s3:GetObject')),
      held('boundary', arn('role/service/app'), `permissions boundary "${arn('policy/limit')}"`, allow('s3:*')),
      held('trust', arn('role/service/app'), 'trust policy', TRUST),
      held('identity', arn('user/ann'), 'inline policy "own"', allow('s3:Own')),
      held('identity', arn('user/ann'), 'inline policy "shared" of group "team"', allow('s3:List')),
      held('identity', arn('user/ann'), `${managed} of group "team"`, allow('s3:GetObject')),
    ]);
    expect(everyRelation(read)).toEqual([
      `boundary: ${arn('role/service/app')} -> ${arn('policy/limit')}: PermissionsBoundary`,
      `profile-role: ${arn('instance-profile/app')} -> ${arn('role/service/app')}: Roles`,
      `service-role: ${arn('group/team')} -> ${arn('policy/read')}: AttachedManagedPolicies`,
      `service-role: ${arn('role/service/app')} -> ${arn('policy/read')}: AttachedManagedPolicies`,
    ]);
    expect(listedTypes(read)).toEqual([
      'aws_iam_group in global',
      'aws_iam_instance_profile in global',
      'aws_iam_policy in global',
      'aws_iam_role in global',
      'aws_iam_user in global',
    ]);
    expect(read.unread).toEqual([]);
  });

  it('have their names, tags, and the ids by which policies name those that are gone', async () => {
    const read = await factsBy(readIam);
    const expected = (type: string, name: string, tags: object | undefined) =>
      expect.objectContaining({ type, name, tags, aliases: [expect.stringMatching(/^\w{16,}$/)] });
    expect(noted(read, arn('role/service/app'))).toEqual([expected('aws_iam_role', 'app', TAGS)]);
    expect(noted(read, arn('user/ann'))).toEqual([expected('aws_iam_user', 'ann', TAGS)]);
    expect(noted(read, arn('group/team'))).toEqual([expected('aws_iam_group', 'team', undefined)]);
    expect(noted(read, arn('instance-profile/app'))).toEqual([expected('aws_iam_instance_profile', 'app', TAGS)]);
    expect(noted(read, arn('instance-profile/untagged'))).toEqual([
      expected('aws_iam_instance_profile', 'untagged', {}),
    ]);
    expect(noted(read, arn('policy/read'))).toEqual([
      expect.objectContaining({ type: 'aws_iam_policy', name: 'read', tags: TAGS }),
    ]);
    expect(read.unread).toEqual([]);
  });

  it.each([
    [
      'GetAccountAuthorizationDetails',
      'on all users, groups, roles and customer managed policies: existence, policies, tags',
      ['aws_iam_instance_profile in global'],
    ],
    [
      'ListInstanceProfiles',
      'on all instance profiles: existence, policies, tags',
      ['aws_iam_group in global', 'aws_iam_policy in global', 'aws_iam_role in global', 'aws_iam_user in global'],
    ],
  ])('leave a gap and tell the rest when %s is denied', async (operation, gap, listed) => {
    const read = await factsWhereDenied(aws, readIam, (request) => operationOf(request) === operation);
    expect(gaps(read)).toEqual([`iam:${operation} ${gap}`]);
    expect(read.unread[0]?.reason).toContain(`AWS denied iam:${operation}`);
    expect(listedTypes(read)).toEqual(listed);
  });

  it('have the tags of their policies told, whatever the focus is', async () => {
    const read = await factsBy(readIam, () => false);
    expect(noted(read, arn('policy/limit'))).toEqual([expect.objectContaining({ tags: TAGS })]);
  });

  it('leave their tags to others when those may not be read', async () => {
    const read = await factsWhereDenied(aws, readIam, (request) =>
      ['ListPolicyTags', 'GetInstanceProfile'].includes(operationOf(request) ?? ''),
    );
    expect(gaps(read)).toEqual([
      `iam:GetInstanceProfile on ${arn('instance-profile/untagged')}: tags`,
      `iam:ListPolicyTags on ${arn('policy/limit')}: tags`,
      `iam:ListPolicyTags on ${arn('policy/read')}: tags`,
    ]);
    expect(noted(read, arn('policy/read'))).toEqual([expect.objectContaining({ name: 'read', tags: undefined })]);
  });
});
