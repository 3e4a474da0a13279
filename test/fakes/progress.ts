import type { Progress, Stage, StageReport } from '../../src/ports/progress.js';

/** One thing a stage said. */
export interface Said {
  readonly how: keyof StageReport;
  readonly text: string;
}

/** Remembers what a stage says. */
export class FakeStageReport implements StageReport {
  readonly said: Said[] = [];

  now(text: string): void {
    this.said.push({ how: 'now', text });
  }

  event(text: string): void {
    this.said.push({ how: 'event', text });
  }

  note(text: string): void {
    this.said.push({ how: 'note', text });
  }

  result(text: string): void {
    this.said.push({ how: 'result', text });
  }

  /** What was said in that way. */
  heard(how: keyof StageReport): readonly string[] {
    return this.said.filter((one) => one.how === how).map(({ text }) => text);
  }
}

/** Runs the stages and remembers what each of them said. */
export class FakeProgress implements Progress {
  /** Titles of the stages that began, in order. */
  readonly titles: string[] = [];
  readonly lines: string[] = [];
  readonly #reports = new Map<string, FakeStageReport>();

  async run(stages: readonly Stage[]): Promise<void> {
    for (const { title, run } of stages) {
      this.titles.push(title);
      const report = new FakeStageReport();
      this.#reports.set(title, report);
      await run(report);
    }
  }

  say(text: string): void {
    this.lines.push(text);
  }

  /** What the stage of that title said in that way. */
  heard(title: string, how: keyof StageReport): readonly string[] {
    return this.#reports.get(title)?.heard(how) ?? [];
  }
}
