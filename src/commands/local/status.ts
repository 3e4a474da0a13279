import { BaseCommand } from '../../base-command.js';
import type { EmulatorInstance } from '../../ports/emulator.js';

/** What `local status --json` returns. */
export interface LocalStatusResult {
  readonly running: boolean;
  readonly instance: EmulatorInstance | null;
}

export default class LocalStatus extends BaseCommand<LocalStatusResult> {
  static override summary = 'Tell whether the local AWS emulator runs, and where.';

  async run(): Promise<LocalStatusResult> {
    await this.parse(LocalStatus);
    const instance = await (await this.ports()).emulator.current();
    this.show(() =>
      instance === null
        ? 'No emulator is running. Start one: mhtctl local up'
        : `Running at ${instance.endpoint} since ${instance.startedAt} (pid ${instance.pid}, log ${instance.logFile})`,
    );
    return { running: instance !== null, instance };
  }
}
