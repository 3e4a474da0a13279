import type { SourceLocation } from '../hcl-value.js';
import type { FactArea } from './facts.js';
import type { CheckStatus, SeparationFinding } from './rule.js';

/** The answer to whether environments share nothing. `unproven` when nothing was found but not everything was seen. */
export type Verdict = 'separated' | 'violated' | 'unproven';

/** Why a check cannot be passed: something that was not read, or that nobody can tell. */
export interface Gap {
  readonly environments: readonly string[];
  /** What is not known; null when it is about one resource alone. */
  readonly areas: readonly FactArea[] | null;
  /** What was asked about: a resource, or a call like `kms:GetKeyPolicy on all keys`. */
  readonly subject: string;
  readonly reason: string;
  /** The IAM permission to give, when one was missing. */
  readonly permission: string | null;
}

/** What one rule answered. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly status: CheckStatus;
  /** Worth knowing, and no part of the verdict. */
  readonly informational: boolean;
  readonly findings: readonly SeparationFinding[];
  /** Findings beyond the ones listed: a report stays readable whatever is wrong. */
  readonly furtherFindings: number;
  readonly gaps: readonly Gap[];
  /** The answer for every two environments. */
  readonly pairs: readonly { readonly environments: readonly [string, string]; readonly status: CheckStatus }[];
}

/** How much of an environment was looked at. */
export interface Coverage {
  /** Managed resources in its state. */
  readonly inState: number;
  /** Of these, found in AWS and read as far as the rules need it. */
  readonly checked: number;
  /** The others, each with the reason. */
  readonly uncheckable: readonly { readonly resource: string; readonly reason: string }[];
}

/** A connection between two environments that a finding is about, for the drawing. */
export interface Edge {
  readonly rule: string;
  readonly from: { readonly environment: string; readonly resource: string };
  readonly to: { readonly environment: string; readonly resource: string };
}

/** Where the evidence comes from. */
export interface Provenance {
  /** ISO 8601. */
  readonly gatheredAt: string;
  /** Git commit of the configuration; null outside a repository. */
  readonly commit: { readonly hash: string; readonly dirty: boolean } | null;
  readonly environments: Readonly<
    Record<
      string,
      {
        /** Who asked AWS; null where nobody was asked. */
        readonly identity: { readonly accountId: string; readonly arn: string } | null;
        /** The AWS region of its resources. */
        readonly region: string;
        /** Where the configuration names it, in its file of values; null when that cannot be told. */
        readonly location: SourceLocation | null;
        /** The state that was judged; null when there is none. */
        readonly state: {
          readonly location: string;
          readonly lineage: string;
          readonly serial: number;
          readonly versionId: string | null;
          readonly digest: string;
          /** How many managed resources of each type it holds, by Terraform's name of the type. */
          readonly types: Readonly<Record<string, number>>;
        } | null;
      }
    >
  >;
}

/** A signature over the report's digest by an asymmetric KMS key. */
export interface Signature {
  readonly keyArn: string;
  /** KMS's name of the algorithm, like `ECDSA_SHA_256`. */
  readonly algorithm: string;
  /** PEM of the public half, so that the signature is verified without KMS. */
  readonly publicKey: string;
  /** Base64. */
  readonly value: string;
}

/** What `verify-separation --json` returns. */
export interface SeparationReport {
  readonly environments: readonly string[];
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly coverage: Readonly<Record<string, Coverage>>;
  readonly edges: readonly Edge[];
  readonly provenance: Provenance;
  /** `sha256:` over the canonical form of everything else but the signature. */
  readonly digest: string;
  readonly signature?: Signature;
}
