import type { Binding } from '../../src/domain/environment.js';
import type { Plan, PlanFile } from '../../src/domain/plan.js';
import type { PlanPurpose } from '../../src/domain/plan-purpose.js';
import type { Terraform, TerraformRun, UnsavedStates } from '../../src/ports/terraform.js';
import { STAGING } from './bindings.js';
import type { Journal } from './journal.js';
import { changeOf, planFileOf, planOf } from './plans.js';
import type { FakeWorkspace } from './ports.js';

/** Terraform, as far as its answers are concerned. A plan it makes is a file of the workspace. */
export class FakeTerraform implements Terraform {
  planToShow: Plan = planOf([changeOf('aws_sqs_queue.this')]);
  planFile: PlanFile = planFileOf(STAGING);
  hasChanges = true;
  exitCode = 0;
  switched: 'switched' | 'already there' = 'switched';
  unsaved: UnsavedStates = { own: null, stray: null };
  failures: Partial<Record<keyof Terraform, unknown>> = {};
  /** What happens during an apply. */
  applying: (run: TerraformRun & { readonly planFile: string }) => Promise<void> | void = () => undefined;
  /** What happens during a plan. */
  planning: (run: TerraformRun) => void = () => undefined;
  /** What happens during a push of a state. */
  pushing: (binding: Binding, text: string) => Promise<void> | void = () => undefined;
  /** The texts of the states that were pushed. */
  readonly pushed: string[] = [];
  /** What each plan was made for. */
  readonly purposes: (PlanPurpose | undefined)[] = [];
  readonly applied: string[] = [];
  readonly askedForLineages: (string | undefined)[] = [];
  readonly passed: (readonly string[])[] = [];
  readonly unlocked: string[] = [];
  /** What removing a lock does. */
  unlocking: (lockId: string) => void = () => undefined;

  constructor(
    readonly journal: Journal,
    readonly workspace: FakeWorkspace,
  ) {}

  async version(): Promise<string> {
    this.#begin('version');
    return '1.11.4';
  }

  async initialise(): Promise<'initialised' | 'up to date'> {
    this.#begin('initialise');
    return 'initialised';
  }

  async plan(
    _: Binding,
    run: TerraformRun & { readonly out: string; readonly purpose?: PlanPurpose },
  ): Promise<{ readonly hasChanges: boolean }> {
    this.purposes.push(run.purpose);
    this.workspace.files.set(run.out, 'plan');
    this.#begin('plan');
    this.planning(run);
    return { hasChanges: this.hasChanges };
  }

  async showPlan(): Promise<Plan> {
    this.#begin('showPlan');
    return this.planToShow;
  }

  async readPlanFile(): Promise<PlanFile> {
    this.#begin('readPlanFile');
    return this.planFile;
  }

  async apply(_: Binding, run: TerraformRun & { readonly planFile: string }): Promise<void> {
    this.#begin('apply');
    this.applied.push(run.planFile);
    await this.applying(run);
  }

  async pushState(binding: Binding, file: string): Promise<void> {
    this.#begin('pushState');
    const text = this.workspace.files.get(file) ?? '';
    this.pushed.push(text);
    await this.pushing(binding, text);
  }

  async unsavedStates(_: Binding, lineage: string | undefined): Promise<UnsavedStates> {
    this.#begin('unsavedStates');
    this.askedForLineages.push(lineage);
    return this.unsaved;
  }

  async switchDefault(): Promise<'switched' | 'already there'> {
    this.#begin('switchDefault');
    return this.switched;
  }

  async forceUnlock(_: Binding, lockId: string): Promise<void> {
    this.#begin('forceUnlock');
    this.unlocked.push(lockId);
    this.unlocking(lockId);
  }

  async passThrough(_: Binding, args: readonly string[]): Promise<number> {
    this.#begin('passThrough');
    this.passed.push(args);
    return this.exitCode;
  }

  #begin(method: keyof Terraform): void {
    this.journal.push(`terraform.${method}`);
    if (method in this.failures) throw this.failures[method];
  }
}
