import { type Costing, FREE, fixed, unknown, used } from '../costing.js';
import { Decimal } from '../decimal.js';
import { freeTypes, pieces, type ResourceTypes, resourceType } from '../resource-type.js';

const KEY = { requests: { value: 100_000, most: 1e12, what: 'requests that use a key' } };
const SECRET = { requests: { value: 10_000, most: 1e12, what: 'requests that read a secret' } };

/** Keys whose requests cost what those of a symmetric one cost. Source: https://aws.amazon.com/kms/pricing/ */
const COMMON_KEYS = new Set(['SYMMETRIC_DEFAULT', 'RSA_2048', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512']);

/** Keys, secrets, certificates and parameters. */
export const KEYS_AND_SECRETS: ResourceTypes = {
  aws_kms_key: resourceType(KEY, (attributes, { use }) =>
    pieces(
      () => fixed('Customer managed key', 'kms/key', Decimal.ONE),
      () => {
        const spec = attributes.textIfKnown('customer_master_key_spec');
        if (!COMMON_KEYS.has(spec ?? 'SYMMETRIC_DEFAULT')) return unknown(`no prices for requests to a ${spec} key`);
        return used('Requests', 'kms/requests', use('requests'));
      },
    ),
  ),
  // A replica of a secret is billed like the secret: https://aws.amazon.com/secrets-manager/pricing/
  aws_secretsmanager_secret: resourceType(SECRET, (attributes, { use }) =>
    pieces(
      () => {
        const replicas = attributes.isUnknown('replica') ? 0 : attributes.count('replica');
        return fixed('Secret', 'secretsmanager/secret', Decimal.of(1 + replicas));
      },
      () => used('Requests', 'secretsmanager/requests', use('requests')),
    ),
  ),
  aws_acm_certificate: resourceType({}, (attributes) =>
    pieces((): Costing => {
      const authority = attributes.text('certificate_authority_arn');
      return authority === undefined ? FREE : used('Private certificate', 'acm/private-certificate', Decimal.ONE);
    }),
  ),
  aws_ssm_parameter: resourceType({}, (attributes) =>
    pieces((): Costing => {
      const tier = attributes.textIfKnown('tier');
      return tier === undefined || tier === 'Standard' ? FREE : unknown(`no prices for parameters of tier ${tier}`);
    }),
  ),
  ...freeTypes(
    'aws_acm_certificate_validation',
    'aws_kms_alias',
    'aws_kms_grant',
    'aws_kms_key_policy',
    'aws_secretsmanager_secret_policy',
    'aws_secretsmanager_secret_version',
  ),
};
