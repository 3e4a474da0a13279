import type { Binding } from '../domain/environment.js';
import type { Facts, Unread } from '../domain/separation/facts.js';
import type { ConcernedResources } from '../domain/separation/focus.js';

/** A place to look from: credentials and a region, and the environments that are seen from there. */
export interface Vantage extends Pick<Binding, 'region' | 'roleArn'> {
  readonly accountId: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly environments: readonly string[];
  /** Whether the services that are the same in every region (IAM, Route 53, S3) are read from here. */
  readonly global: boolean;
}

/** What of an account is looked at closely, one call a resource. Everything else is only listed. */
export type Focus = ConcernedResources;

/** Live facts, read by each service's own API. Reads only. */
export interface AwsFacts {
  /** Loads what reading takes, so that it can begin at once. For whoever waits for something else first. */
  prepare(): Promise<void>;
  /**
   * Everything that can be read from a vantage. Never fails for a call that was denied or went wrong: that is among
   * the unread, with the action that was missing.
   * @param focus awaited only before the first call about a single resource
   */
  read(vantage: Vantage, focus: Promise<Focus>): Promise<{ readonly facts: Facts; readonly unread: readonly Unread[] }>;
}
