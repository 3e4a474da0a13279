/** What mhtctl uses of this client to sign; see `s3.ts` for why by name. */
export { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
