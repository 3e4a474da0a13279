import type { Bill } from '../domain/cost/actual.js';
import type { Binding } from '../domain/environment.js';

/** A bill, and what it took to get it. */
export interface BillAnswer {
  readonly bill: Bill;
  /** Requests that were made for it just now, each of which is billed; 0 where it was kept from earlier in the day. */
  readonly asked: number;
}

/** What AWS has billed. */
export interface Bills {
  /**
   * What was billed since the first of the month for resources with the environment's tag in that account, and what is
   * expected. Fails (exit 5) as AWS's answers do: `AwsDenied` names the permission.
   */
  monthToDate(binding: Binding, accountId: string, now: Date): Promise<BillAnswer>;
}
