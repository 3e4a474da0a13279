import type { ComparedResources } from './resources.js';
import type { ComparedSetting, EnvironmentNames } from './setting.js';

/** Two environments side by side. */
export interface EnvironmentDifference {
  readonly names: EnvironmentNames;
  readonly variables: readonly ComparedSetting[];
  readonly backend: readonly ComparedSetting[];
  readonly policy: readonly ComparedSetting[];
  /** Null where the states were not asked for. */
  readonly resources: ComparedResources | null;
}
