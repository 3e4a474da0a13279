import { MhtctlError } from '../errors.js';
import { type FormerPlace, isSamePlace } from './former-state.js';

/** What a migration does, in this order. Until the last of them is done, it can be undone. */
export const STEPS = ['backup', 'copy', 'configuration', 'apply', 'record', 'mark'] as const;

/** One of {@link STEPS}. */
export type Step = (typeof STEPS)[number];

/** Each step in a few words. */
export const STEP_TITLES: Readonly<Record<Step, string>> = {
  backup: 'Back up the old state',
  copy: 'Copy the state to the new backend',
  configuration: 'Write moves and imports',
  apply: 'Take over',
  record: 'Record',
  mark: 'Mark the old backend',
};

/** How far a migration has come. It lies beside the new state, so that any machine can go on with it or undo it. */
export interface Journal {
  readonly format: 1;
  /** Also the id of its record in the ledger. */
  readonly id: string;
  readonly environment: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ARN of who began it. */
  readonly actor: string;
  /** Where it was begun. */
  readonly origin: string;
  readonly from: FormerPlace;
  /** The old state as it was copied, by which one that has been changed since is known. */
  readonly former: { readonly lineage: string; readonly serial: number; readonly content: string };
  /** Lineage of the copy; null until it is made. */
  readonly lineage: string | null;
  /** What was written to the configuration, and what the file held before; null when there was nothing to write. */
  readonly configuration: { readonly before: string | null; readonly written: string } | null;
  readonly done: readonly Step[];
  /** The reason that was given against the evidence. */
  readonly overridden: string | null;
}

/** Where the journal of an environment's migration is kept: beside its state. */
export function journalKey(backend: { readonly key: string }): string {
  return `${backend.key}.migration.json`;
}

/** The steps that are still to be done. */
export function stepsLeft({ done }: Pick<Journal, 'done'>): readonly Step[] {
  return STEPS.filter((step) => !done.includes(step));
}

/** Reads a journal back. Fails (exit 5) with `JournalUnreadable` on anything that mhtctl does not write. @param origin its object */
export function parseJournal(text: string, origin: string): Journal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (isJournal(value)) return value;
  throw new MhtctlError({
    code: 'JournalUnreadable',
    outcome: 'toolFailed',
    message: `the migration's journal ${origin} is not one that mhtctl writes (format 1)`,
    nextSteps: [`look at it: aws s3 cp ${origin} -`],
  });
}

function isJournal(value: unknown): value is Journal {
  if (value === null || typeof value !== 'object') return false;
  const { format, id, environment, from, former, done } = value as Partial<Record<keyof Journal, unknown>>;
  return (
    format === 1 &&
    typeof id === 'string' &&
    typeof environment === 'string' &&
    typeof from === 'object' &&
    typeof (former as Journal['former'] | undefined)?.content === 'string' &&
    Array.isArray(done)
  );
}

/** Refuses (exit 3) to go on with the migration of another state than the one that was begun. */
export function refuseOtherMigration(journal: Journal, place: FormerPlace, nextSteps: readonly string[]): void {
  if (isSamePlace(journal.from, place)) return;
  throw new MhtctlError({
    code: 'OtherMigration',
    outcome: 'refused',
    message: `"${journal.environment}" is being migrated from another state since ${journal.startedAt}, by ${journal.actor} on ${journal.origin}`,
    nextSteps,
  });
}
