/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
