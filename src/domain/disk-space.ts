/** Free bytes below which nothing is begun: a plan, its log and a state must fit. */
export const MINIMUM_FREE_BYTES = 64 * 1024 * 1024;

/** A size for a person, rounded down. */
export function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 / 1024)} MiB`;
}
