import type { DeploymentStatus, DeploymentSummary } from './deployment.js';

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
  readonly lastDeployment: (DeploymentSummary & { readonly status: DeploymentStatus }) | null;
  /** Why neither could be read; there only then. */
  readonly error?: { readonly code: string; readonly message: string };
}
