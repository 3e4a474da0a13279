import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { HealthLook } from '../domain/health/look.js';
import type { Ports } from '../ports/index.js';
import { type HealthPorts, readHealth } from './read-health.js';

/** What to watch, and how closely. */
export interface WatchHealthOptions {
  readonly binding: Binding;
  /** Seconds from the end of one look to the next. */
  readonly intervalSeconds: number;
}

/**
 * Looks at an environment's health again and again, and shows each look with the one before, until it is interrupted or
 * nobody sees it any more. A first look that fails fails it; a later one is shown with what was known before: a
 * network that is gone for a while ends no watch.
 * @param show false when nobody sees it any more
 */
export async function watchHealth(
  ports: HealthPorts & Pick<Ports, 'clock'>,
  { binding, intervalSeconds }: WatchHealthOptions,
  show: (look: HealthLook, before: HealthLook | null) => boolean,
): Promise<void> {
  const { clock, interruption } = ports;
  let before: HealthLook | null = null;
  for (;;) {
    const look = await lookAgain(ports, binding, before);
    if (interruption.interrupted || !show(look, before)) return;
    before = look;
    await clock.sleep(intervalSeconds * 1000, interruption.signal);
    if (interruption.interrupted) return;
  }
}

async function lookAgain(
  ports: HealthPorts & Pick<Ports, 'clock'>,
  binding: Binding,
  before: HealthLook | null,
): Promise<HealthLook> {
  try {
    const report = await readHealth(ports, binding);
    return { at: ports.clock.now(), report, failure: null };
  } catch (error) {
    if (before === null || !(error instanceof MhtctlError)) throw error;
    return { ...before, failure: error };
  }
}
