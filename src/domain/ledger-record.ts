import type { HealthReport } from './health.js';
import type { PlanSummary } from './plan.js';

const OPERATIONS = [
  'deploy',
  'rollback',
  'import',
  'destroy',
  'migrate',
  'state-restore',
  'unlock',
  'stop',
  'start',
] as const;

/** What is recorded: each of these is carried out on one environment. */
export type Operation = (typeof OPERATIONS)[number];

const STATUSES = ['started', 'applied', 'no-changes', 'done', 'failed', 'interrupted'] as const;

/**
 * How an operation ended. `started` is written first where it takes its time, so that one that was killed leaves a
 * trace. `applied` and `no-changes` are the ends of a plan, `done` is that of an operation without one.
 */
export type RecordStatus = (typeof STATUSES)[number];

/** A state, as far as a record names it. */
export interface StateMark {
  readonly lineage: string;
  readonly serial: number;
  /** S3's version of the object; null where the bucket keeps none, absent before mhtctl recorded it. */
  readonly versionId?: string | null;
}

/** What a plan was made from, beside the commit. */
export interface RecordedInputs {
  /** The environment's values, whole: a rollback uses them, whether or not they were committed. */
  readonly variables: { readonly digest: string; readonly text: string };
  /** `.terraform.lock.hcl`; null where there is none. */
  readonly lockFile: {
    readonly digest: string;
    /** Version by provider address, like `registry.terraform.io/hashicorp/aws`. */
    readonly providers: Readonly<Record<string, string>>;
  } | null;
  readonly terraformVersion: string;
}

/** A safeguard that somebody chose to pass. */
export interface Override {
  /** The flag that passed it, like `--skip-gate`. */
  readonly flag: string;
  /** What was given with it: a reason, an address. */
  readonly value: string;
}

/** One immutable entry of an environment's ledger. What an operation does not have is null. */
export interface LedgerRecord {
  readonly format: 1;
  readonly id: string;
  readonly environment: string;
  readonly operation: Operation;
  readonly status: RecordStatus;
  /** Git commit, or null outside a repository. */
  readonly commit: string | null;
  readonly branch: string | null;
  readonly dirty: boolean;
  /** ARN of who did it. */
  readonly actor: string;
  /** Where it was done: `user@host`, or the address of a pipeline's run. */
  readonly origin: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601; null while it runs. */
  readonly finishedAt: string | null;
  readonly inputs: RecordedInputs | null;
  readonly planDigest: string | null;
  readonly summary: PlanSummary | null;
  /** What falls due a month before and after, as far as it was estimated. */
  readonly cost: { readonly before: number; readonly after: number; readonly currency: string } | null;
  readonly overrides: readonly Override[];
  readonly stateBefore: StateMark | null;
  readonly stateAfter: StateMark | null;
  readonly health: HealthReport | null;
  /** The verdict on separation after it; null when it was not verified. */
  readonly separation: 'separated' | 'violated' | 'unproven' | null;
  /** What it was about, by name: the deployment that was rolled back to, the lock that was removed. */
  readonly about: Readonly<Record<string, string>>;
  /** What failed, where something did. */
  readonly error: string | null;
}

/** What every record has; the rest may be absent from what an earlier mhtctl wrote. */
type Required = 'format' | 'id' | 'environment' | 'status' | 'commit' | 'actor' | 'startedAt' | 'finishedAt';

/** What a record says of everything that an operation has not, and that an earlier mhtctl did not record. */
export const UNRECORDED: Omit<LedgerRecord, Required> = {
  operation: 'deploy',
  branch: null,
  dirty: false,
  origin: '',
  inputs: null,
  planDigest: null,
  summary: null,
  cost: null,
  overrides: [],
  stateBefore: null,
  stateAfter: null,
  health: null,
  separation: null,
  about: {},
  error: null,
};

