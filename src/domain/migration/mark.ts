import type { Backend } from '../environment.js';
import { MhtctlError } from '../errors.js';
import type { Journal } from './journal.js';

/** What lies beside an old state and says where it went. The state itself is never touched. */
export interface MigrationMark {
  readonly format: 1;
  readonly environment: string;
  /** The migration, as in the ledger of the new backend. */
  readonly id: string;
  readonly to: { readonly bucket: string; readonly key: string; readonly region: string; readonly lineage: string };
  /** The old state as it was: with this lineage and serial it is history. */
  readonly from: { readonly lineage: string; readonly serial: number };
  /** ISO 8601. */
  readonly migratedAt: string;
  readonly actor: string;
}

/** The name of the mark beside a state: the state's own, with an ending. */
export function markName(state: string): string {
  return `${state}.migrated.json`;
}

/** The mark of a migration that is done but for it. */
export function markOf(journal: Journal, { bucket, key, region }: Backend, lineage: string, at: Date): MigrationMark {
  const { environment, id, former, actor } = journal;
  return {
    format: 1,
    environment,
    id,
    to: { bucket, key, region, lineage },
    from: { lineage: former.lineage, serial: former.serial },
    migratedAt: at.toISOString(),
    actor,
  };
}

/** Reads a mark back; null for what is none. */
export function parseMark(text: string): MigrationMark | null {
  try {
    const value = JSON.parse(text) as Partial<MigrationMark> | null;
    return value?.format === 1 && typeof value.to?.bucket === 'string' ? (value as MigrationMark) : null;
  } catch {
    return null;
  }
}

/**
 * Refuses (exit 3) a state that lies beside a mark: it is history, and lacks whatever was deployed since.
 * @param state where it is, as in `s3://bucket/key`
 */
export function stateMigrated(state: string, { environment, to, migratedAt, actor }: MigrationMark): MhtctlError {
  return new MhtctlError({
    code: 'StateMigrated',
    outcome: 'refused',
    message: `${state} was migrated to s3://${to.bucket}/${to.key} as "${environment}" on ${migratedAt} by ${actor}; it is history`,
    nextSteps: [
      'see what is deployed from where: mhtctl status',
      `only if that migration was taken back, remove the mark: ${markName(state)}`,
    ],
  });
}
