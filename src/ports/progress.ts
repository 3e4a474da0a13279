/** How a running stage speaks. */
export interface StageReport {
  /** What is going on just now, as often as it changes: shown at a terminal, and by the heartbeat elsewhere. */
  now(text: string): void;
  /** Something has happened: a line of its own where there is no terminal. */
  event(text: string): void;
  /** A line that stays. */
  note(text: string): void;
  /** The result, beside the stage's title. */
  result(text: string): void;
}

/** One step of a command's work. */
export interface Stage {
  readonly title: string;
  readonly run: (report: StageReport) => Promise<void>;
}

/** Shows work as it goes, on stderr. */
export interface Progress {
  /** Runs the stages in order and stops at the first failure, which it passes on. */
  run(stages: readonly Stage[]): Promise<void>;
  /** A line on stderr outside any stage. */
  say(text: string): void;
}
