import type { LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import { listAll } from '../listing.js';
import type { Reading } from '../reading.js';
import { type Ec2, small, tagged } from './ec2.js';
import { decodeUserData, noteUserData } from './user-data.js';

const VERSIONS = {
  action: 'ec2:DescribeLaunchTemplateVersions',
  areas: ['network', 'policies', 'encryption', 'data-flow'],
} as const;

/**
 * Launch templates, and what instances of their default and their latest version would be.
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplates.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html
 */
export async function readLaunchTemplates(ec2: Ec2): Promise<void> {
  await Promise.all([readTemplates(ec2), readVersions(ec2)]);
}

async function readTemplates(ec2: Ec2): Promise<void> {
  const templates = await listAll(ec2.reading, {
    action: 'ec2:DescribeLaunchTemplates',
    subject: 'all launch templates',
    areas: ['existence', 'tags'],
    types: ['aws_launch_template'],
    pages: () => ec2.sdk.paginateDescribeLaunchTemplates(small(ec2), {}),
    items: ({ LaunchTemplates }) => LaunchTemplates,
  });
  for (const { LaunchTemplateId: id = '', LaunchTemplateName: name, Tags } of templates)
    ec2.reading.resource({ id, type: 'aws_launch_template', ...tagged(Tags), name });
}

async function readVersions(ec2: Ec2): Promise<void> {
  const versions = new Map<string, LaunchTemplateVersion>();
  await ec2.reading.pages(
    { ...VERSIONS, subject: 'all launch templates' },
    () => ec2.sdk.paginateDescribeLaunchTemplateVersions(small(ec2), { Versions: ['$Default', '$Latest'] }),
    ({ LaunchTemplateVersions = [] }) => {
      // The latest is the default as often as not.
      for (const version of LaunchTemplateVersions)
        versions.set(`${version.LaunchTemplateId}/${version.VersionNumber}`, version);
    },
  );
  await Promise.all([...versions.values()].map((version) => noteVersion(ec2.reading, version)));
}

async function noteVersion(reading: Reading, version: LaunchTemplateVersion): Promise<void> {
  const { LaunchTemplateId: from = '', VersionNumber, LaunchTemplateData = {} } = version;
  const { SecurityGroupIds = [], NetworkInterfaces = [], BlockDeviceMappings = [] } = LaunchTemplateData;
  const { IamInstanceProfile, UserData } = LaunchTemplateData;
  const inVersion = (field: string) => `${field} of version ${VersionNumber}`;
  const groups = [...SecurityGroupIds, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)];
  for (const to of groups) reading.relation({ kind: 'placed-in', from, to, where: inVersion('SecurityGroupIds') });
  for (const { SubnetId: to } of NetworkInterfaces)
    reading.relation({ kind: 'placed-in', from, to, where: inVersion('NetworkInterfaces.SubnetId') });
  const { Arn, Name } = IamInstanceProfile ?? {};
  const profile = Arn ?? (Name === undefined ? undefined : reading.arn('iam', `instance-profile/${Name}`, 'global'));
  reading.relation({ kind: 'instance-profile', from, to: profile, where: inVersion('IamInstanceProfile') });
  for (const { Ebs } of BlockDeviceMappings)
    reading.relation({ kind: 'encrypted-with', from, to: Ebs?.KmsKeyId, where: inVersion('Ebs.KmsKeyId') });
  const text = await reading.ask({ ...VERSIONS, subject: `user data of ${from}` }, async () =>
    decodeUserData(UserData ?? ''),
  );
  if (text !== undefined) await noteUserData(reading, from, text, inVersion('user data'));
}
