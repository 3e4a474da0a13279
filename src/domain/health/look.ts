import type { MhtctlError } from '../errors.js';
import type { HealthReport } from '../health.js';

/** One of several looks at an environment's health. */
export interface HealthLook {
  /** When the report was made. */
  readonly at: Date;
  readonly report: HealthReport;
  /** Why there is no newer report; null when this is the newest. */
  readonly failure: MhtctlError | null;
}
