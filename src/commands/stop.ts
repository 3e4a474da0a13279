import { BaseCommand } from '../base-command.js';
import { confirmationFlags, environmentArg, lockTimeoutFlag } from '../flags.js';
import { type PoweredInstanceJson, poweredJson } from '../presenters/power-json.js';
import { instancesText, powerText } from '../presenters/power-text.js';
import { confirmChange } from '../services/confirm-change.js';
import { type ExecutedPower, executePower } from '../services/execute-power.js';
import { type PreparedPower, preparePower } from '../services/prepare-power.js';
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
  static override flags = { ...confirmationFlags, 'lock-timeout': lockTimeoutFlag };

  async run(): Promise<StopResult> {
    const { args, flags } = await this.parse(Stop);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);

    const prepared = await preparePower(ports, { binding, power: 'stopped', waitSeconds: flags['lock-timeout'] });
    try {
      if (prepared.hasChanges) {
        this.tell((style) => instancesText(binding.name, prepared.instances, style));
        await confirmChange(ports, {
          binding,
          action: 'Stop the instances of',
          commandWith: (flag) => `mhtctl stop ${binding.name} ${flag}`,
          yes: flags.yes,
          confirm: flags.confirm,
        });
      }
      return this.#present(prepared, await executePower(ports, prepared), ports.clock.now());
    } finally {
      await prepared.release();
    }
  }

  #present({ binding, state, hasChanges }: PreparedPower, { instances, health }: ExecutedPower, now: Date): StopResult {
    const environment = binding.name;
    const schedule = scheduleOf(state, now);
    this.show((style) =>
      powerText({ environment, power: 'stopped', changed: hasChanges, instances, schedule, health }, style),
    );
    return {
      environment,
      outcome: hasChanges ? 'stopped' : 'no-changes',
      instances: poweredJson(instances),
    };
  }
}
