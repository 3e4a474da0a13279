import type { CommandLine } from '../command-line.js';
import type { TemporaryProject } from '../project.js';
import type { World } from './world.js';

/** What a sabotage works with. */
export interface Scene {
  readonly project: TemporaryProject;
  readonly mhtctl: CommandLine;
  /** The two environments as AWS and their states describe them. */
  readonly world: World;
}

/** One way in which two environments come to share something, by plain AWS calls or edits of a file. */
export interface Sabotage {
  /** As in "finds ...". */
  readonly name: string;
  /** The rule that finds it, and no other does. */
  readonly rule: string;
  /** What the finding has to name. */
  readonly names: (world: World) => string;
  /** Does it, and returns what undoes it. */
  readonly commit: (scene: Scene) => Promise<() => Promise<unknown>>;
}
