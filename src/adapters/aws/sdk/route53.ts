/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export {
  CreateHostedZoneCommand,
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
  ListTagsForResourcesCommand,
  paginateListHostedZones,
  Route53Client,
} from '@aws-sdk/client-route-53';
