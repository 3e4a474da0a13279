/**
 * What is known of a condition key in the requests in question: the values it may have, null among them where it may be
 * absent. Undefined when nobody can tell: then it may be anything.
 */
export type Known = readonly (string | null)[] | undefined;

/** What is known of every key of the requests in question. Keys are in whatever case the policy writes them. */
export type Request = (key: string) => Known;

/** Who asks, as far as it is known. */
export interface Caller {
  /** Of the user, or of the role that a session is of. */
  readonly arn: string | undefined;
  readonly accountId: string | undefined;
  /** Name of a user, null for a role: its sessions have none. Undefined when it is not known which of them it is. */
  readonly userName: string | null | undefined;
  readonly tag: (key: string) => Known;
  /** VPCs and VPC endpoints that its requests may come through. */
  readonly vpcs: readonly string[];
  readonly vpcEndpoints: readonly string[];
}

/** What is asked for, as far as it is known. */
export interface Target {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
  /**
   * ARN of the VPC that it may be in, null where it may be in none.
   * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-policy-keys
   */
  readonly vpc: Known;
  readonly tag: (key: string) => Known;
  /** Of a KMS key, null among them for none. */
  readonly aliases: Known;
}

/** On whose behalf an AWS service asks. */
export interface Source {
  readonly arn: string | undefined;
  readonly accountId: string | undefined;
}

const only = (value: string | null | undefined): Known => (value === undefined ? undefined : [value]);

/**
 * Requests that a user or a role makes itself.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestBy(caller: Caller, target?: Target): Request {
  return (key) => {
    const lower = key.toLowerCase();
    if (lower.startsWith('aws:principaltag/')) return caller.tag(key.slice('aws:principaltag/'.length));
    switch (lower) {
      case 'aws:principalarn':
        return only(caller.arn);
      case 'aws:principalaccount':
      case 'kms:calleraccount':
        return only(caller.accountId);
      case 'aws:username':
        return only(caller.userName);
      case 'aws:principalisawsservice':
        return ['false'];
      case 'aws:sourcevpc':
        return [...caller.vpcs, null];
      case 'aws:sourcevpce':
        return [...caller.vpcEndpoints, null];
      // Set only where a service asks on behalf of a resource. SNS sets aws:SourceOwner otherwise too, and every topic has
      // a policy that admits everybody of its own account by it until it is given another: that is taken for what the
      // account's root principal means, to leave the decision to IAM policies.
      case 'aws:sourcearn':
      case 'aws:sourceaccount':
      case 'aws:sourceowner':
      case 'aws:principalservicename':
        return [null];
      default:
        return ofTarget(key, target);
    }
  };
}

/** Requests that an AWS service makes on behalf of a resource or an account. */
export function requestFor(source: Source, target?: Target): Request {
  return (key) => {
    const lower = key.toLowerCase();
    if (lower.startsWith('aws:principaltag/')) return [null];
    switch (lower) {
      case 'aws:sourcearn':
        return only(source.arn);
      case 'aws:sourceaccount':
      case 'aws:sourceowner':
        return only(source.accountId);
      case 'aws:principalisawsservice':
        return ['true'];
      case 'aws:principalarn':
      case 'aws:username':
        return [null];
      default:
        return ofTarget(key, target);
    }
  };
}

function ofTarget(key: string, target: Target | undefined): Known {
  // Services have the key under their own prefix as well, like `ec2:ResourceTag/Name`.
  const tag = /^[a-z0-9-]+:resourcetag\/(.+)$/i.exec(key)?.[1];
  if (tag !== undefined) return target?.tag(tag);
  switch (key.toLowerCase()) {
    case 'aws:resourceaccount':
    case 's3:resourceaccount':
    case 's3:dataaccesspointaccount':
      return only(target?.accountId);
    case 'aws:requestedregion':
    case 'ec2:region':
      return only(target?.region);
    // A key is asked for by one of its aliases, or by its id.
    // Source: https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
    case 'kms:requestalias':
      return target?.aliases === undefined ? undefined : [...target.aliases, null];
    case 'kms:resourcealiases':
      return target?.aliases;
    case 'ec2:vpc':
      return target?.vpc;
    default:
      return undefined;
  }
}
