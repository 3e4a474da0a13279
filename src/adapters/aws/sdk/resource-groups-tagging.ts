/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
