import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import type { Binding } from '../domain/environment.js';
import type { HealthReport } from '../domain/health.js';
import { environmentArg } from '../flags.js';
import type { Ports } from '../ports/index.js';
import { healthNews, healthText, watchedHealthText } from '../presenters/health-text.js';
import { readHealth } from '../services/read-health.js';
import { watchHealth } from '../services/watch-health.js';

/** What `health --json` returns. */
export interface HealthResult extends HealthReport {
  readonly environment: string;
}

export default class Health extends BaseCommand<HealthResult | undefined> {
  static override summary = 'Show how an environment is: traffic, instances, alarms and queues.';
  static override description =
    "Asks about everything in the environment's state at once: the load balancer's targets, the application by its " +
    'name and by the load balancer itself, instances, alarms, queues and dead-letter queues. Each is healthy, unhealthy ' +
    'or not checked; what could not be asked is never healthy. Reads only.';
  static override examples = [
    '<%= config.bin %> health staging',
    '<%= config.bin %> health production --json',
    '<%= config.bin %> health production --watch',
  ];
  static override args = { environment: environmentArg };
  static override flags = {
    watch: Flags.boolean({
      char: 'w',
      description: 'Look again and again until Ctrl-C; without a terminal, print what changes.',
      exclusive: ['json'],
    }),
    interval: Flags.integer({
      description: "Seconds between two looks; the policy's interval when left out.",
      helpValue: 'SECONDS',
      min: 1,
      max: 86_400,
      dependsOn: ['watch'],
    }),
  };

  async run(): Promise<HealthResult | undefined> {
    const { args, flags } = await this.parse(Health);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    if (flags.watch) return this.#watch(ports, binding, flags.interval ?? binding.policy.health.intervalSeconds);
    const report = await readHealth(ports, binding);
    if (report.status === 'unhealthy') this.endAs('unhealthy');
    this.show((style) => healthText(binding.name, report, style));
    return { environment: binding.name, ...report };
  }

  async #watch(ports: Ports, binding: Binding, intervalSeconds: number): Promise<undefined> {
    const { name } = binding;
    const output = this.live();
    await watchHealth(ports, { binding, intervalSeconds }, (look, before) =>
      output.show((style) =>
        output.redraws ? watchedHealthText(name, look, intervalSeconds, style) : healthNews(name, look, before, style),
      ),
    );
    if (ports.interruption.interrupted) this.endAs('interrupted');
  }
}
