import type { LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import type { FactArea } from '../../../../domain/separation/facts.js';
import { decodeUserData } from '../../../../domain/user-data.js';
import { listAll } from '../listing.js';
import { noteNamed } from '../named-in-text.js';
import type { Reading } from '../reading.js';
import { type Ec2, small, tagged } from './ec2.js';

/** What is not known of instances to come when their templates are not. */
const AREAS: readonly FactArea[] = ['network', 'policies', 'encryption', 'data-flow'];

/**
 * Launch templates, and what instances of their default and their latest version would be.
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplates.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html
 */
export async function readLaunchTemplates(ec2: Ec2): Promise<void> {
  const { reading, sdk } = ec2;
  const templates = await listAll(reading, {
    action: 'ec2:DescribeLaunchTemplates',
    subject: 'all launch templates',
    areas: ['existence', 'tags', ...AREAS],
    types: ['aws_launch_template'],
    pages: () => sdk.paginateDescribeLaunchTemplates(small(ec2), {}),
    items: ({ LaunchTemplates }) => LaunchTemplates,
  });
  for (const { LaunchTemplateId: id = '', LaunchTemplateName: name, Tags } of templates)
    reading.resource({ id, type: 'aws_launch_template', ...tagged(Tags), name });
  if (templates.length === 0) return;
  const versions = await listAll(reading, {
    action: 'ec2:DescribeLaunchTemplateVersions',
    subject: 'all launch templates',
    areas: AREAS,
    pages: () => sdk.paginateDescribeLaunchTemplateVersions(small(ec2), { Versions: ['$Default', '$Latest'] }),
    items: ({ LaunchTemplateVersions }) => LaunchTemplateVersions,
  });
  // The latest is the default as often as not.
  const each = new Map(versions.map((version) => [`${version.LaunchTemplateId} ${version.VersionNumber}`, version]));
  await Promise.all([...each.values()].map((version) => noteVersion(reading, version)));
}

async function noteVersion(reading: Reading, version: LaunchTemplateVersion): Promise<void> {
  const { LaunchTemplateId: from = '', VersionNumber, LaunchTemplateData = {} } = version;
  const { SecurityGroupIds = [], NetworkInterfaces = [], BlockDeviceMappings = [] } = LaunchTemplateData;
  const { IamInstanceProfile, UserData } = LaunchTemplateData;
  const inVersion = (field: string) => `${field} of version ${VersionNumber}`;
  const groups = [...SecurityGroupIds, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)];
  for (const to of groups) reading.relation({ kind: 'placed-in', from, to, where: inVersion('security group') });
  for (const { SubnetId: to } of NetworkInterfaces)
    reading.relation({ kind: 'placed-in', from, to, where: inVersion('subnet') });
  const { Arn, Name } = IamInstanceProfile ?? {};
  const profile = Arn ?? (Name === undefined ? undefined : reading.arn('iam', `instance-profile/${Name}`, 'global'));
  reading.relation({ kind: 'instance-profile', from, to: profile, where: inVersion('IamInstanceProfile') });
  for (const { Ebs } of BlockDeviceMappings)
    reading.relation({ kind: 'encrypted-with', from, to: Ebs?.KmsKeyId, where: inVersion('KmsKeyId') });
  const text = await reading.ask(
    { action: 'ec2:DescribeLaunchTemplateVersions', subject: `${from}, for its user data`, areas: AREAS },
    async () => decodeUserData(UserData ?? ''),
  );
  if (text !== undefined) await noteNamed(reading, from, text, inVersion('user data'));
}
