import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Binding } from '../../domain/environment.js';
import { interrupted, MhtctlError } from '../../domain/errors.js';
import type { Plan, PlanFile } from '../../domain/plan.js';
import { parsePlanJson } from '../../domain/plan-json.js';
import type { PlanPurpose } from '../../domain/plan-purpose.js';
import { savedPlanOf, variableFilesOf } from '../../domain/terraform-commands.js';
import { type Diagnostic, parseTerraformEvent, type TerraformEvent } from '../../domain/terraform-event.js';
import type { Interruption } from '../../ports/interruption.js';
import type { ProcessResult, ProcessRunner } from '../../ports/process-runner.js';
import type { Terraform, TerraformRun, UnsavedStates } from '../../ports/terraform.js';
import type { Tool, Toolchain } from '../../ports/toolchain.js';
import { attachedEnvironment, terraformEnvironment } from './child-environment.js';
import { terraformFailure, terraformKilled } from './diagnose.js';
import { removePushedState, takeErroredState, unsavedStates } from './errored-state.js';
import { withImportConfiguration } from './import-configuration.js';
import {
  initFingerprint,
  initialisedBackend,
  isInitialised,
  refuseMovedBackend,
  rememberInitialised,
} from './initialisation.js';
import { readPlanFile } from './plan-file.js';

/** Subcommands that take variables, and so need the environment's values. */
const TAKES_VARIABLES = new Set(['plan', 'apply', 'destroy', 'refresh', 'import', 'console']);

/** What the adapter is built from. */
export interface TerraformCliParts {
  readonly processes: ProcessRunner;
  readonly toolchain: Toolchain;
  readonly interruption: Interruption;
  /** The caller's environment variables. */
  readonly environment: NodeJS.ProcessEnv;
  /** Tells the user what is being installed. */
  readonly announce: (message: string) => void;
  /** Whether standard output is a terminal; asked of the process when it is not said. */
  readonly terminal?: boolean;
}

/** Terraform by its command line. */
export class TerraformCli implements Terraform {
  readonly #parts: TerraformCliParts;
  #tool: Promise<Tool> | undefined;
  #configuration: Promise<Readonly<Record<string, string>>> | undefined;

  constructor(parts: TerraformCliParts) {
    this.#parts = parts;
  }

