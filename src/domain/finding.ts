/** One thing `doctor` looked at. */
export interface Finding {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'problem';
  /** What was found. */
  readonly detail: string;
  /** What to do about it. */
  readonly remedy: string | null;
}
