import { isRecordId } from './ledger-record.js';

/** The state that somebody wants back: a version of the object, a backup beside it, or a file. */
export type RestoreSource =
  | { readonly kind: 'version'; readonly versionId: string }
  | { readonly kind: 'backup'; readonly id: string }
  | { readonly kind: 'file'; readonly file: string };

/**
 * What is meant by the text that somebody gave. Backups have ids of mhtctl's own; a file is what has a slash or a state
 * file's ending, neither of which S3 gives to a version.
 */
export function restoreSourceOf(given: string): RestoreSource {
  if (isRecordId(given)) return { kind: 'backup', id: given };
  if (/[\\/]|\.(?:tfstate|json)$/.test(given)) return { kind: 'file', file: given };
  return { kind: 'version', versionId: given };
}

/** The source as a person knows it. */
export function describeSource(source: RestoreSource): string {
  if (source.kind === 'backup') return `backup ${source.id}`;
  return source.kind === 'file' ? source.file : `version ${source.versionId}`;
}
