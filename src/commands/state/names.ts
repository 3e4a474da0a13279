import { BaseCommand } from '../../base-command.js';
import { isMisnamed, type ResourceName } from '../../domain/resource-names.js';
import { environmentArg } from '../../flags.js';
import { stateNamesText } from '../../presenters/state/names-text.js';
import { stateNames } from '../../services/state-names.js';

/** What `state names --json` returns. */
export interface StateNamesResult {
  readonly environment: string;
  readonly resources: readonly ResourceName[];
}

export default class StateNames extends BaseCommand<StateNamesResult> {
  static override summary = "Show every resource's name in AWS, and whether it carries the environment's.";
  static override description =
    'Reads the state: address, physical name and id of every resource. Ends with 3 when a name does not carry the ' +
    "environment's own, or carries another's. Resources that have no name of ours are listed and not judged.";
  static override examples = ['<%= config.bin %> state names staging'];
  static override args = { environment: environmentArg };

  async run(): Promise<StateNamesResult> {
    const { args } = await this.parse(StateNames);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    const resources = await stateNames(ports, binding);
    if (resources.some(isMisnamed)) this.endAs('refused');
    this.show((style) => stateNamesText(binding.name, resources, style));
    return { environment: binding.name, resources };
  }
}
