import type { HealthReport } from './health.js';
import type { PlanSummary } from './plan.js';

/** Who runs mhtctl, as AWS knows him. */
export interface Identity {
  readonly accountId: string;
  /** ARN of the caller, after the environment's role was assumed. */
  readonly arn: string;
}

/** The state of the git work tree a deployment is made from. */
export interface Commit {
  /** Full hash. */
  readonly hash: string;
  readonly branch: string | undefined;
  /** Files that differ from the commit; empty when the work tree is clean. */
  readonly dirtyFiles: readonly string[];
}

/** How a deployment ended. `started` is written first, so that one that was killed leaves a trace. */
export type DeploymentStatus = 'started' | 'applied' | 'no-changes' | 'failed' | 'interrupted';

/** One immutable entry of an environment's ledger. */
export interface DeploymentRecord {
  readonly format: 1;
  readonly id: string;
  readonly environment: string;
  readonly status: DeploymentStatus;
  /** Git commit, or null outside a repository. */
  readonly commit: string | null;
  readonly dirty: boolean;
  readonly actor: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601; null while it runs. */
  readonly finishedAt: string | null;
  readonly planDigest: string;
  readonly summary: PlanSummary;
  readonly allowedDestroys: readonly string[];
  readonly stateBefore: { readonly lineage: string; readonly serial: number } | null;
  readonly stateAfter: { readonly lineage: string; readonly serial: number } | null;
  readonly health: HealthReport | null;
  /** The verdict on separation after it; null when it was not verified. Records before mhtctl 0.2 have none. */
  readonly separation?: 'separated' | 'violated' | 'unproven' | null;
  /** What failed, for a deployment that did. */
  readonly error: string | null;
}

const STATUSES: ReadonlySet<unknown> = new Set<DeploymentStatus>([
  'started',
  'applied',
  'no-changes',
  'failed',
  'interrupted',
]);

/** Whether a value is a record, as far as commands read one back. What a later mhtctl adds to it is no matter. */
export function isDeploymentRecord(value: unknown): value is DeploymentRecord {
  if (value === null || typeof value !== 'object') return false;
  const { format, id, status, commit, actor, startedAt, finishedAt, stateBefore, stateAfter } = value as Partial<
    Record<keyof DeploymentRecord, unknown>
  >;
  return (
    format === 1 &&
    STATUSES.has(status) &&
    [id, actor, startedAt].every((field) => typeof field === 'string') &&
    [commit, finishedAt].every((field) => field === null || typeof field === 'string') &&
    [stateBefore, stateAfter].every(isStateMark)
  );
}

/** Lineage and serial of a state, or null where there was none. */
function isStateMark(value: unknown): boolean {
  if (value === null) return true;
  const { lineage, serial } = (value ?? {}) as { readonly lineage?: unknown; readonly serial?: unknown };
  return typeof lineage === 'string' && typeof serial === 'number';
}

/** The part of a record that commands return. */
export interface DeploymentSummary {
  readonly id: string;
  readonly commit: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly actor: string;
}

/** The public summary of a record. */
export function deploymentSummary(record: DeploymentRecord): DeploymentSummary {
  const { id, commit, startedAt, finishedAt, actor } = record;
  return { id, commit, startedAt, finishedAt, actor };
}

/**
 * An identifier that sorts by time: UTC to the second and six random hexadecimal digits.
 * @param random six hexadecimal digits that keep two deployments of the same second apart
 */
export function deploymentId(startedAt: Date, random: string): string {
  const stamp = startedAt
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  return `${stamp}-${random}`;
}

/** Where an environment's ledger is: beside its state and named after its key, so that states in one bucket keep apart. */
export function ledgerPrefix(backend: { readonly key: string }): string {
  return `${backend.key}.deployments/`;
}

/** Key of a record's object. A deployment is two objects: one before its apply, one at its end. */
export function ledgerKey(backend: { readonly key: string }, record: Pick<DeploymentRecord, 'id' | 'status'>): string {
  return `${ledgerPrefix(backend)}${record.id}${record.status === 'started' ? '.started' : ''}.json`;
}

/** Whether a key is one that {@link ledgerKey} makes: what people put beside the records is none. */
export function isLedgerKey(backend: { readonly key: string }, key: string): boolean {
  const prefix = ledgerPrefix(backend);
  return key.startsWith(prefix) && /^\d{8}T\d{6}Z-[0-9a-f]{6}(\.started)?\.json$/.test(key.slice(prefix.length));
}
