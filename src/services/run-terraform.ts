import { resolve } from 'node:path';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { judgePlanFile } from '../domain/plan-checks/index.js';
import { changesSomething, foreignArguments, savedPlanOf, variableFilesOf } from '../domain/terraform-commands.js';
import type { Ports } from '../ports/index.js';
import { confirmChange, refuseRisks } from './confirm-change.js';
import { operatorStages } from './operator-stages.js';

/** What to run, and how it is confirmed when it changes something. */
export interface RunTerraformOptions {
  readonly binding: Binding;
  /** Terraform's own arguments, subcommand first. */
  readonly args: readonly string[];
  readonly confirm: string | undefined;
  readonly yes: boolean;
}

/**
 * Runs Terraform bound to an environment, after the checks of a deployment. What changes state or infrastructure is
 * confirmed first. Fails (exit 5) when Terraform does; its own exit code is in the message.
 */
export async function runTerraform(
  ports: Pick<
    Ports,
    | 'catalog'
    | 'environment'
    | 'identities'
    | 'interruption'
    | 'progress'
    | 'prompter'
    | 'repository'
    | 'terraform'
    | 'workspace'
  >,
  options: RunTerraformOptions,
): Promise<void> {
  const { binding, args } = options;
  const shown = `terraform ${args.join(' ')}`;
  await refuseForeignArguments(ports, binding, args);
  await ports.progress.run([
    ...operatorStages(ports, binding).stages,
    { title: 'Initialise', run: async (report) => report.result(await ports.terraform.initialise(binding)) },
  ]);
  if (changesSomething(args)) {
    await confirmChange(ports, {
      ...options,
      action: `Run "${shown}" in`,
      commandWith: (flag) => `mhtctl terraform ${binding.name} ${flag} -- ${args.join(' ')}`,
    });
  }
  const code = await ports.terraform.passThrough(binding, args);
  if (code === 0) return;
  throw new MhtctlError({
    code: 'TerraformFailed',
    outcome: 'toolFailed',
    message: `"${shown}" for "${binding.name}" ended with code ${code}`,
  });
}

/** Refuses arguments that would lead out of the environment: its directory, its values, its state. */
async function refuseForeignArguments(
  ports: Pick<Ports, 'catalog' | 'terraform'>,
  binding: Binding,
  args: readonly string[],
): Promise<void> {
  const usage = (message: string, nextStep: string) =>
    new MhtctlError({ code: 'ForeignArgument', outcome: 'usage', message, nextSteps: [nextStep] });
  const foreign = foreignArguments(args);
  if (foreign !== undefined) {
    const { given, kind, variable, rest } = foreign;
    const message = {
      directory: `${given} would leave the directory that "${binding.name}" is bound to`,
      variable: `${given} would leave "${binding.name}": ${variable} is what ${binding.variablesFile} says`,
      backend: `${given} would leave the state of "${binding.name}", for which mhtctl has initialised already`,
    }[kind];
    throw usage(message, `leave it out: mhtctl terraform ${binding.name} -- ${rest.join(' ')}`);
  }

  const files = variableFilesOf(args).map((file) => resolve(binding.configurationDir, file));
  if (files.length > 0) {
    const others = (await ports.catalog.bindAll()).filter(({ name }) => name !== binding.name);
    const other = others.find(({ variablesFile }) => files.includes(variablesFile));
    if (other !== undefined) {
      // Its own values are passed anyway: the command needs none of the files.
      const rest = args.filter(
        (arg, index) => !/^--?var-file(=|$)/.test(arg) && !/^--?var-file$/.test(args[index - 1] ?? ''),
      );
      throw usage(
        `${other.variablesFile} holds the values of "${other.name}", not of "${binding.name}"`,
        `mhtctl terraform ${other.name} -- ${rest.join(' ')}`,
      );
    }
  }

  const plan = savedPlanOf(args);
  if (plan === undefined) return;
  // A saved plan carries its own state: applied anywhere, it changes the environment it was made for.
  const file = await ports.terraform.readPlanFile(resolve(binding.configurationDir, plan));
  const command = `mhtctl terraform ${binding.name} --`;
  refuseRisks(judgePlanFile(file, binding), { binding, allowDestroy: [], command });
}
