import type { GrantListEntry } from '@aws-sdk/client-kms';

/**
 * The policy document that a grant amounts to. An encryption context that must be equal is written like one that must
 * be contained: the policy language cannot say that nothing else may be there.
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html,
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 * @param key ARN of the key
 */
export function grantDocument(key: string, grant: GrantListEntry): string {
  const { Operations = [], Constraints: constraints } = grant;
  const context = constraints?.EncryptionContextEquals ?? constraints?.EncryptionContextSubset ?? {};
  const equals = Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value] as const);
  const source = constraints?.SourceArn;
  const conditions = {
    ...(equals.length === 0 ? {} : { StringEquals: Object.fromEntries(equals) }),
    ...(source === undefined ? {} : { ArnLike: { 'aws:SourceArn': source } }),
  };
  const statement = (principal: Principal, actions: readonly string[]) => ({
    Effect: 'Allow',
    Principal: principal,
    Action: actions.map((action) => `kms:${action}`),
    Resource: key,
  });
  const grantee = principalOf(grant.GranteePrincipal, grant.GranteeServicePrincipal);
  const retiring = principalOf(grant.RetiringPrincipal, grant.RetiringServicePrincipal);
  const statements = [
    ...(grantee === undefined || Operations.length === 0
      ? []
      : [
          {
            ...statement(grantee, Operations),
            ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
          },
        ]),
    ...(retiring === undefined ? [] : [statement(retiring, ['RetireGrant'])]),
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

type Principal = { readonly AWS: string } | { readonly Service: string };

/** Older grants have an AWS service in the place of a principal's ARN. */
function principalOf(principal: string | undefined, service: string | undefined): Principal | undefined {
  const named = service ?? principal;
  if (named === undefined || named === '') return undefined;
  return service !== undefined || /\.amazonaws\.com(?:\.cn)?$/.test(named) ? { Service: named } : { AWS: named };
}
