import type { Commit } from './commit.js';
import type { Policy } from './environment.js';
import { MhtctlError } from './errors.js';
import type { HealthReport } from './health.js';
import { isPlanned, type LedgerRecord, type Override } from './ledger-record.js';

/** What is known of the environment that another is promoted from. What could not be read is the reason why. */
export interface PromotionEvidence {
  /** The environment that comes first. */
  readonly source: string;
  /** What is about to be deployed. */
  readonly commit: Commit | null;
  readonly now: Date;
  /** How long it has to have been there, in minutes. */
  readonly minutes: number;
  /** Its ledger, newest first. */
  readonly records: readonly LedgerRecord[] | Unread;
  readonly health: HealthReport | Unread;
  /** Addresses of what was changed there outside Terraform. */
  readonly drift: readonly string[] | Unread;
  /** Whether AWS is emulated: then nothing serves traffic, and that nothing does is nothing against it. */
  readonly emulated: boolean;
}

/** Why something could not be read. */
export interface Unread {
  readonly unread: string;
}

const isUnread = (value: object): value is Unread => 'unread' in value;

/**
 * What is missing for a promotion, one sentence each; none when the gate is open. A commit may be deployed when it is
 * what was last applied to the source, is healthy there, for long enough, and nothing was changed there by hand.
 */
export function missingForPromotion(evidence: PromotionEvidence): readonly string[] {
  return [...aboutCommit(evidence), ...aboutHealth(evidence), ...aboutDrift(evidence)];
}

function aboutCommit({ source, commit, now, minutes, records }: PromotionEvidence): readonly string[] {
  if (commit === null) return ['there is no git commit that could have been deployed before'];
  const dirty = commit.dirtyFiles.length;
  const uncommitted =
    dirty === 0 ? [] : [`${dirty} ${dirty === 1 ? 'file is' : 'files are'} not committed: ${commit.dirtyFiles[0]}`];
  if (isUnread(records)) return [...uncommitted, `the ledger of "${source}" could not be read: ${records.unread}`];
  const planned = records.filter(isPlanned);
  const [last] = planned;
  const short = commit.hash.slice(0, 8);
  if (last === undefined) return [...uncommitted, `nothing was ever deployed to "${source}"`];
  if (!isGood(last, commit)) {
    return [...uncommitted, `commit ${short} is not what "${source}" has: the last there is ${described(last)}`];
  }
  const since = goodSince(planned, commit);
  const age = Math.floor((now.getTime() - Date.parse(since)) / 60_000);
  const early =
    age < minutes ? [`commit ${short} is on "${source}" for ${Math.max(0, age)} minutes; ${minutes} are required`] : [];
  return [...uncommitted, ...early];
}

/** Whether an operation left exactly that commit behind. */
function isGood({ operation, status, commit, dirty }: LedgerRecord, wanted: Commit): boolean {
  return (
    (operation === 'deploy' || operation === 'rollback') &&
    (status === 'applied' || status === 'no-changes') &&
    commit === wanted.hash &&
    !dirty
  );
}

/** Since when the commit is there: a deployment that found nothing to change does not start the time anew. */
function goodSince(planned: readonly LedgerRecord[], commit: Commit): string {
  const end = planned.findIndex((record) => !isGood(record, commit));
  const first = planned.slice(0, end === -1 ? planned.length : end).at(-1);
  return first?.finishedAt ?? first?.startedAt ?? '';
}

function described({ operation, status, id, commit, dirty }: LedgerRecord): string {
  const at = commit === null ? 'no commit' : `commit ${commit.slice(0, 8)}${dirty ? ' with uncommitted files' : ''}`;
  return `${operation} ${id} (${status}) at ${at}`;
}

function aboutHealth({ source, health, emulated }: PromotionEvidence): readonly string[] {
  if (isUnread(health)) return [`the health of "${source}" could not be read: ${health.unread}`];
  const sick = health.checks.filter(({ status }) => status === 'unhealthy');
  const unknown = emulated
    ? []
    : health.checks.filter(({ group, status }) => group === 'traffic' && status === 'not-checked');
  return [
    ...sick.map(({ name, detail }) => `"${source}" is not healthy: ${name}: ${detail}`),
    ...unknown.map(({ name, detail }) => `"${source}" is not known to be healthy: ${name}: ${detail}`),
  ];
}

/** Most addresses that are named. */
const NAMED = 3;

function aboutDrift({ source, drift }: PromotionEvidence): readonly string[] {
  if (isUnread(drift)) return [`the drift of "${source}" could not be read: ${drift.unread}`];
  if (drift.length === 0) return [];
  const more = drift.length > NAMED ? ` and ${drift.length - NAMED} more` : '';
  return [`"${source}" was changed outside Terraform: ${drift.slice(0, NAMED).join(', ')}${more}`];
}

/** What is recorded of a gate that was passed unverified; nothing where there was no gate. */
export function promotionOverrides(
  { promotedFrom }: Pick<Policy, 'promotedFrom'>,
  skipReason: string | undefined,
): readonly Override[] {
  return promotedFrom === undefined || skipReason === undefined ? [] : [{ flag: '--skip-gate', value: skipReason }];
}

/** A reason for passing a safeguard. Fails (exit 2) on an empty one: it is what others read later. */
export function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason !== '') return reason;
  throw new MhtctlError({
    code: 'ReasonMissing',
    outcome: 'usage',
    message: '--skip-gate was given "", expected a reason, which is recorded',
    nextSteps: ["--skip-gate 'why it cannot wait'"],
  });
}
