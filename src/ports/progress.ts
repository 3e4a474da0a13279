/** How a running stage speaks. */
export interface StageReport {
  /** What is going on just now; replaces the last one at a terminal, is one line elsewhere. */
  now(text: string): void;
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
