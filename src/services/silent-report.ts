import type { StageReport } from '../ports/progress.js';

/** For work that is no stage of its own and has nothing to say. */
export const SILENT: StageReport = {
  now: () => undefined,
  event: () => undefined,
  note: () => undefined,
  result: () => undefined,
};
