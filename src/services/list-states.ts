import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { LedgerRecord } from '../domain/ledger-record.js';
import { parseState } from '../domain/state.js';
import type { StatePlace } from '../domain/state-archive.js';
import { type StateWriter, writerOf } from '../domain/state-writer.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { mapBounded } from './map-bounded.js';

/** States that are read at the same time: each may be megabytes. */
const AT_ONCE = 8;

/** Records looked through for who wrote a state: operations that change nothing leave records as well. */
const RECORDS = 100;

/** What a copy says of itself. All null where it could not be read, or marks a deletion. */
export interface StateContent {
  readonly serial: number | null;
  readonly lineage: string | null;
  readonly resources: number | null;
  /** Why it could not be read; null where it was. */
  readonly error: string | null;
}

/** A version of the state's object. */
export interface ListedVersion extends StateContent {
  readonly versionId: string;
  /** ISO 8601. */
  readonly writtenAt: string;
  readonly current: boolean;
  /** Whether it marks that the state was deleted. */
  readonly deleted: boolean;
  /** The operation that wrote it; null where the ledger does not say. */
  readonly writtenBy: StateWriter | null;
}

/** A backup beside the state. */
export interface ListedBackup extends StateContent {
  readonly id: string;
  /** ISO 8601. */
  readonly writtenAt: string;
}

/** What there is of an environment's state, newest first. */
export interface ListedStates {
  /** Whether the bucket keeps versions from now on. */
  readonly versioned: boolean;
  readonly versions: readonly ListedVersion[];
  /** Versions that are older than those listed. */
  readonly olderVersions: number;
  readonly backups: readonly ListedBackup[];
  /** Backups that are older than those listed. */
  readonly olderBackups: number;
}

const NOTHING: StateContent = { serial: null, lineage: null, resources: null, error: null };

type Needed = Pick<Ports, 'interruption' | 'ledger' | 'stateArchive'>;

/**
 * The newest versions and backups of an environment's state, at most `limit` of each, with what each holds and who wrote
 * it. One that cannot be read hides none of the others.
 */
export async function listStates(ports: Needed, binding: Binding, limit: number): Promise<ListedStates> {
  return abandonOnInterrupt(ports.interruption, gather(ports, binding, limit));
}

async function gather(ports: Needed, binding: Binding, limit: number): Promise<ListedStates> {
  const { stateArchive, ledger } = ports;
  const [versioned, versions, backups, { records }] = await Promise.all([
    stateArchive.keepsVersions(binding),
    stateArchive.versions(binding, limit),
    stateArchive.backups(binding, limit),
    ledger.list(binding, RECORDS),
  ]);
  const listedVersions = await mapBounded(versions.newest, AT_ONCE, async (version): Promise<ListedVersion> => {
    const { versionId, deleted } = version;
    const content = deleted ? NOTHING : await contentOf(ports, binding, { kind: 'version', versionId });
    const writtenBy = writerIn(content, versionId, records);
    return { ...version, ...content, writtenAt: version.writtenAt.toISOString(), writtenBy };
  });
  const listedBackups = await mapBounded(backups.newest, AT_ONCE, async ({ id, writtenAt }): Promise<ListedBackup> => {
    const content = await contentOf(ports, binding, { kind: 'backup', id });
    return { id, ...content, writtenAt: writtenAt.toISOString() };
  });
  return {
    versioned,
    versions: listedVersions,
    olderVersions: versions.older,
    backups: listedBackups,
    olderBackups: backups.older,
  };
}

async function contentOf({ stateArchive }: Needed, binding: Binding, place: StatePlace): Promise<StateContent> {
  try {
    const copy = await stateArchive.read(binding, place);
    if (copy === null) return { ...NOTHING, error: 'it is not there any more' };
    const { serial, lineage, instances } = parseState(new TextDecoder().decode(copy.bytes), 'this version');
    return { serial, lineage, resources: instances.length, error: null };
  } catch (error) {
    if (!(error instanceof MhtctlError) || error.outcome === 'interrupted') throw error;
    return { ...NOTHING, error: error.message };
  }
}

function writerIn(
  { lineage, serial }: StateContent,
  versionId: string,
  records: readonly LedgerRecord[],
): StateWriter | null {
  if (lineage === null || serial === null) return null;
  return writerOf({ lineage, serial, versionId }, records) ?? null;
}
