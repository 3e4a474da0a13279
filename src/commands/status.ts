import { BaseCommand } from '../base-command.js';
import type { EnvironmentStatus } from '../domain/environment-status.js';
import { statusText } from '../presenters/status-text.js';
import { environmentStatus } from '../services/environment-status.js';

/** What `status --json` returns. */
export interface StatusResult {
  readonly current: string | null;
  readonly environments: readonly EnvironmentStatus[];
}

export default class Status extends BaseCommand<StatusResult> {
  static override summary = 'Show every environment: its state and its last deployment.';
  static override examples = ['<%= config.bin %> status', '<%= config.bin %> status --json'];

  async run(): Promise<StatusResult> {
    await this.parse(Status);
    const ports = await this.ports();
    const [current, bindings] = await Promise.all([ports.workspace.currentEnvironment(), ports.catalog.bindAll()]);
    const environments = await Promise.all(bindings.map((binding) => environmentStatus(ports, binding)));
    this.show((style) => statusText(current, environments, style));
    return { current, environments };
  }
}
