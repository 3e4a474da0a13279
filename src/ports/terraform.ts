import type { Binding } from '../domain/environment.js';
import type { Plan, PlanFile } from '../domain/plan.js';
import type { TerraformEvent } from '../domain/terraform-event.js';

/** How a run of Terraform is followed. */
export interface TerraformRun {
  /** File that keeps the whole output. */
  readonly logFile: string;
  /** Called for each event of Terraform's machine-readable output, in order. */
  readonly onEvent: (event: TerraformEvent) => void;
  /** Called with Terraform's process id as soon as it runs. */
  readonly onStart?: (pid: number) => void;
}

/**
 * Terraform, bound to an environment. Every call fails with an `MhtctlError`: `Interrupted` (130), `StateLocked` (6),
 * or what Terraform reported (5), its log named.
 */
export interface Terraform {
  /** The version that will run, like `1.11.4`; installs it when it is missing. */
  version(): Promise<string>;
  /** Makes the environment's data directory ready; does nothing when backend, lock file and modules are those of the last time. */
  initialise(binding: Binding): Promise<'initialised' | 'up to date'>;
  /** Makes a saved plan. Returns whether it would change anything. */
  plan(binding: Binding, options: TerraformRun & { readonly out: string }): Promise<{ readonly hasChanges: boolean }>;
  /** A saved plan in full. */
  showPlan(binding: Binding, planFile: string): Promise<Plan>;
  /** What a saved plan file says of itself: its backend, variables and state. Reads the file alone. */
  readPlanFile(planFile: string): Promise<PlanFile>;
  /** Applies a saved plan. */
  apply(binding: Binding, options: TerraformRun & { readonly planFile: string }): Promise<void>;
  /** Makes the configuration's own `.terraform` (what plain `terraform` uses) that of the environment. */
  switchDefault(binding: Binding): Promise<'switched' | 'already there'>;
  /** Runs any Terraform command in the environment, at the caller's terminal. Returns Terraform's exit code. */
  passThrough(binding: Binding, args: readonly string[]): Promise<number>;
}
