import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { readIam } from '../../../../src/adapters/aws/facts/iam.js';
import { operationOf } from '../../../support/denying-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsOfRecorded, noted } from '../../../support/fact-reading.js';
import type { AskedRequest, RecordedAnswer } from '../../../support/recorded-aws.js';

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] };
const encoded = encodeURIComponent(JSON.stringify(DOCUMENT));

const answer = (operation: string, content: string): RecordedAnswer => ({
  status: 200,
  body: `<${operation}Response><${operation}Result>${content}</${operation}Result></${operation}Response>`,
});

const SERVICE_ROLE = 'arn:aws:iam::aws:policy/aws-service-role/XServiceRolePolicy';

const attachedTo = (arn: string) => `<AttachedManagedPolicies><member><PolicyName>${arn.split('/').at(-1)}</PolicyName>
  <PolicyArn>${arn}</PolicyArn></member></AttachedManagedPolicies>`;
const attached = attachedTo(READ_ONLY);
const detail = (name: string, path: string, more: string) =>
  `<member><Arn>${role(name)}</Arn><RoleName>${name}</RoleName><RoleId>AROA${name}</RoleId><Path>${path}</Path>
    <AssumeRolePolicyDocument>${encoded}</AssumeRolePolicyDocument>${more}</member>`;

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
function asDocumented(request: AskedRequest): RecordedAnswer {
  const operation = operationOf(request) ?? '';
  const second = request.body.includes('Marker=more');
  switch (operation) {
    case 'GetAccountAuthorizationDetails':
      return second
        ? answer(operation, `<RoleDetailList>${detail('worker', '/', attached)}</RoleDetailList>`)
        : answer(
            operation,
            `<RoleDetailList>${detail('app', '/', attached)}
              ${detail('aws-service-role/x.amazonaws.com/x', '/aws-service-role/x.amazonaws.com/', attachedTo(SERVICE_ROLE))}
              </RoleDetailList><IsTruncated>true</IsTruncated><Marker>more</Marker>`,
          );
    case 'ListInstanceProfiles':
      return answer(
        operation,
        `<InstanceProfiles><member><Arn>arn:aws:iam::123456789012:instance-profile/app</Arn>
          <InstanceProfileName>app</InstanceProfileName><Roles></Roles></member></InstanceProfiles>`,
      );
    case 'GetInstanceProfile':
      return answer(
        operation,
        '<InstanceProfile><Tags><member><Key>Environment</Key><Value>staging</Value></member></Tags></InstanceProfile>',
      );
    case 'GetPolicy':
      return answer(operation, '<Policy><DefaultVersionId>v9</DefaultVersionId></Policy>');
    default:
      return answer(operation, `<PolicyVersion><Document>${encoded}</Document></PolicyVersion>`);
  }
}

describe('IAM as AWS answers, and the emulator does not', () => {
  it("tells AWS's own policies, each asked for once, whatever the focus is", async () => {
    const read = await factsOfRecorded(readIam, asDocumented, () => false);
    const managed = `managed policy "${READ_ONLY}"`;
    const holders = everyPolicy(read).flatMap(({ name, holder }) => (name === managed ? [holder] : []));
    expect(read.asked.map(operationOf).filter((operation) => operation?.startsWith('GetPolicy'))).toEqual([
      'GetPolicy',
      'GetPolicyVersion',
    ]);
    expect(read.asked.find((request) => operationOf(request) === 'GetPolicyVersion')?.body).toContain('VersionId=v9');
    expect(holders).toEqual(expect.arrayContaining([role('app'), role('worker')]));
    expect(everyPolicy(read)).toContainEqual({
      kind: 'identity',
      holder: role('worker'),
      name: managed,
      document: DOCUMENT,
    });
    expect(everyRelation(read)).toContain(`service-role: ${role('app')} -> ${READ_ONLY}: AttachedManagedPolicies`);
    expect(read.unread).toEqual([]);
  });

  it("knows the roles that are AWS's own, whose policies it does not read, and the tags of an instance profile", async () => {
    const read = await factsOfRecorded(readIam, asDocumented, ({ id }) => id.includes('instance-profile'));
    expect(noted(read, role('aws-service-role/x.amazonaws.com/x'))).toEqual([
      expect.objectContaining({ awsManaged: true }),
    ]);
    expect(noted(read, role('app'))[0]).not.toHaveProperty('awsManaged');
    expect(noted(read, 'arn:aws:iam::123456789012:instance-profile/app')[0]?.tags).toEqual({ Environment: 'staging' });
    const policies = read.asked.filter((request) => operationOf(request) === 'GetPolicy');
    expect(policies.map(({ body }) => new URLSearchParams(body).get('PolicyArn'))).toEqual([READ_ONLY]);
  });

  it('asks for tags of many instance profiles some at a time, whatever the focus is', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `app-${index}`);
    const members = names.map(
      (name) => `<member><Arn>arn:aws:iam::123456789012:instance-profile/${name}</Arn>
        <InstanceProfileName>${name}</InstanceProfileName></member>`,
    );
    let [waiting, most] = [0, 0];
    const read = await factsOfRecorded(
      readIam,
      async (request) => {
        if (operationOf(request) === 'ListInstanceProfiles')
          return answer('ListInstanceProfiles', `<InstanceProfiles>${members.join('')}</InstanceProfiles>`);
        if (operationOf(request) !== 'GetInstanceProfile') return asDocumented(request);
        waiting += 1;
        most = Math.max(most, waiting);
        await setTimeout(20);
        waiting -= 1;
        return asDocumented(request);
      },
      () => false,
    );
    const profiles = read.facts.resources.filter(({ type }) => type === 'aws_iam_instance_profile');
    expect(profiles.map(({ tags }) => tags)).toEqual(names.map(() => ({ Environment: 'staging' })));
    expect(most).toBe(10);
  });

  it("leaves a gap where AWS's own policies may not be read", async () => {
    const read = await factsOfRecorded(
      readIam,
      (request) =>
        operationOf(request) === 'GetPolicy'
          ? { status: 403, body: '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>' }
          : asDocumented(request),
      ({ name }) => name === 'app',
    );
    expect(gaps(read)).toEqual([`iam:GetPolicy on ${READ_ONLY}: policies`]);
    expect(everyPolicy(read).map(({ holder }) => holder)).toContain(role('app'));
  });
});
