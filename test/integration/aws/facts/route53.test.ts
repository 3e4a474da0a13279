import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readRoute53 } from '../../../../src/adapters/aws/facts/route53.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted, told, toldOf } from '../../../support/fact-reading.js';

const MORE_THAN_A_PAGE = 305;

describe('DNS, read from Route 53', () => {
  let aws: EmulatedAws;
  let route53: Route53Client;
  const createZone = async (Name: string, vpc?: string) => {
    const { HostedZone } = await route53.send(
      new CreateHostedZoneCommand({
        Name,
        CallerReference: Name,
        ...(vpc === undefined
          ? {}
          : { VPC: { VPCId: vpc, VPCRegion: 'us-east-1' }, HostedZoneConfig: { PrivateZone: true } }),
      }),
    );
    const zoneId = HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
    return { zoneId, id: `arn:aws:route53:::hostedzone/${zoneId}` };
  };
  const createRecords = (HostedZoneId: string, ...records: readonly ResourceRecordSet[]) =>
    route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId,
        ChangeBatch: { Changes: records.map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet })) },
      }),
    );
  const record = (Name: string, Type: NonNullable<ResourceRecordSet['Type']>, ...values: readonly string[]) =>
    ({ Name, Type, TTL: 60, ResourceRecords: values.map((Value) => ({ Value })) }) satisfies ResourceRecordSet;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    route53 = new Route53Client();
  });

  afterAll(async () => {
    route53.destroy();
    await aws.stop();
  });

  beforeEach(() => aws.reset());

  it('tells a zone by its ARN, its name and its tags', async () => {
    const { id, zoneId } = await createZone('example.com');
    await route53.send(
      new ChangeTagsForResourceCommand({
        ResourceType: 'hostedzone',
        ResourceId: zoneId,
        AddTags: [{ Key: 'Environment', Value: 'staging' }],
      }),
    );
    const read = await factsBy(readRoute53);
    expect(noted(read, id)).toEqual([
      {
        id,
        type: 'aws_route53_zone',
        name: 'example.com',
        tags: { Environment: 'staging' },
        aliases: [],
        partOf: undefined,
      },
    ]);
    expect(listedTypes(read)).toEqual([`aws_route53_record in global of ${id}`, 'aws_route53_zone in global']);
    expect(read.unread).toEqual([]);
  });

  it('tells the tags of every zone, and reads the records of one that concerns an environment by its tag', async () => {
    const { id, zoneId } = await createZone('corp.internal');
    const [Key, Value] = ['Environment', 'staging'];
    await route53.send(
      new ChangeTagsForResourceCommand({
        ResourceType: 'hostedzone',
        ResourceId: zoneId,
        AddTags: [{ Key, Value }],
      }),
    );
    const read = await factsBy(readRoute53, ({ tags }) => tags?.[Key] === Value);
    expect(noted(read, id)).toEqual([expect.objectContaining({ name: 'corp.internal', tags: { [Key]: Value } })]);
    expect(idsOf(read, 'aws_route53_record')).toContain(`${zoneId}/corp.internal/NS`);
  });

  it('tells what each record answers', async () => {
    const { id, zoneId } = await createZone('example.com');
    const AliasTarget = {
      HostedZoneId: 'Z2P70J7EXAMPLE',
      DNSName: 'dualstack.App-1.us-east-1.elb.amazonaws.com.',
      EvaluateTargetHealth: false,
    };
    await createRecords(
      zoneId,
      { Name: 'api.example.com', Type: 'A', AliasTarget },
      record('www.example.com', 'CNAME', 'Api.Example.com.'),
      record('db.example.com', 'A', '10.0.0.5', '10.0.0.6'),
      record('example.com', 'MX', '10 mail.example.com.'),
      record('*.example.com', 'CNAME', 'api.example.com'),
      record(
        'web.example.com',
        'HTTPS',
        '1 App.Example.com. alpn="h2,h3" ipv4hint="10.0.0.7,10.0.0.8"',
        '2 . port=8443',
      ),
      record('_dns.example.com', 'SVCB', '1 dns.example.com. ipv6hint=2001:db8::1'),
    );
    const read = await factsBy(readRoute53);
    expect(toldOf(read, 'dns-record', `${zoneId}/api.example.com/A`)).toEqual([
      'app-1.us-east-1.elb.amazonaws.com: AliasTarget',
    ]);
    expect(toldOf(read, 'dns-record', `${zoneId}/www.example.com/CNAME`)).toEqual(['api.example.com: ResourceRecords']);
    expect(toldOf(read, 'dns-record', `${zoneId}/db.example.com/A`)).toEqual([
      '10.0.0.5: ResourceRecords',
      '10.0.0.6: ResourceRecords',
    ]);
    expect(toldOf(read, 'dns-record', `${zoneId}/example.com/MX`)).toEqual(['mail.example.com: ResourceRecords']);
    expect(toldOf(read, 'dns-record', `${zoneId}/web.example.com/HTTPS`)).toEqual([
      '10.0.0.7: ResourceRecords',
      '10.0.0.8: ResourceRecords',
      'app.example.com: ResourceRecords',
    ]);
    expect(toldOf(read, 'dns-record', `${zoneId}/_dns.example.com/SVCB`)).toEqual([
      '2001:db8::1: ResourceRecords',
      'dns.example.com: ResourceRecords',
    ]);
    expect(noted(read, `${zoneId}/*.example.com/CNAME`)).toEqual([
      expect.objectContaining({ type: 'aws_route53_record', name: '*.example.com', partOf: id, tags: undefined }),
    ]);
  });

  it('tells records of one name and type apart by their set identifier', async () => {
    const { zoneId } = await createZone('example.com');
    await createRecords(
      zoneId,
      { ...record('api.example.com', 'A', '10.0.0.5'), SetIdentifier: 'blue', Weight: 1 },
      { ...record('api.example.com', 'A', '10.0.0.6'), SetIdentifier: 'green', Weight: 1 },
    );
    const ids = idsOf(await factsBy(readRoute53), 'aws_route53_record');
    expect(ids).toEqual(
      expect.arrayContaining([`${zoneId}/api.example.com/A/blue`, `${zoneId}/api.example.com/A/green`]),
    );
  });

  it('reads the records of the zones that concern an environment, and of no other', async () => {
    const [own, other] = [await createZone('example.com'), await createZone('example.org')];
    const read = await factsBy(readRoute53, ({ name }) => name === 'example.com');
    expect(idsOf(read, 'aws_route53_zone')).toEqual([own.id, other.id].sort());
    expect(idsOf(read, 'aws_route53_record')).toEqual([
      `${own.zoneId}/example.com/NS`,
      `${own.zoneId}/example.com/SOA`,
    ]);
    expect(listedTypes(read)).toEqual([`aws_route53_record in global of ${own.id}`, 'aws_route53_zone in global']);
  });

  it('reads more records than a page holds', async () => {
    const { zoneId } = await createZone('example.com');
    const names = Array.from({ length: MORE_THAN_A_PAGE }, (_, index) => `host-${index}.example.com`);
    await createRecords(zoneId, ...names.map((name) => record(name, 'A', '10.0.0.5')));
    const read = await factsBy(readRoute53);
    const ids = idsOf(read, 'aws_route53_record').filter((id) => id.includes('/host-'));
    expect(ids).toEqual(names.map((name) => `${zoneId}/${name}/A`).sort());
    expect(told(read, 'dns-record').filter((line) => line.includes('/host-'))).toHaveLength(MORE_THAN_A_PAGE);
  });

  it('tells the VPC that a private zone answers in', async () => {
    const ec2 = new EC2Client();
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    ec2.destroy();
    const { id } = await createZone('internal.example.com', Vpc?.VpcId);
    expect(told(await factsBy(readRoute53), 'zone-vpc')).toEqual([`${id} -> ${Vpc?.VpcId}: VPCs`]);
  });

  describe('as AWS documents its answers', () => {
    const XMLNS = 'xmlns="https://route53.amazonaws.com/doc/2013-04-01/"';
    const DENIED = {
      status: 403,
      body: `<ErrorResponse ${XMLNS}><Error><Type>Sender</Type><Code>AccessDenied</Code>
        <Message>not authorized</Message></Error></ErrorResponse>`,
    };
    const ZONES = `<ListHostedZonesResponse ${XMLNS}><HostedZones><HostedZone><Id>/hostedzone/Z1</Id>
      <Name>example.com.</Name><CallerReference>x</CallerReference></HostedZone></HostedZones>
      <IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesResponse>`;
    const TAGS = `<ListTagsForResourcesResponse ${XMLNS}><ResourceTagSets/></ListTagsForResourcesResponse>`;
    const records = (set: string, next: string) =>
      `<ListResourceRecordSetsResponse ${XMLNS}><ResourceRecordSets><ResourceRecordSet><Name>\\052.example.com.</Name>
        <Type>A</Type><SetIdentifier>${set}</SetIdentifier><Weight>1</Weight><TTL>60</TTL><ResourceRecords>
        <ResourceRecord><Value>10.0.0.5</Value></ResourceRecord></ResourceRecords></ResourceRecordSet>
        </ResourceRecordSets><MaxItems>300</MaxItems>${next}</ListResourceRecordSetsResponse>`;
    const MORE = `<IsTruncated>true</IsTruncated><NextRecordName>\\052.example.com.</NextRecordName>
      <NextRecordType>A</NextRecordType><NextRecordIdentifier>green</NextRecordIdentifier>`;
    const asDocumented = (url: string) => {
      if (url.includes('/rrset'))
        return url.includes('identifier=green')
          ? records('green', '<IsTruncated>false</IsTruncated>')
          : records('blue', MORE);
      return url.includes('/tags/') ? TAGS : ZONES;
    };

    it('goes on where a page ends, among records of one name', async () => {
      const read = await factsOfRecorded(readRoute53, ({ url }) => ({ status: 200, body: asDocumented(url) }));
      expect(told(read, 'dns-record')).toEqual([
        'Z1/*.example.com/A/blue -> 10.0.0.5: ResourceRecords',
        'Z1/*.example.com/A/green -> 10.0.0.5: ResourceRecords',
      ]);
      expect(read.unread).toEqual([]);
    });

    it.each([
      { at: '/rrset', action: 'route53:ListResourceRecordSets', areas: ['existence', 'traffic'] },
      { at: '/tags/', action: 'route53:ListTagsForResources', areas: ['tags'] },
    ])('without $action has that gap, and what else there is', async ({ at, action, areas }) => {
      const read = await factsOfRecorded(readRoute53, ({ url }) =>
        url.includes(at) ? DENIED : { status: 200, body: asDocumented(url) },
      );
      expect(read.unread).toEqual([
        {
          environments: ['production', 'staging'],
          areas,
          action,
          subject: 'example.com',
          reason: expect.stringContaining('AccessDenied'),
        },
      ]);
      expect(idsOf(read, 'aws_route53_zone')).toEqual(['arn:aws:route53:::hostedzone/Z1']);
    });

    it('counts nothing as listed when the zones are not', async () => {
      const read = await factsOfRecorded(readRoute53, () => DENIED);
      expect(read.unread).toEqual([
        expect.objectContaining({ action: 'route53:ListHostedZones', areas: ['existence', 'traffic', 'tags'] }),
      ]);
      expect(listedTypes(read)).toEqual([]);
    });
  });
});
