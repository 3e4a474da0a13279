import type { DeploymentRecord } from '../domain/deployment.js';
import type { Binding } from '../domain/environment.js';

/** The record of an environment's deployments, append-only, kept in its state bucket. */
export interface Ledger {
  /** Writes a new entry. Fails when one with this id and status exists: entries never change. */
  append(binding: Binding, record: DeploymentRecord): Promise<void>;
  /** The newest deployment's last entry, or null when nothing was ever deployed (or there is no bucket). */
  latest(binding: Binding): Promise<DeploymentRecord | null>;
}
