import type { Verdict } from './separation/report.js';

/** What a deployment says of the separation it leaves behind. */
export interface SeparationAfter {
  readonly verdict: Verdict;
  /** What was found that the environment has to do with, one sentence each. */
  readonly findings: readonly string[];
}
