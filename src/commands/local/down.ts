import { BaseCommand } from '../../base-command.js';

/** What `local down --json` returns. */
export interface LocalDownResult {
  /** False when none was running. */
  readonly stopped: boolean;
}

export default class LocalDown extends BaseCommand<LocalDownResult> {
  static override summary = 'Stop the local AWS emulator. What it held is gone.';

  async run(): Promise<LocalDownResult> {
    await this.parse(LocalDown);
    const stopped = await (await this.ports()).emulator.stop();
    this.show(() => (stopped ? 'The emulator is stopped.' : 'No emulator was running.'));
    return { stopped };
  }
}
