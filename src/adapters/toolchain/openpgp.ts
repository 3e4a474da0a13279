/** What mhtctl uses of openpgp, by name so that the rest is not bundled; see `adapters/aws/sdk/s3.ts`. */
export { createMessage, readKey, readSignature, verify } from 'openpgp';
