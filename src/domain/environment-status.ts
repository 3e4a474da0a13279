import type { DeploymentSummary, Operation, RecordStatus } from './ledger-record.js';
import type { OffHours } from './off-hours/schedule.js';

/** An environment at a glance. */
export interface EnvironmentStatus {
  readonly name: string;
  readonly protected: boolean;
  readonly backend: {
    readonly bucket: string;
    readonly key: string;
    readonly region: string;
    readonly lockTable: string | null;
  };
  /** Null when nothing was deployed yet. */
  readonly state: { readonly serial: number; readonly lineage: string; readonly resources: number } | null;
  /** The last operation with a plan: a deployment, or a rollback, an import and the like. */
  readonly lastDeployment:
    | (DeploymentSummary & { readonly operation: Operation; readonly status: RecordStatus })
    | null;
  /** The off-hours schedule that is applied by the state; null without one. */
  readonly offHours:
    | (OffHours & { readonly on: boolean; readonly nextStart: string; readonly nextStop: string })
    | null;
  /** Records among the newest that cannot be read, like `s3://bucket/key`. */
  readonly unreadableRecords: readonly string[];
  /** Why neither could be read; there only then. */
  readonly error?: { readonly code: string; readonly message: string };
}
