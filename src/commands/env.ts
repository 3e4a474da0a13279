import { randomUUID } from 'node:crypto';
import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { MhtctlError } from '../domain/errors.js';
import { environmentArg } from '../flags.js';
import { dotenvLines } from '../presenters/application-variables/dotenv.js';
import { githubEnvironment, githubMasks } from '../presenters/application-variables/github.js';
import { shellExports } from '../presenters/shell-exports.js';
import { applicationEnvironment, runWithApplicationEnvironment } from '../services/application-environment.js';

/** What `env --json` returns: the variables themselves. */
export type EnvResult = Readonly<Record<string, string>>;

const FORMATS: Readonly<Record<string, (variables: EnvResult) => string>> = {
  shell: shellExports,
  dotenv: dotenvLines,
  json: (variables) => JSON.stringify(variables, null, 2),
  github: (variables) => githubEnvironment(variables, `mhtctl_${randomUUID()}`),
};

export default class Env extends BaseCommand<EnvResult | undefined> {
  static override summary = "Print the application's environment variables, or run a command with them.";
  static override description =
    "ENVIRONMENT, DATABASE_URL, S3_BUCKET, API_BASE_URL and a ..._QUEUE_URL for each queue, from the environment's own " +
    'state: the same that its instances run with. Formats: shell, for eval in a POSIX shell; dotenv, for `node ' +
    '--env-file`; json; github, to append to $GITHUB_ENV. What stands after -- is run with them: any code but 0 of ' +
    'it becomes exit 5.';
  static override examples = [
    'eval "$(<%= config.bin %> env staging)"',
    '<%= config.bin %> env staging --format dotenv > .env.staging',
    '<%= config.bin %> env staging --format github >> "$GITHUB_ENV"',
    '<%= config.bin %> env staging -- npm start',
  ];
  static override usage = '<%= command.id %> [ENVIRONMENT] [--format FORMAT] [--reveal] [-- COMMAND...]';
  static override args = { environment: environmentArg };
  static override flags = {
    format: Flags.string({
      description: 'shell, dotenv, json or github.',
      options: Object.keys(FORMATS),
      default: 'shell',
      helpValue: 'FORMAT',
    }),
    reveal: Flags.boolean({ description: 'Tell them also where their output is sensitive.' }),
  };

  async run(): Promise<EnvResult | undefined> {
    // The command's words are taken as they stand.
    const separator = this.argv.indexOf('--');
    const own = separator < 0 ? this.argv : this.argv.slice(0, separator);
    const [program, ...rest] = separator < 0 ? [] : this.argv.slice(separator + 1);
    const { args, flags, metadata } = await this.parse(Env, own);
    const ports = await this.ports();
    const options = { binding: await this.bind(ports, args.environment), reveal: flags.reveal };
    if (separator >= 0) {
      const printed = this.jsonEnabled() || metadata.flags['format']?.setFromDefault !== true;
      if (program === undefined || printed) throw unclear(program, options.binding.name);
      await runWithApplicationEnvironment(ports, { ...options, command: [program, ...rest] });
      return undefined;
    }
    const { values, sensitive } = await applicationEnvironment(ports, options);
    // On stderr, which the runner reads as well: stdout goes into the file.
    if (flags.format === 'github' && sensitive) this.tell(() => githubMasks(values));
    const present = FORMATS[flags.format] ?? shellExports;
    this.show(() => present(values));
    return values;
  }
}

function unclear(program: string | undefined, environment: string): MhtctlError {
  return new MhtctlError({
    code: 'Usage',
    outcome: 'usage',
    message:
      program === undefined
        ? 'no command stands after --'
        : `the variables are either printed or given to ${program}: leave out --format and --json, or the command`,
    nextSteps: [`mhtctl env ${environment} -- COMMAND`, `mhtctl env ${environment}`],
  });
}
