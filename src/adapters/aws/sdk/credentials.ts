/** What mhtctl uses of the credential providers; see `s3.ts` for why by name. */
export { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
