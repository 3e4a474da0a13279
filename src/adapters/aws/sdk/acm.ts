/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { ACMClient, KeyAlgorithm, paginateListCertificates } from '@aws-sdk/client-acm';
