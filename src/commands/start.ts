import { BaseCommand } from '../base-command.js';
import type { HealthReport } from '../domain/health.js';
import { confirmationFlags, environmentArg } from '../flags.js';
import { type PoweredInstanceJson, poweredJson } from '../presenters/power-json.js';
import { instancesText, powerText } from '../presenters/power-text.js';
import { confirmChange } from '../services/confirm-change.js';
import { areAll, awaitHealth, findInstances, powerInstances } from '../services/power-instances.js';
import { scheduleOf } from '../services/schedule-off-hours.js';

/** What `start --json` returns. */
export interface StartResult {
  readonly environment: string;
  readonly outcome: 'started' | 'no-changes';
  readonly instances: readonly PoweredInstanceJson[];
  readonly health: HealthReport;
}

export default class Start extends BaseCommand<StartResult> {
  static override summary = "Start an environment's instances now, and wait until it is healthy.";
  static override description =
    "Shows the instances of the environment's own state that carry its tag, asks for confirmation, starts them, waits " +
    'until they run and then until the environment is healthy. Safe to repeat.';
  static override examples = [
    '<%= config.bin %> start staging',
    '<%= config.bin %> start production --confirm production',
  ];
  static override args = { environment: environmentArg };
  static override flags = { ...confirmationFlags };

  async run(): Promise<StartResult> {
    const { args, flags } = await this.parse(Start);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);

    const found = await findInstances(ports, binding);
    const changed = !areAll('running', found);
    if (changed) {
      this.tell((style) => instancesText(binding.name, found.instances, style));
      await confirmChange(ports, {
        binding,
        action: 'Start the instances of',
        commandWith: (flag) => `mhtctl start ${binding.name} ${flag}`,
        yes: flags.yes,
        confirm: flags.confirm,
      });
    }
    const instances = await powerInstances(ports, found, 'running');
    const health = await awaitHealth(ports, found);
    if (health.status === 'unhealthy') this.endAs('unhealthy');
    const schedule = scheduleOf(found.state, ports.clock.now());
    const environment = binding.name;
    this.show((style) => powerText({ environment, power: 'running', changed, instances, schedule, health }, style));
    return { environment, outcome: changed ? 'started' : 'no-changes', instances: poweredJson(instances), health };
  }
}
