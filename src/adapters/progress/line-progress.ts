import type { Progress, Stage, StageReport } from '../../ports/progress.js';

/** Seconds of silence after which a line says that work goes on. */
const HEARTBEAT_SECONDS = 20;

/** Progress where there is no terminal: one line an event, and a heartbeat, so that no pipeline takes silence for death. */
export class LineProgress implements Progress {
  readonly #write: (line: string) => void;

  /** @param write takes a line without its break */
  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  say(text: string): void {
    for (const line of text.split('\n')) this.#write(line);
  }

  async run(stages: readonly Stage[]): Promise<void> {
    for (const { title, run } of stages) {
      const startedAt = Date.now();
      let spokenAt = startedAt;
      let doing = '';
      let result: string | undefined;
      const speak = (text: string) => {
        spokenAt = Date.now();
        this.#write(`${title}: ${text}`);
      };
      const report: StageReport = {
        now: (text) => {
          doing = text;
        },
        event: speak,
        note: speak,
        result: (text) => {
          result = text;
        },
      };
      const heartbeat = setInterval(() => {
        if (Date.now() - spokenAt < HEARTBEAT_SECONDS * 1000) return;
        speak(
          `still running after ${Math.round((Date.now() - startedAt) / 1000)} s${doing === '' ? '' : `: ${doing}`}`,
        );
      }, 1000);
      try {
        await run(report);
        this.#write(`${title}: ${result ?? 'done'}`);
      } catch (error) {
        this.#write(`${title}: failed`);
        throw error;
      } finally {
        clearInterval(heartbeat);
      }
    }
  }
}
