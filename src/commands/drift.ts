import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { type DriftAnswer, outcomeOf } from '../domain/drift/environment-drift.js';
import { MhtctlError } from '../domain/errors.js';
import { environmentArg } from '../flags.js';
import { type DriftsJson, driftsJson, type EnvironmentDriftJson } from '../presenters/drift/drift-json.js';
import { driftMarkdown } from '../presenters/drift/drift-markdown.js';
import { driftText } from '../presenters/drift/drift-text.js';
import { failureText } from '../presenters/failure-text.js';
import { type Style, textStyle } from '../presenters/style.js';
import { detectDriftOf, detectDrifts } from '../services/detect-drift.js';

const FORMATS: Readonly<Record<string, (answers: readonly DriftAnswer[], style: Style) => string>> = {
  text: driftText,
  json: (answers) => JSON.stringify(driftsJson(answers), null, 2),
  markdown: driftMarkdown,
};

export default class Drift extends BaseCommand<EnvironmentDriftJson | DriftsJson> {
  static override summary = 'Show what was changed outside Terraform.';
  static override description =
    'Makes the checks of a deployment and compares what is there with the state: each attribute that is not as it was ' +
    'left and that a deployment would set back, each resource that is gone, and what was added by hand to security ' +
    'groups, route tables and roles. Exits 3 when there is drift. What the configuration leaves to AWS is counted. ' +
    'Changes nothing.';
  static override examples = [
    '<%= config.bin %> drift staging',
    '<%= config.bin %> drift --all --format markdown --output drift.md',
  ];
  static override args = { environment: environmentArg };
  static override flags = {
    all: Flags.boolean({ description: 'Look at every environment. One that fails hides none of the others.' }),
    format: Flags.string({
      description: 'text, json, or markdown (which tells no values).',
      options: Object.keys(FORMATS),
      default: 'text',
      helpValue: 'FORMAT',
    }),
    output: Flags.string({ description: 'Write it to a file, and the text to the terminal.', helpValue: 'FILE' }),
  };

  async run(): Promise<EnvironmentDriftJson | DriftsJson> {
    const { args, flags } = await this.parse(Drift);
    const ports = await this.ports();
    if (flags.all && args.environment !== undefined) throw bothGiven(args.environment);
    const answers = flags.all
      ? await detectDrifts(ports, await ports.catalog.names())
      : [await detectDriftOf(ports, (await this.bind(ports, args.environment)).name)];
    const present = FORMATS[flags.format] ?? driftText;
    if (flags.output === undefined) {
      this.show((style) => present(answers, style));
    } else {
      await ports.workspace.writeResult(resolve(flags.output), `${present(answers, textStyle(false))}\n`);
      this.show((style) => driftText(answers, style));
    }
    const summary = ports.environment['GITHUB_STEP_SUMMARY'];
    if (summary !== undefined && summary !== '') await ports.workspace.appendTo(summary, `${driftMarkdown(answers)}\n`);
    for (const { failure } of answers) if (failure !== undefined) this.tell((style) => failureText(failure, style));
    this.endAs(outcomeOf(answers));
    const all = driftsJson(answers);
    return flags.all ? all : (all.environments[0] as EnvironmentDriftJson);
  }
}

function bothGiven(environment: string): MhtctlError {
  return new MhtctlError({
    code: 'Usage',
    outcome: 'usage',
    message: `--all looks at "${environment}" too: name an environment or say --all, not both`,
    nextSteps: [`mhtctl drift ${environment}`, 'mhtctl drift --all'],
  });
}
