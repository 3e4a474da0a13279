/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { GetResourcePolicyCommand, paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