  async version(): Promise<string> {
    return (await this.#terraform()).version;
  }

  async initialise(binding: Binding): Promise<'initialised' | 'up to date'> {
    const fingerprint = await initFingerprint(binding, await this.version());
    if (await isInitialised(binding.dataDir, binding, fingerprint)) return 'up to date';
    refuseMovedBackend(binding, await initialisedBackend(binding.dataDir));
    await this.#init(binding, binding.dataDir);
    await rememberInitialised(binding.dataDir, fingerprint);
    return 'initialised';
  }

  async switchDefault(binding: Binding): Promise<'switched' | 'already there'> {
    const dataDir = join(binding.configurationDir, '.terraform');
    const fingerprint = await initFingerprint(binding, await this.version());
    if (await isInitialised(dataDir, binding, fingerprint)) return 'already there';
    await this.#init(binding, dataDir);
    await rememberInitialised(dataDir, fingerprint);
    return 'switched';
  }

  async plan(
    binding: Binding,
    {
      out,
      purpose = { kind: 'deploy' },
      ...run
    }: TerraformRun & { readonly out: string; readonly purpose?: PlanPurpose },
  ): Promise<{ readonly hasChanges: boolean }> {
    await mkdir(dirname(out), { recursive: true, mode: 0o700 });
    const args = [
      'plan',
      '-json',
      '-input=false',
      '-detailed-exitcode',
      `-var-file=${binding.variablesFile}`,
      `-out=${out}`,
      ...purposeArguments(purpose),
    ];
    const onEvent: TerraformRun['onEvent'] = (event) => {
      if (!isOfOurTarget(purpose, event)) run.onEvent(event);
    };
    const plan = (configurationDir: string) =>
      this.#follow({ ...binding, configurationDir }, 'plan', args, { ...run, onEvent }, [0, 2]);
    const { exitCode } = await (purpose.kind === 'import'
      ? withImportConfiguration(binding, purpose.target, plan)
      : plan(binding.configurationDir));
    // An interrupted Terraform ends with 2 as well, and its plan may be of an empty state.
    if (this.#parts.interruption.interrupted) {
      throw interrupted(`interrupted during terraform plan for "${binding.name}"; nothing was changed`);
    }
    await chmod(out, 0o600);
    await readPlanFile(out).catch((cause) => {
      throw planNotWhole(binding, out, cause);
    });
    return { hasChanges: exitCode === 2 };
  }

  async showPlan(binding: Binding, planFile: string): Promise<Plan> {
    const result = await this.#run(binding, binding.dataDir, ['show', '-json', '-no-color', planFile]);
    if (result.exitCode !== 0) throw terraformFailure(binding, 'show', [], undefined, lastWords(result));
    return parsePlanJson(JSON.parse(result.stdout));
  }

  readPlanFile(planFile: string): Promise<PlanFile> {
    return readPlanFile(planFile);
  }

  async apply(binding: Binding, { planFile, ...run }: TerraformRun & { readonly planFile: string }): Promise<void> {
    const since = new Date();
    try {
      await this.#follow(binding, 'apply', ['apply', '-json', '-input=false', planFile], run, [0]);
    } catch (error) {
      // Whatever becomes of this, why the apply failed is what is told; the next preparation tries again.
      const { lineage } = await readPlanFile(planFile).catch(() => ({ lineage: '' }));
      await takeErroredState(binding, { lineage, since }).catch(() => undefined);
      throw error;
    }
  }

  async pushState(binding: Binding, file: string): Promise<void> {
    const result = await this.#execute(binding, binding.dataDir, ['state', 'push', file]);
    if (result.exitCode === 0) return;
    if (this.#parts.interruption.interrupted) {
      throw interrupted(`interrupted during terraform state push for "${binding.name}"`, [
        `see what the state is now: mhtctl state list ${binding.name}`,
      ]);
    }
    throw terraformFailure(binding, 'state push', [], undefined, lastWords(result));
  }

  unsavedStates(binding: Binding, lineage: string | undefined): Promise<UnsavedStates> {
    return unsavedStates(binding, lineage);
  }

  async forceUnlock(binding: Binding, lockId: string): Promise<void> {
    const result = await this.#run(binding, binding.dataDir, ['force-unlock', '-force', '-no-color', lockId]);
    if (result.exitCode !== 0) throw terraformFailure(binding, 'force-unlock', [], undefined, lastWords(result));
  }

  async passThrough(binding: Binding, args: readonly string[]): Promise<number> {
    const [{ path }, configuration] = await Promise.all([this.#terraform(), this.#cliConfiguration()]);
    const terminal = this.#parts.terminal ?? process.stdout.isTTY === true;
    const env = attachedEnvironment(binding, this.#parts.environment, configuration, terminal);
    const since = new Date();
    const result = await this.#parts.processes.attach(path, withVariables(binding, args), {
      cwd: binding.configurationDir,
      env,
    });
    if (result.exitCode === 0) await removePushedState(binding, args);
    else await takeErroredState(binding, { lineage: '', since }).catch(() => undefined);
    if (result.exitCode === undefined) throw interrupted(`terraform was ended by ${result.signal}`);
    return result.exitCode;
  }

  async #init(binding: Binding, dataDir: string): Promise<void> {
    const args = [
      'init',
      '-input=false',
      '-no-color',
      '-reconfigure',
      '-lockfile=readonly',
      `-backend-config=${binding.backendFile}`,
    ];
    const result = await this.#run(binding, dataDir, args);
    if (result.exitCode !== 0) throw terraformFailure(binding, 'init', [], undefined, lastWords(result));
  }

  /** Runs what changes nothing: interrupted, it is as if it had not been run. */
  async #run(binding: Binding, dataDir: string, args: readonly string[]): Promise<ProcessResult> {
    const result = await this.#execute(binding, dataDir, args);
    if (this.#parts.interruption.interrupted) {
      throw interrupted(`interrupted during terraform ${args[0]} for "${binding.name}"; nothing was changed`);
    }
    return result;
  }

