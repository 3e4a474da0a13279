/**
 * What is known of the resources of a project's environments, whatever it was learnt from: a state, or AWS's own APIs.
 * Rules see only these; no rule knows an API.
 */

/** Where a fact was learnt: the environment's Terraform state, or AWS itself, just now. */
export type FactSource = 'state' | 'aws';

/**
 * A field of knowledge. A call that fails leaves a gap in one or more of them, and every check that needs one with a gap
 * answers `unknown` unless it fails anyway.
 */
export type FactArea =
  | 'state'
  | 'backend'
  | 'tags'
  | 'existence'
  | 'network'
  | 'policies'
  | 'encryption'
  | 'data-flow'
  | 'traffic';

/**
 * A resource. Identifiers are canonical (see `identifiers.ts`): EC2 resources by their bare id (`vpc-...`), everything
 * else by its ARN, what has neither by an id with its type in front.
 */
export interface ResourceFact {
  readonly id: string;
  /** Other identifiers by which resources refer to it: a URL, a DNS name, an IP address. */
  readonly aliases: readonly string[];
  /** Terraform's name of its type, like `aws_sqs_queue`. */
  readonly type: string;
  /** The name that people know it by; undefined when it has none. */
  readonly name: string | undefined;
  /** Its tags; undefined where the source does not tell them. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** The resource it lives and dies with: the instance of a volume, the load balancer of a listener. */
  readonly partOf: string | undefined;
  /** Made by AWS itself and nobody's in particular, like the key `aws/ebs`. */
  readonly awsManaged?: true;
}

/**
 * How one resource points at another. The kinds of a group are judged by one rule:
 * network, identity, encryption, data flow, traffic, and `mentions` for what has no kind of its own.
 */
export type RelationKind =
  // network
  | 'vpc-cidr'
  | 'peering'
  | 'transit-gateway'
  | 'route'
  | 'security-group-rule'
  | 'network-acl-entry'
  | 'endpoint-service'
  | 'endpoint-service-permission'
  | 'placed-in'
  // identity
  | 'instance-profile'
  | 'profile-role'
  | 'service-role'
  | 'boundary'
  // encryption and secrets
  | 'encrypted-with'
  | 'key-alias'
  | 'secret'
  // data flow
  | 'redrive'
  | 'replication'
  | 'access-log'
  | 'notification'
  | 'subscription'
  | 'alarm-action'
  | 'alarm-metric'
  | 'log-delivery'
  | 'event-target'
  | 'event-source'
  // traffic
  | 'forward'
  | 'certificate'
  | 'target'
  | 'dns-record'
  | 'zone-vpc'
  // anything else
  | 'mentions';

/** One resource pointing at another. */
export interface Relation {
  readonly kind: RelationKind;
  /** Canonical identifier of the resource that points. */
  readonly from: string;
  /** What it points at: a canonical identifier, a CIDR block, an IP address, a DNS name, an account id. */
  readonly to: string;
  /** The thing that makes the link, when it is neither end: `pcx-...`, `sgr-...`, the ARN of a listener rule. */
  readonly through?: string;
  /** Where it is written, in the words of the source: `RedrivePolicy.deadLetterTargetArn`. */
  readonly where: string;
  readonly source: FactSource;
}

/** What a policy document is attached as. `grant` is a KMS grant, written as the statement it amounts to. */
export type PolicyKind = 'resource' | 'identity' | 'boundary' | 'trust' | 'endpoint' | 'grant';

/** A policy document with whom it belongs to. */
export interface PolicyFact {
  readonly kind: PolicyKind;
  /** Canonical identifier of the resource or principal that the document is attached to. */
  readonly holder: string;
  /** As in a sentence: `bucket policy`, `inline policy "application"`. */
  readonly name: string;
  /** JSON text of the document. */
  readonly document: string;
  readonly source: FactSource;
}

/** Something that could not be read, and what is not known because of it. */
export interface Unread {
  /** Environments whose facts have the gap. */
  readonly environments: readonly string[];
  readonly areas: readonly FactArea[];
  /** The IAM action that failed, like `kms:GetKeyPolicy`. */
  readonly action: string;
  /** What it was tried on. */
  readonly subject: string;
  /** What AWS said; for a denial, the permission that is missing. */
  readonly reason: string;
}

/** A set of facts. */
export interface Facts {
  readonly resources: readonly ResourceFact[];
  readonly relations: readonly Relation[];
  readonly policies: readonly PolicyFact[];
  /**
   * Types of which every resource of the account and region was listed: one that is not among {@link resources} is not
   * there. Resources of other types may exist unlisted. A fact from a state lists nothing completely.
   */
  readonly listedTypes: readonly ListedType[];
}

/** A type of which all resources were listed, and where. */
export interface ListedType {
  readonly type: string;
  readonly accountId: string;
  /** The region, or `global`. */
  readonly region: string;
  /** Canonical identifier of what they are parts of, where only its parts were listed: the hosted zone of records. */
  readonly within?: string;
}

export const NO_FACTS: Facts = { resources: [], relations: [], policies: [], listedTypes: [] };
