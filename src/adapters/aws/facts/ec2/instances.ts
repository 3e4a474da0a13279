import type { Instance, InstanceNetworkInterface } from '@aws-sdk/client-ec2';
import { decodeUserData } from '../../../../domain/user-data.js';
import { concerned } from '../concerned.js';
import { listAll } from '../listing.js';
import { noteNamed } from '../named-in-text.js';
import type { Reading } from '../reading.js';
import { type Ec2, large, tagged, taggedIn } from './ec2.js';

/**
 * Instances: where they are, what they act as, their volumes, and what their user data names. A terminated one is shown
 * for an hour.
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html
 */
export async function readInstances(ec2: Ec2): Promise<void> {
  const [all, associations] = await Promise.all([listInstances(ec2), listProfileAssociations(ec2)]);
  const instances = all.filter(({ State }) => State?.Name !== 'terminated');
  for (const instance of instances) {
    noteInstance(ec2.reading, instance);
    noteProfiles(ec2.reading, instance, associations.get(instance.InstanceId ?? ''));
  }
  const own = await concerned(
    ec2.reading,
    instances.map(({ InstanceId: id = '', Tags }) => ({ id, ...tagged(Tags) })),
  );
  await Promise.all(own.map(({ id }) => readUserData(ec2, id)));
}

function listInstances(ec2: Ec2): Promise<readonly Instance[]> {
  return listAll(ec2.reading, {
    action: 'ec2:DescribeInstances',
    subject: 'all instances',
    areas: ['existence', 'network', 'policies', 'traffic', 'tags'],
    types: ['aws_instance'],
    pages: () => ec2.sdk.paginateDescribeInstances(large(ec2), {}),
    items: ({ Reservations = [] }) => Reservations.flatMap(({ Instances = [] }) => Instances),
  });
}

/**
 * ARNs of the instance profiles that instances have or are about to have, by instance: while one replaces another, both.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IamInstanceProfileAssociation.html
 */
async function listProfileAssociations(ec2: Ec2): Promise<ReadonlyMap<string, readonly string[]>> {
  const associations = await listAll(ec2.reading, {
    action: 'ec2:DescribeIamInstanceProfileAssociations',
    subject: 'all instances',
    areas: ['policies'],
    pages: () => ec2.sdk.paginateDescribeIamInstanceProfileAssociations(large(ec2), {}),
    items: ({ IamInstanceProfileAssociations }) => IamInstanceProfileAssociations,
  });
  const profiles = new Map<string, string[]>();
  for (const { InstanceId = '', IamInstanceProfile, State } of associations) {
    if (State === 'disassociated' || IamInstanceProfile?.Arn === undefined) continue;
    profiles.set(InstanceId, [...(profiles.get(InstanceId) ?? []), IamInstanceProfile.Arn]);
  }
  return profiles;
}

/** What an instance acts as: as its associations say, which tell of a change first, else as it says itself. */
function noteProfiles(reading: Reading, instance: Instance, associated: readonly string[] | undefined): void {
  const { InstanceId: from = '', IamInstanceProfile } = instance;
  for (const to of associated ?? [IamInstanceProfile?.Arn])
    reading.relation({ kind: 'instance-profile', from, to, where: 'IamInstanceProfile' });
}

function noteInstance(reading: Reading, instance: Instance): void {
  const { InstanceId: id = '', VpcId, SubnetId, SecurityGroups = [], Tags } = instance;
  reading.resource({ id, type: 'aws_instance', aliases: addressesOf(instance), ...tagged(Tags) });
  reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'VpcId' });
  reading.relation({ kind: 'placed-in', from: id, to: SubnetId, where: 'SubnetId' });
  for (const { GroupId: to } of SecurityGroups)
    reading.relation({ kind: 'placed-in', from: id, to, where: 'SecurityGroups' });
  for (const { DeviceName, Ebs } of instance.BlockDeviceMappings ?? []) {
    if (Ebs?.VolumeId === undefined) continue;
    reading.relation({ kind: 'placed-in', from: id, to: Ebs.VolumeId, where: `volume ${DeviceName}` });
    // Any other volume outlives the instance, and is a resource of its own.
    if (Ebs.DeleteOnTermination) reading.resource({ id: Ebs.VolumeId, type: 'aws_ebs_volume', partOf: id });
  }
}

function addressesOf({ NetworkInterfaces = [], PublicIpAddress, PublicDnsName }: Instance): readonly string[] {
  const addresses = [...NetworkInterfaces.flatMap(addressesOfInterface), PublicIpAddress, PublicDnsName];
  return [...new Set(addresses.flatMap((address) => address || []))];
}

function addressesOfInterface({ PrivateIpAddresses = [], Ipv6Addresses = [] }: InstanceNetworkInterface) {
  return [
    ...PrivateIpAddresses.flatMap(({ PrivateIpAddress, Association }) => [PrivateIpAddress, Association?.PublicIp]),
    ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
  ];
}

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html */
async function readUserData({ reading, sdk, client }: Ec2, id: string): Promise<void> {
  const text = await reading.ask(
    { action: 'ec2:DescribeInstanceAttribute', subject: id, areas: ['encryption', 'data-flow'] },
    async () => {
      const request = new sdk.DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'userData' });
      const { UserData } = await client.send(request);
      return decodeUserData(UserData?.Value ?? '');
    },
  );
  if (text !== undefined) await noteNamed(reading, id, text, 'user data');
}

/**
 * Volumes with the keys they are encrypted with. One without tags that was attached to an instance is taken for a part
 * of it, though it may outlive it.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Volume.html
 */
export async function readVolumes(ec2: Ec2): Promise<void> {
  const volumes = await listAll(ec2.reading, {
    action: 'ec2:DescribeVolumes',
    subject: 'all volumes',
    areas: ['existence', 'encryption', 'tags'],
    types: ['aws_ebs_volume'],
    pages: () => ec2.sdk.paginateDescribeVolumes(large(ec2), {}),
    items: ({ Volumes }) => Volumes,
  });
  for (const { VolumeId: id = '', State, KmsKeyId, Attachments = [], Tags } of volumes) {
    if (State === 'deleted') continue;
    ec2.reading.resource({ id, type: 'aws_ebs_volume', ...taggedIn(Attachments[0]?.InstanceId, Tags) });
    ec2.reading.relation({ kind: 'encrypted-with', from: id, to: KmsKeyId, where: 'KmsKeyId' });
  }
}