  async #execute(binding: Binding, dataDir: string, args: readonly string[]): Promise<ProcessResult> {
    const [{ path }, configuration] = await Promise.all([this.#terraform(), this.#cliConfiguration()]);
    const env = terraformEnvironment({ ...binding, dataDir }, this.#parts.environment, configuration);
    return this.#parts.processes.run(path, args, { cwd: binding.configurationDir, env });
  }

  async #follow(
    binding: Binding,
    action: string,
    args: readonly string[],
    { logFile, onEvent, onStart }: TerraformRun,
    expected: readonly number[],
  ): Promise<ProcessResult> {
    const [{ path }, configuration] = await Promise.all([this.#terraform(), this.#cliConfiguration()]);
    const diagnostics: Diagnostic[] = [];
    const result = await this.#parts.processes.follow(path, args, {
      cwd: binding.configurationDir,
      env: terraformEnvironment(binding, this.#parts.environment, configuration),
      logFile,
      ...(onStart === undefined ? {} : { onStart }),
      onLine: (line) => {
        const event = parseTerraformEvent(line);
        if (event === undefined) return;
        if (event.kind === 'diagnostic') diagnostics.push(event.diagnostic);
        onEvent(event);
      },
    });
    if (result.exitCode !== undefined && expected.includes(result.exitCode)) return result;
    if (this.#parts.interruption.interrupted) {
      throw interrupted(`interrupted during terraform ${action} for "${binding.name}"`, [
        `read the whole log: less ${logFile}`,
      ]);
    }
    if (result.signal !== undefined) throw terraformKilled(binding, action, result.signal, logFile);
    throw terraformFailure(binding, action, diagnostics, logFile, `it ended with code ${result.exitCode}`);
  }

  #terraform(): Promise<Tool> {
    this.#tool ??= this.#parts.toolchain.terraform(this.#parts.announce);
    return this.#tool;
  }

  #cliConfiguration(): Promise<Readonly<Record<string, string>>> {
    this.#configuration ??= this.#parts.toolchain.cliConfiguration();
    return this.#configuration;
  }
}

/** What tells `terraform plan` what the plan is for. An import is planned alone: what else differs is deployed by itself. */
function purposeArguments(purpose: PlanPurpose): readonly string[] {
  if (purpose.kind === 'destroy') return ['-destroy'];
  return purpose.kind === 'import' ? [`-target=${purpose.target.address}`] : [];
}

/** Whether Terraform warns of the target that an import is planned with: nobody asked for one. */
function isOfOurTarget({ kind }: PlanPurpose, event: TerraformEvent): boolean {
  return (
    kind === 'import' &&
    event.kind === 'diagnostic' &&
    event.diagnostic.severity === 'warning' &&
    event.diagnostic.summary === 'Resource targeting is in effect'
  );
}

/** Adds the environment's values to a command that takes variables, unless it is given values or a saved plan. */
export function withVariables(binding: Pick<Binding, 'variablesFile'>, args: readonly string[]): readonly string[] {
  const [command, ...rest] = args;
  if (command === undefined || !TAKES_VARIABLES.has(command)) return args;
  const given = variableFilesOf(rest).length > 0;
  return given || savedPlanOf(args) !== undefined ? args : [command, `-var-file=${binding.variablesFile}`, ...rest];
}

/** Terraform ends well although the disk was full: what it could not write of the plan is missing. */
function planNotWhole(binding: Binding, file: string, cause: Error): MhtctlError {
  return new MhtctlError({
    code: 'PlanNotWritten',
    outcome: 'toolFailed',
    message: `terraform plan for "${binding.name}" went well, but the plan it wrote is not whole: ${cause.message}`,
    nextSteps: [`see whether the disk is full: df -h ${dirname(file)}`, `ls -l ${file}`],
    cause,
  });
}

/** The error part of a command's plain output. */
function lastWords({ stdout, stderr, exitCode, signal }: ProcessResult): string {
  const text = (stderr.trim() || stdout.trim()).replace(/^[│╷╵]\s?/gm, '').trim();
  return text === '' ? (signal === undefined ? `it ended with code ${exitCode}` : `it was killed by ${signal}`) : text;
}
