import type { Coverage, SeparationReport } from '../../domain/separation/report.js';

/** Resources that were not checked for one reason. */
export interface Unchecked {
  readonly environments: readonly string[];
  readonly reason: string;
  readonly resources: readonly string[];
}

/** What was not checked, by the reason; environments that lack the same are named together. */
export function uncheckedOf({ coverage }: Pick<SeparationReport, 'coverage'>): readonly Unchecked[] {
  const groups = new Map<string, Unchecked>();
  for (const [name, { uncheckable }] of Object.entries(coverage)) {
    for (const [reason, resources] of byReason(uncheckable)) {
      const key = JSON.stringify([reason, resources]);
      groups.set(key, { environments: [...(groups.get(key)?.environments ?? []), name], reason, resources });
    }
  }
  return [...groups.values()];
}

function byReason(uncheckable: Coverage['uncheckable']): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const { resource, reason } of uncheckable) {
    const resources = reasons.get(reason) ?? [];
    resources.push(resource);
    reasons.set(reason, resources);
  }
  return reasons;
}

/** `43 of 44 resources checked`: counts, which round nothing up. */
export function coverageSentence({ inState, checked }: Coverage): string {
  return `${checked} of ${inState} ${inState === 1 ? 'resource' : 'resources'} checked`;
}
