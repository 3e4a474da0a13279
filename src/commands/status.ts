import { BaseCommand } from '../base-command.js';
import type { EnvironmentStatus } from '../domain/environment-status.js';
import { failureText } from '../presenters/failure-text.js';
import { statusText } from '../presenters/status-text.js';
import { environmentStatuses } from '../services/environment-status.js';

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
    const { environments, failures } = await environmentStatuses(ports, bindings);
    this.show((style) => statusText(current, environments, style));
    const [first] = failures;
    if (first !== undefined) this.endAs(first.outcome);
    if (!this.jsonEnabled()) for (const failure of failures) this.tell((style) => failureText(failure, style));
    return { current, environments };
  }
}
