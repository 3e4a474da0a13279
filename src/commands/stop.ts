import { BaseCommand } from '../base-command.js';
import { confirmationFlags, environmentArg } from '../flags.js';
import { type PoweredInstanceJson, poweredJson } from '../presenters/power-json.js';
import { instancesText, powerText } from '../presenters/power-text.js';
import { confirmChange } from '../services/confirm-change.js';
import { areAll, findInstances, powerInstances } from '../services/power-instances.js';
import { scheduleOf } from '../services/schedule-off-hours.js';

/** What `stop --json` returns. */
export interface StopResult {
  readonly environment: string;
  readonly outcome: 'stopped' | 'no-changes';
  readonly instances: readonly PoweredInstanceJson[];
}

export default class Stop extends BaseCommand<StopResult> {
  static override summary = "Stop an environment's instances now, and wait until they are.";
  static override description =
    "Shows the instances of the environment's own state that carry its tag, asks for confirmation, stops them and waits. " +
    'Nothing else is stopped, and everything else goes on costing. Safe to repeat.';
  static override examples = [
    '<%= config.bin %> stop staging',
    '<%= config.bin %> stop production --confirm production',
  ];
  static override args = { environment: environmentArg };
  static override flags = { ...confirmationFlags };

  async run(): Promise<StopResult> {
    const { args, flags } = await this.parse(Stop);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);

    const found = await findInstances(ports, binding);
    const changed = !areAll('stopped', found);
    if (changed) {
      this.tell((style) => instancesText(binding.name, found.instances, style));
      await confirmChange(ports, {
        binding,
        action: 'Stop the instances of',
        commandWith: (flag) => `mhtctl stop ${binding.name} ${flag}`,
        yes: flags.yes,
        confirm: flags.confirm,
      });
    }
    const instances = await powerInstances(ports, found, 'stopped');
    const schedule = scheduleOf(found.state, ports.clock.now());
    const environment = binding.name;
    this.show((style) =>
      powerText({ environment, power: 'stopped', changed, instances, schedule, health: null }, style),
    );
    return { environment, outcome: changed ? 'stopped' : 'no-changes', instances: poweredJson(instances) };
  }
}
