import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { type DiffJson, diffJson } from '../presenters/diff/json.js';
import { diffText } from '../presenters/diff/text.js';
import { diffEnvironments } from '../services/diff-environments.js';

export default class Diff extends BaseCommand<DiffJson> {
  static override summary = 'Lay two environments side by side: variables, backend, policy, and on demand resources.';
  static override description =
    "A variable is what the environment's tfvars file says, else its default. What differs is shown, what differs by the " +
    "environments' own names alone is named, and the rest is counted. Sensitive values are never shown. Reads only, and " +
    'ends with 0 whatever differs.';
  static override examples = [
    '<%= config.bin %> diff staging production',
    '<%= config.bin %> diff staging production --resources',
    '<%= config.bin %> diff staging production --all',
  ];
  static override args = {
    environment: Args.string({ description: 'Environment.', required: true }),
    other: Args.string({ description: 'The environment beside it.', required: true }),
  };
  static override flags = {
    resources: Flags.boolean({ description: 'Also lay the two states side by side.' }),
    all: Flags.boolean({ description: 'Show what is the same, too.' }),
  };

  async run(): Promise<DiffJson> {
    const { args, flags } = await this.parse(Diff);
    const difference = await diffEnvironments(await this.ports(), {
      own: args.environment,
      other: args.other,
      resources: flags.resources,
    });
    this.show((style) => diffText(difference, { all: flags.all }, style));
    return diffJson(difference);
  }
}
