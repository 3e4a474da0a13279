/**
 * Numbers below a bound that look like chance and are the same in every run. Mulberry32.
 * Source: https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32
 */
export function picksFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}
