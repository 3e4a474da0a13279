import type { HclAttribute, HclValue } from './hcl-value.js';

/** Where Terraform keeps an environment's state: the decoded `backend-<name>.tfbackend`. */
export interface Backend {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** DynamoDB lock table (`dynamodb_table`), when the file names one. */
  readonly lockTable: string | undefined;
  /** Whether S3-native locking (`use_lockfile`) is on. */
  readonly useLockfile: boolean;
  /** `allowed_account_ids`; empty when the backend pins no account. */
  readonly allowedAccountIds: readonly string[];
  /** Role that the backend assumes, when it names one. */
  readonly roleArn: string | undefined;
  /** KMS key that encrypts the state object (`kms_key_id`), when the file names one. */
  readonly kmsKeyId: string | undefined;
}

/** How the health of an environment is probed after a deployment. */
export interface HealthPolicy {
  /** Path asked of the application. */
  readonly path: string;
  /** Full URL to ask instead of the environment's own `api_base_url` and {@link path}. */
  readonly url: string | undefined;
  /** Seconds until a target or the application that is not healthy counts as unhealthy. */
  readonly deadlineSeconds: number;
  /** Seconds between two probes. */
  readonly intervalSeconds: number;
}

/** How much an environment may cost, as far as that falls due in any case. In the currency of its price table. */
export interface CostLimit {
  /** Most that it may cost a month after a deployment. */
  readonly maxMonthly: number | undefined;
  /** Most that a deployment may add to the month. */
  readonly maxIncrease: number | undefined;
  /** Whether more is refused, or said. */
  readonly onExcess: 'refuse' | 'warn';
}

/** What the team decided about an environment: `policy.hcl`. */
export interface Policy {
  /** A protected environment is confirmed by typing its name. */
  readonly protected: boolean;
  /** The environment whose deployments come first, when there is one. */
  readonly promotedFrom: string | undefined;
  /** How long a commit has to be healthy there first, in minutes. */
  readonly promotedAfterMinutes: number;
  readonly health: HealthPolicy;
  /** What follows a deployment that is not healthy: the rollback is offered, or made at once. */
  readonly onUnhealthy: 'offer' | 'rollback';
  /** Whether it may be destroyed. */
  readonly destroyable: boolean;
  /** Whether its instances may be stopped by a schedule. */
  readonly offHours: boolean;
  /** Undefined where nothing is limited. */
  readonly costLimit: CostLimit | undefined;
}

/**
 * Everything that makes an environment the one it is, resolved once per command and passed on, never changed.
 * No code builds a file name, a bucket or a resource name from {@link name}: it comes from here, the state or an output.
 */
export interface Binding {
  readonly name: string;
  /** Absolute path of the Terraform configuration. */
  readonly configurationDir: string;
  /** Absolute path of the environment's tfvars file. */
  readonly variablesFile: string;
  /** Absolute path of the environment's tfbackend file. */
  readonly backendFile: string;
  /** Terraform's data directory of this environment alone (`TF_DATA_DIR`). */
  readonly dataDir: string;
  /** Where mhtctl keeps this environment's logs, plans and unsent records. */
  readonly workDir: string;
  readonly backend: Backend;
  /** Values of the tfvars file by variable name. */
  readonly variables: Readonly<Record<string, HclValue>>;
  /** Where each value is written, for messages with a file and a line. */
  readonly variableSources: Readonly<Record<string, HclAttribute>>;
  /** The pinned AWS account, when the files pin one. */
  readonly accountId: string | undefined;
  readonly region: string;
  /** Role to assume for the environment (`assume_role_arn`), when there is one. */
  readonly roleArn: string | undefined;
  readonly policy: Policy;
}

/** The directories a command works in. */
export interface Project {
  /** Absolute path of the repository. */
  readonly root: string;
  /** Absolute path of the Terraform configuration with the environments' files. */
  readonly configurationDir: string;
  /** Absolute path of mhtctl's own files (data directories, logs, caches); never in git. */
  readonly privateDir: string;
}
