import { Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';
import { environmentArg } from '../../flags.js';
import { stateListText } from '../../presenters/state/list-text.js';
import { type ListedStates, listStates } from '../../services/list-states.js';

/** What `state list --json` returns. */
export interface StateListResult extends ListedStates {
  readonly environment: string;
}

export default class StateList extends BaseCommand<StateListResult> {
  static override summary = "List the versions and the backups of an environment's state.";
  static override description =
    'Each with its serial, its time and the operation that wrote it, newest first; deletions are among them. A version ' +
    'that cannot be read is listed with the reason. Any of them can be given to `state restore`.';
  static override examples = ['<%= config.bin %> state list staging'];
  static override args = { environment: environmentArg };
  static override flags = {
    limit: Flags.integer({
      description: 'How many versions to read, and how many backups.',
      helpValue: 'N',
      default: 20,
      min: 1,
      max: 1000,
    }),
  };

  async run(): Promise<StateListResult> {
    const { args, flags } = await this.parse(StateList);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    const states = await listStates(ports, binding, flags.limit);
    this.show((style) => stateListText(binding.name, states, style));
    return { environment: binding.name, ...states };
  }
}
