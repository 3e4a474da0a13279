/** A part of a state backend and what was, or would be, done to it. */
export interface BootstrapResource {
  readonly kind: 'bucket' | 'lock-table';
  readonly name: string;
  readonly action: 'created' | 'updated' | 'unchanged';
  /** The properties that were missing. */
  readonly missing: readonly string[];
}
