import type { EnvironmentStatus } from '../domain/environment-status.js';
import type { Style } from './style.js';
import { table } from './table.js';

/** Environments at a glance. The one switched to is marked. */
export function statusText(current: string | null, environments: readonly EnvironmentStatus[], style: Style): string {
  const rows = environments.map(({ name, protected: isProtected, state, lastDeployment }) => [
    `${name === current ? '*' : ' '} ${name}`,
    isProtected ? 'yes' : 'no',
    state === null ? '-' : String(state.resources),
    state === null ? '-' : String(state.serial),
    lastDeployment === null
      ? 'never deployed'
      : [
          lastDeployment.status,
          (lastDeployment.finishedAt ?? lastDeployment.startedAt).replace(/\.\d+Z$/, 'Z'),
          lastDeployment.commit?.slice(0, 8) ?? '',
        ]
          .filter((part) => part !== '')
          .join(' '),
  ]);
  return table(['  environment', 'protected', 'resources', 'serial', 'last deployment'], rows, style);
}
