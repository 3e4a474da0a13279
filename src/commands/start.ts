import { BaseCommand } from '../base-command.js';
import type { HealthReport } from '../domain/health.js';
import { confirmationFlags, environmentArg, lockTimeoutFlag } from '../flags.js';
import { type PoweredInstanceJson, poweredJson } from '../presenters/power-json.js';
import { instancesText, powerText } from '../presenters/power-text.js';
import { confirmChange } from '../services/confirm-change.js';
import { type ExecutedPower, executePower } from '../services/execute-power.js';
import { type PreparedPower, preparePower } from '../services/prepare-power.js';
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
  static override flags = { ...confirmationFlags, 'lock-timeout': lockTimeoutFlag };

  async run(): Promise<StartResult> {
    const { args, flags } = await this.parse(Start);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);

    const prepared = await preparePower(ports, { binding, power: 'running', waitSeconds: flags['lock-timeout'] });
    try {
      if (prepared.hasChanges) {
        this.tell((style) => instancesText(binding.name, prepared.instances, style));
        await confirmChange(ports, {
          binding,
          action: 'Start the instances of',
          commandWith: (flag) => `mhtctl start ${binding.name} ${flag}`,
          yes: flags.yes,
          confirm: flags.confirm,
        });
      }
      return this.#present(prepared, await executePower(ports, prepared), ports.clock.now());
    } finally {
      await prepared.release();
    }
  }

  #present(
    { binding, state, hasChanges }: PreparedPower,
    { instances, health }: ExecutedPower,
    now: Date,
  ): StartResult {
    const environment = binding.name;
    if (health?.status === 'unhealthy') this.endAs('unhealthy');
    const schedule = scheduleOf(state, now);
    this.show((style) =>
      powerText({ environment, power: 'running', changed: hasChanges, instances, schedule, health }, style),
    );
    return {
      environment,
      outcome: hasChanges ? 'started' : 'no-changes',
      instances: poweredJson(instances),
      health: health ?? { status: 'unknown', checks: [] },
    };
  }
}
