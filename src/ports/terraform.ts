import type { Binding } from '../domain/environment.js';
import type { Plan, PlanFile } from '../domain/plan.js';
import type { PlanPurpose } from '../domain/plan-purpose.js';
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

/** A state that Terraform could not save, in a file on this machine. What cannot be read of it is empty, or 0. */
export interface UnsavedState {
  readonly file: string;
  readonly lineage: string;
  readonly serial: number;
}

/** The states on this machine that Terraform could not save. */
export interface UnsavedStates {
  /** That of the environment. */
  readonly own: UnsavedState | null;
  /** A file in the configuration's directory that is not known to be of the environment. */
  readonly stray: string | null;
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
  /** Makes a saved plan, of a deployment if nothing else is said. Returns whether it would change anything. */
  plan(
    binding: Binding,
    options: TerraformRun & { readonly out: string; readonly purpose?: PlanPurpose },
  ): Promise<{ readonly hasChanges: boolean }>;
  /** A saved plan in full. */
  showPlan(binding: Binding, planFile: string): Promise<Plan>;
  /** What a saved plan file says of itself: its backend, variables and state. Reads the file alone. */
  readPlanFile(planFile: string): Promise<PlanFile>;
  /** Applies a saved plan. When it fails and its state could not be saved, that is kept: see `unsavedStates`. */
  apply(binding: Binding, options: TerraformRun & { readonly planFile: string }): Promise<void>;
  /**
   * Makes the state in a file that of the environment, under Terraform's own lock. Terraform refuses one of another
   * lineage or with a lower serial, and counts the serial up by itself.
   */
  pushState(binding: Binding, file: string): Promise<void>;
  /**
   * What applies have left that could not save their state, because AWS was lost. One that is not filed yet is the
   * environment's own when it is of the given lineage, that of its state in AWS.
   */
  unsavedStates(binding: Binding, lineage: string | undefined): Promise<UnsavedStates>;
  /** Removes Terraform's lock of that id, whoever holds it. Fails (exit 5) when there is none, or it is another's. */
  forceUnlock(binding: Binding, lockId: string): Promise<void>;
  /** Makes the configuration's own `.terraform` (what plain `terraform` uses) that of the environment. */
  switchDefault(binding: Binding): Promise<'switched' | 'already there'>;
  /** Runs any Terraform command in the environment, at the caller's terminal. Returns Terraform's exit code. */
  passThrough(binding: Binding, args: readonly string[]): Promise<number>;
}
