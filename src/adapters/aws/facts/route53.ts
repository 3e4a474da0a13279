import type { HostedZone, ListResourceRecordSetsResponse, Route53Client } from '@aws-sdk/client-route-53';
import { batches } from '../batches.js';
import { concerned } from './concerned.js';
import { listAll } from './listing.js';
import { type Reading, tagsOf } from './reading.js';
import { noteRecord, recordName } from './route53/records.js';

/** What the parts of Route 53's reader share. */
interface Route53 {
  readonly reading: Reading;
  readonly sdk: typeof import('../sdk/route53.js');
  readonly client: Route53Client;
}

/** A hosted zone by its ARN, its id and its name without the last dot. */
interface Zone {
  readonly id: string;
  readonly zoneId: string;
  readonly name: string;
  readonly isPrivate: boolean;
}

/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTagsForResources.html */
const ZONES_A_CALL = 10;

/**
 * Hosted zones, and of those that concern an environment by name or by tag the records and the VPCs they answer in.
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html
 */
export async function readRoute53(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/route53.js');
  const client = new sdk.Route53Client(reading.configuration);
  const route53 = { reading, sdk, client };
  try {
    const zones = await listAll(reading, {
      action: 'route53:ListHostedZones',
      subject: 'all hosted zones',
      areas: ['existence', 'traffic', 'tags'],
      types: ['aws_route53_zone'],
      scope: 'global',
      pages: () => sdk.paginateListHostedZones({ client }, {}),
      items: ({ HostedZones = [] }) => HostedZones.map((zone) => zoneOf(reading, zone)),
    });
    const tags = await readTags(route53, zones);
    for (const { id, zoneId, name } of zones)
      reading.resource({ id, type: 'aws_route53_zone', name, tags: tags.get(zoneId) });
    const own = await concerned(
      reading,
      zones.map((zone) => ({ ...zone, tags: tags.get(zone.zoneId) })),
    );
    await Promise.all([
      ...own.map((zone) => readRecords(route53, zone)),
      ...own.filter(({ isPrivate }) => isPrivate).map((zone) => readVpcs(route53, zone)),
    ]);
  } finally {
    client.destroy();
  }
}

/** ARNs of hosted zones have no account. */
function zoneOf({ vantage }: Reading, { Id = '', Name = '', Config }: HostedZone): Zone {
  const zoneId = Id.replace(/^\/hostedzone\//, '');
  const id = `arn:${vantage.partition}:route53:::hostedzone/${zoneId}`;
  return { id, zoneId, name: recordName(Name), isPrivate: Config?.PrivateZone === true };
}

/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html */
async function readRecords(route53: Route53, zone: Zone): Promise<void> {
  const records = await listAll(route53.reading, {
    action: 'route53:ListResourceRecordSets',
    subject: zone.name,
    areas: ['existence', 'traffic'],
    types: ['aws_route53_record'],
    within: zone.id,
    scope: 'global',
    pages: () => recordPages(route53, zone),
    items: ({ ResourceRecordSets }) => ResourceRecordSets,
  });
  for (const record of records) noteRecord(route53.reading, zone, record);
}

/** The one listing of Route 53 for which the SDK has no paginator: a page begins at a name, a type and an identifier. */
async function* recordPages({ sdk, client }: Route53, { zoneId }: Zone): AsyncIterable<ListResourceRecordSetsResponse> {
  let page: ListResourceRecordSetsResponse | undefined;
  do {
    page = await client.send(
      new sdk.ListResourceRecordSetsCommand({
        HostedZoneId: zoneId,
        StartRecordName: page?.NextRecordName,
        StartRecordType: page?.NextRecordType,
        StartRecordIdentifier: page?.NextRecordIdentifier,
      }),
    );
    yield page;
  } while (page.IsTruncated);
}

/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html */
async function readVpcs({ reading, sdk, client }: Route53, { id, zoneId, name }: Zone): Promise<void> {
  const answer = await reading.ask({ action: 'route53:GetHostedZone', subject: name, areas: ['traffic'] }, () =>
    client.send(new sdk.GetHostedZoneCommand({ Id: zoneId })),
  );
  for (const { VPCId: to } of answer?.VPCs ?? []) reading.relation({ kind: 'zone-vpc', from: id, to, where: 'VPCs' });
}

/** By zone id. */
async function readTags(
  { reading, sdk, client }: Route53,
  zones: readonly Zone[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const answers = batches(zones, ZONES_A_CALL).map((some) => {
    const ResourceIds = some.map(({ zoneId }) => zoneId);
    return reading.ask(
      {
        action: 'route53:ListTagsForResources',
        subject: some.map(({ name }) => name).join(', '),
        areas: ['tags'],
      },
      () => client.send(new sdk.ListTagsForResourcesCommand({ ResourceType: 'hostedzone', ResourceIds })),
    );
  });
  const sets = (await Promise.all(answers)).flatMap((answer) => answer?.ResourceTagSets ?? []);
  return new Map(sets.map(({ ResourceId = '', Tags }) => [ResourceId, tagsOf(Tags)]));
}
