import type { Binding } from '../../domain/environment.js';
import { type Journal, journalKey, parseJournal } from '../../domain/migration/journal.js';
import type { Ports } from '../../ports/index.js';

type Needed = Pick<Ports, 'stateBucket'>;

/** The journal of an environment's migration; null where none was begun. */
export async function readJournal({ stateBucket }: Needed, { backend }: Binding): Promise<Journal | null> {
  const key = journalKey(backend);
  const text = await stateBucket.read(backend, key);
  return text === null ? null : parseJournal(text, `s3://${backend.bucket}/${key}`);
}

/** Writes how far the migration has come. */
export async function writeJournal({ stateBucket }: Needed, { backend }: Binding, journal: Journal): Promise<void> {
  await stateBucket.write(backend, journalKey(backend), `${JSON.stringify(journal, null, 2)}\n`);
}

/** Forgets a migration that was undone. */
export async function removeJournal({ stateBucket }: Needed, { backend }: Binding): Promise<void> {
  await stateBucket.remove(backend, journalKey(backend));
}
