/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { CreateHostedZoneCommand, ListHostedZonesByNameCommand, Route53Client } from '@aws-sdk/client-route-53';
