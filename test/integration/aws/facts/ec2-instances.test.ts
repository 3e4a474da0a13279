import { gzipSync } from 'node:zlib';
import {
  AttachVolumeCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateNetworkInterfaceCommand,
  CreateVolumeCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  ReplaceIamInstanceProfileAssociationCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateInstanceProfileCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readEc2 } from '../../../../src/adapters/aws/facts/ec2.js';
import { EMULATED_ACCOUNT, EmulatedAws } from '../../../support/emulated-aws.js';
import { factsBy, idsOf, noted, told, toldOf } from '../../../support/fact-reading.js';

const SECRET = `arn:aws:secretsmanager:us-east-1:${EMULATED_ACCOUNT}:secret:app-AbCdEf`;
const QUEUE = `https://sqs.us-east-1.amazonaws.com/${EMULATED_ACCOUNT}/jobs`;
const USER_DATA = `#!/bin/sh\nQUEUE=${QUEUE}\nSECRET="${SECRET}"\n`;
const BASE64 = Buffer.from(USER_DATA).toString('base64');

describe('machines, read from EC2', () => {
  let aws: EmulatedAws;
  let ec2: EC2Client;
  const run = async (input: Partial<RunInstancesCommandInput> = {}) => {
    const { Instances } = await ec2.send(
      new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1, ...input }),
    );
    const [{ InstanceId = '', ...instance } = {}] = Instances ?? [];
    return { id: InstanceId, ...instance };
  };
  const onlyOwn = ({ id }: { id: string }) => id.startsWith('i-');

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    ec2 = new EC2Client();
  });

  afterAll(async () => {
    ec2.destroy();
    await aws.stop();
  });

  beforeEach(() => aws.reset());

  it('tells where an instance is, its addresses, and what it acts as', async () => {
    const iam = new IAMClient();
    const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'app' }));
    iam.destroy();
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand());
    const group = SecurityGroups?.[0]?.GroupId ?? '';
    const instance = await run({
      SecurityGroupIds: [group],
      IamInstanceProfile: { Name: 'app' },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'app-0' }] }],
    });
    const read = await factsBy(readEc2);
    expect(noted(read, instance.id)).toEqual([
      {
        id: instance.id,
        type: 'aws_instance',
        name: 'app-0',
        tags: { Name: 'app-0' },
        partOf: undefined,
        aliases: expect.arrayContaining([instance.PrivateIpAddress]),
      },
    ]);
    expect(toldOf(read, 'instance-profile', instance.id)).toEqual([`${InstanceProfile?.Arn}: IamInstanceProfile`]);
    expect(toldOf(read, 'placed-in', instance.id)).toEqual(
      expect.arrayContaining([
        `${instance.VpcId}: VpcId`,
        `${instance.SubnetId}: SubnetId`,
        `${group}: SecurityGroups`,
      ]),
    );
  });

  it('tells by what profile an instance acts since it was given another, and no more by which before', async () => {
    const iam = new IAMClient();
    const [, theirs] = await Promise.all(
      ['app', 'other'].map((name) => iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }))),
    );
    iam.destroy();
    const { id } = await run({ IamInstanceProfile: { Name: 'app' } });
    const { IamInstanceProfileAssociations: [{ AssociationId } = {}] = [] } = await ec2.send(
      new DescribeIamInstanceProfileAssociationsCommand(),
    );
    const IamInstanceProfile = { Name: 'other' };
    await ec2.send(new ReplaceIamInstanceProfileAssociationCommand({ AssociationId, IamInstanceProfile }));
    const read = await factsBy(readEc2);
    expect(toldOf(read, 'instance-profile', id)).toEqual([`${theirs?.InstanceProfile?.Arn}: IamInstanceProfile`]);
  });

  it('tells that the first interface and the root volume are parts of the instance', async () => {
    const { id } = await run();
    const read = await factsBy(readEc2);
    const parts = read.facts.resources.filter(({ partOf }) => partOf === id);
    expect([...new Set(parts.map(({ type }) => type))].sort()).toEqual(['aws_ebs_volume', 'aws_network_interface']);
    for (const part of parts) {
      expect(toldOf(read, 'placed-in', id).filter((line) => line.startsWith(part.id))).toHaveLength(1);
    }
  });

  it('tells of a volume that was attached later that the instance uses it, and its key', async () => {
    const kms = new KMSClient();
    const { KeyMetadata } = await kms.send(new CreateKeyCommand());
    kms.destroy();
    const { id, Placement } = await run();
    const { VolumeId = '' } = await ec2.send(
      new CreateVolumeCommand({
        AvailabilityZone: Placement?.AvailabilityZone,
        Size: 1,
        Encrypted: true,
        KmsKeyId: KeyMetadata?.Arn,
      }),
    );
    await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId: id, Device: '/dev/sdf' }));
    const read = await factsBy(readEc2);
    expect(noted(read, VolumeId)).toEqual([expect.objectContaining({ type: 'aws_ebs_volume', partOf: id })]);
    expect(toldOf(read, 'placed-in', id)).toContain(`${VolumeId}: volume /dev/sdf`);
    expect(toldOf(read, 'encrypted-with', VolumeId)).toEqual([`${KeyMetadata?.Arn}: KmsKeyId`]);
  });

  it('takes a volume with tags of its own for no part, whatever it is attached to', async () => {
    const { id, Placement } = await run();
    const { VolumeId = '' } = await ec2.send(
      new CreateVolumeCommand({
        AvailabilityZone: Placement?.AvailabilityZone,
        Size: 1,
        TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'Environment', Value: 'staging' }] }],
      }),
    );
    await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId: id, Device: '/dev/sdf' }));
    expect(noted(await factsBy(readEc2), VolumeId).map(({ partOf }) => partOf)).toEqual([undefined]);
  });

  it('tells where an interface of its own is, and its addresses', async () => {
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand());
    const { SubnetId, VpcId } = Subnets?.[0] ?? {};
    const made = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
    const { NetworkInterfaceId: id = '', PrivateIpAddress } = made.NetworkInterface ?? {};
    const read = await factsBy(readEc2);
    expect(noted(read, id)).toEqual([expect.objectContaining({ aliases: [PrivateIpAddress], partOf: undefined })]);
    expect(toldOf(read, 'placed-in', id)).toEqual(expect.arrayContaining([`${SubnetId}: SubnetId`, `${VpcId}: VpcId`]));
  });

  it('tells that the interface of a load balancer is a part of it, by its description', async () => {
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand());
    const Description = 'ELB app/web/50dc6c495c0c9188';
    await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: Subnets?.[0]?.SubnetId, Description }));
    const balancer = `arn:aws:elasticloadbalancing:us-east-1:${EMULATED_ACCOUNT}:loadbalancer/app/web/50dc6c495c0c9188`;
    const { facts } = await factsBy(readEc2);
    expect(facts.resources.filter(({ partOf }) => partOf === balancer)).toEqual([
      expect.objectContaining({ type: 'aws_network_interface' }),
    ]);
  });

  it('leaves out a terminated instance', async () => {
    const { id } = await run();
    const { id: gone } = await run();
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [gone] }));
    expect(idsOf(await factsBy(readEc2), 'aws_instance')).toEqual([id]);
  });

  it.each([
    { as: 'as it was written', UserData: BASE64 },
    { as: 'compressed', UserData: gzipSync(USER_DATA).toString('base64') },
  ])('tells what user data names, $as', async ({ UserData }) => {
    const { id } = await run({ UserData });
    const read = await factsBy(readEc2, onlyOwn);
    expect(toldOf(read, 'secret', id)).toEqual([`${SECRET}: user data`]);
    expect(toldOf(read, 'mentions', id)).toEqual([`${QUEUE}: user data`]);
  });

  it('leaves a gap for user data that cannot be uncompressed', async () => {
    const { id } = await run({ UserData: gzipSync(USER_DATA).subarray(0, 30).toString('base64') });
    const { unread } = await factsBy(readEc2, onlyOwn);
    expect(unread).toEqual([
      expect.objectContaining({
        action: 'ec2:DescribeInstanceAttribute',
        subject: id,
        areas: ['encryption', 'data-flow'],
      }),
    ]);
  });

  it("asks for the user data of no instance that is nobody's", async () => {
    await run({ UserData: BASE64 });
    const read = await factsBy(readEc2, () => false);
    expect([...told(read, 'secret'), ...told(read, 'mentions')]).toEqual([]);
  });

  it('tells what a launch template would start, by its default and its latest version', async () => {
    const { LaunchTemplate } = await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: 'app',
        LaunchTemplateData: { SecurityGroupIds: ['sg-0123456789abcdef0'], IamInstanceProfile: { Name: 'app' } },
        TagSpecifications: [{ ResourceType: 'launch-template', Tags: [{ Key: 'Environment', Value: 'staging' }] }],
      }),
    );
    const id = LaunchTemplate?.LaunchTemplateId ?? '';
    await ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId: id,
        LaunchTemplateData: {
          NetworkInterfaces: [{ SubnetId: 'subnet-0123456789abcdef0', Groups: ['sg-0fedcba9876543210'] }],
          BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { KmsKeyId: 'alias/app' } }],
          UserData: BASE64,
        },
      }),
    );
    const read = await factsBy(readEc2, onlyOwn);
    expect(noted(read, id)).toEqual([
      expect.objectContaining({ type: 'aws_launch_template', name: 'app', tags: { Environment: 'staging' } }),
    ]);
    expect(toldOf(read, 'placed-in', id)).toEqual([
      'sg-0123456789abcdef0: security group of version 1',
      'sg-0fedcba9876543210: security group of version 2',
      'subnet-0123456789abcdef0: subnet of version 2',
    ]);
    expect(toldOf(read, 'instance-profile', id)).toEqual([
      `arn:aws:iam::${EMULATED_ACCOUNT}:instance-profile/app: IamInstanceProfile of version 1`,
    ]);
    expect(toldOf(read, 'encrypted-with', id)).toEqual(['alias/app: KmsKeyId of version 2']);
    expect(toldOf(read, 'secret', id)).toEqual([`${SECRET}: user data of version 2`]);
  });
});