/** A record as it was read, or undefined for what is none. What a later mhtctl adds to it is kept. */
export function ledgerRecordOf(value: unknown): LedgerRecord | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const record = { ...UNRECORDED, ...value } as { readonly [field in keyof LedgerRecord]: unknown };
  const isRecord =
    record.format === 1 &&
    isOneOf(OPERATIONS, record.operation) &&
    isOneOf(STATUSES, record.status) &&
    [record.id, record.actor, record.startedAt, record.environment, record.origin].every(isText) &&
    [record.commit, record.finishedAt].every((field) => field === null || isText(field)) &&
    [record.stateBefore, record.stateAfter].every(isStateMark) &&
    isInputs(record.inputs) &&
    isOverrides(record.overrides);
  return isRecord ? (record as LedgerRecord) : undefined;
}

const isOneOf = (values: readonly unknown[], value: unknown): boolean => values.includes(value);
const isText = (value: unknown): value is string => typeof value === 'string';

/** Lineage and serial of a state, or null where there was none. */
function isStateMark(value: unknown): boolean {
  if (value === null) return true;
  const { lineage, serial } = (value ?? {}) as { readonly lineage?: unknown; readonly serial?: unknown };
  return isText(lineage) && typeof serial === 'number';
}

function isInputs(value: unknown): boolean {
  if (value === null) return true;
  const { variables, lockFile } = value as {
    readonly variables?: { text?: unknown; digest?: unknown };
    lockFile?: unknown;
  };
  const isLockFile =
    lockFile === null || typeof (lockFile as { providers?: unknown } | undefined)?.providers === 'object';
  return isText(variables?.text) && isText(variables?.digest) && isLockFile;
}

function isOverrides(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => isText(item?.flag) && isText(item?.value));
}

/** Whether it is the record of something that had a plan, and so may have changed resources. */
export function isPlanned({ planDigest }: Pick<LedgerRecord, 'planDigest'>): boolean {
  return planDigest !== null;
}

/** What an operation is called in a sentence. */
export function operationNoun(operation: Operation): string {
  return operation === 'deploy' ? 'deployment' : operation;
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
export function deploymentSummary(record: LedgerRecord): DeploymentSummary {
  const { id, commit, startedAt, finishedAt, actor } = record;
  return { id, commit, startedAt, finishedAt, actor };
}

/**
 * An identifier that sorts by time: UTC to the second, and six hexadecimal digits. The first three are the milliseconds:
 * a lock that is removed and the deployment that was waiting for it may begin in one second.
 * @param random hexadecimal digits, of which the last three keep two operations of the same millisecond apart
 */
export function recordId(startedAt: Date, random: string): string {
  const stamp = startedAt
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  const milliseconds = startedAt.getUTCMilliseconds().toString(16).padStart(3, '0');
  return `${stamp}-${milliseconds}${random.slice(-3)}`;
}

const RECORD_ID = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/;

/** Whether a text is an identifier that {@link recordId} makes. */
export function isRecordId(text: string): boolean {
  return RECORD_ID.test(text);
}

/** Where an environment's ledger is: beside its state and named after its key, so that states in one bucket keep apart. */
export function ledgerPrefix(backend: { readonly key: string }): string {
  return `${backend.key}.deployments/`;
}

/** Key of a record's object. A deployment is two objects: one before its apply, one at its end. */
export function ledgerKey(backend: { readonly key: string }, record: Pick<LedgerRecord, 'id' | 'status'>): string {
  return `${ledgerPrefix(backend)}${record.id}${record.status === 'started' ? '.started' : ''}.json`;
}

/** What a key of the ledger says of its object; undefined for what people put beside the records. */
export function ledgerEntryOf(
  backend: { readonly key: string },
  key: string,
): { readonly id: string; readonly ended: boolean } | undefined {
  const prefix = ledgerPrefix(backend);
  if (!key.startsWith(prefix)) return undefined;
  const [, id = '', started] = /^(.*?)(\.started)?\.json$/.exec(key.slice(prefix.length)) ?? [];
  return isRecordId(id) ? { id, ended: started === undefined } : undefined;
}
