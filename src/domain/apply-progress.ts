import type { TerraformEvent } from './terraform-event.js';

/** A resource Terraform is working on. */
interface Running {
  readonly action: string;
  readonly startedAt: number;
}

/** How far an apply is: counted from Terraform's events. Data sources read in between are no operations. */
export class ApplyProgress {
  #done = 0;
  #failed = 0;
  readonly #running = new Map<string, Running>();

  /** @param total operations the plan consists of */
  constructor(readonly total: number) {}

  /** Takes an event in. @param now milliseconds since the epoch */
  take(event: TerraformEvent, now: number): void {
    switch (event.kind) {
      case 'started':
        if (event.action !== 'read') this.#running.set(event.address, { action: event.action, startedAt: now });
        return;
      case 'finished':
        if (this.#running.delete(event.address)) this.#done += 1;
        return;
      case 'failed':
        if (this.#running.delete(event.address)) this.#failed += 1;
        return;
      default:
    }
  }

  get done(): number {
    return this.#done;
  }

  get failed(): number {
    return this.#failed;
  }

  /** What is being waited for, the longest first. @param now milliseconds since the epoch */
  waiting(now: number): readonly { readonly address: string; readonly action: string; readonly seconds: number }[] {
    return [...this.#running].map(([address, { action, startedAt }]) => ({
      address,
      action,
      seconds: Math.max(0, Math.round((now - startedAt) / 1000)),
    }));
  }
}
