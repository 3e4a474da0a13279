import { isRecordId } from './ledger-record.js';

/** Which copy of a state is meant: the current one, an earlier version of its object, or a backup beside it. */
export type StatePlace =
  | { readonly kind: 'current' }
  | { readonly kind: 'version'; readonly versionId: string }
  | { readonly kind: 'backup'; readonly id: string };

/** How S3 encrypts an object. */
export interface ObjectEncryption {
  /** `AES256`, `aws:kms` or `aws:kms:dsse`; null where S3 did not say. */
  readonly algorithm: string | null;
  readonly kmsKeyArn: string | null;
}

/** A state as bytes, whatever they are: a copy of what nobody can read is a copy all the same. */
export interface StateCopy {
  readonly bytes: Uint8Array;
  /** S3's version of the object; null where the bucket keeps none. */
  readonly versionId: string | null;
  /** S3's tag of the content, for conditional writes. */
  readonly etag: string;
  readonly encryption: ObjectEncryption;
}

/** A version of the state's object. */
export interface StateVersion {
  readonly versionId: string;
  readonly writtenAt: Date;
  /** Whether it is the one that Terraform reads. */
  readonly current: boolean;
  /** Whether it marks that the state was deleted, and holds none. */
  readonly deleted: boolean;
}

/** A copy of the state that `state backup` has put beside it. */
export interface StateBackup {
  readonly id: string;
  readonly writtenAt: Date;
}

/** Where an environment's backups are: beside its state and named after its key, like its ledger. */
export function backupPrefix(backend: { readonly key: string }): string {
  return `${backend.key}.backups/`;
}

/** Key of a backup's object. */
export function backupKey(backend: { readonly key: string }, id: string): string {
  return `${backupPrefix(backend)}${id}.tfstate`;
}

/** The id of the backup at a key; undefined for what people put beside the backups. */
export function backupIdOf(backend: { readonly key: string }, key: string): string | undefined {
  const prefix = backupPrefix(backend);
  if (!key.startsWith(prefix) || !key.endsWith('.tfstate')) return undefined;
  const id = key.slice(prefix.length, -'.tfstate'.length);
  return isRecordId(id) ? id : undefined;
}
