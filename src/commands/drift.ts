import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { type DriftAnswer, outcomeOf } from '../domain/drift/environment-drift.js';
import { MhtctlError } from '../domain/errors.js';
import { environmentArg } from '../flags.js';
import type { Ports } from '../ports/index.js';
import {
  type DriftsJson,
  driftsJson,
  type EnvironmentDriftJson,
  environmentDriftJson,
} from '../presenters/drift/drift-json.js';
import { driftMarkdown } from '../presenters/drift/drift-markdown.js';
import { driftText } from '../presenters/drift/drift-text.js';
import { failureText } from '../presenters/failure-text.js';
import { type Style, textStyle } from '../presenters/style.js';
import { detectDriftOf, detectDrifts } from '../services/detect-drift.js';

type DriftResult = EnvironmentDriftJson | DriftsJson;

/** What was found, as text or as data. */
interface Looked {
  readonly answers: readonly DriftAnswer[];
  readonly result: DriftResult;
}

const textOf = ({ answers }: Looked, style: Style): string => driftText(answers, style);

const FORMATS: Readonly<Record<string, (looked: Looked, style: Style) => string>> = {
  text: textOf,
  json: ({ result }) => JSON.stringify(result, null, 2),
  markdown: ({ answers }) => driftMarkdown(answers),
};

export default class Drift extends BaseCommand<DriftResult> {
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

  async run(): Promise<DriftResult> {
    const { args, flags } = await this.parse(Drift);
    const ports = await this.ports();
    if (flags.all && args.environment !== undefined) throw bothGiven(args.environment);
    const looked = flags.all ? await this.#all(ports) : await this.#one(ports, args.environment);
    const { answers, result } = looked;
    const present = FORMATS[flags.format] ?? textOf;
    if (flags.output === undefined) {
      this.show((style) => present(looked, style));
    } else {
      await ports.workspace.writeResult(resolve(flags.output), `${present(looked, textStyle(false))}\n`);
      this.show((style) => driftText(answers, style));
    }
    const summary = ports.environment['GITHUB_STEP_SUMMARY'];
    if (summary !== undefined && summary !== '') {
      await ports.workspace.appendTo(summary, `${driftMarkdown(answers)}\n`);
    }
    for (const { failure } of answers) if (failure !== undefined) this.tell((style) => failureText(failure, style));
    this.endAs(outcomeOf(answers));
    return result;
  }

  async #all(ports: Ports): Promise<Looked> {
    const answers = await detectDrifts(ports, await ports.catalog.names());
    return { answers, result: driftsJson(answers) };
  }

  async #one(ports: Ports, environment: string | undefined): Promise<Looked> {
    const answer = await detectDriftOf(ports, (await this.bind(ports, environment)).name);
    return { answers: [answer], result: environmentDriftJson(answer.found) };
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
