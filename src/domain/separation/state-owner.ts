import type { Binding } from '../environment.js';
import type { EnvironmentEvidence } from './evidence.js';

/**
 * The environment that a state says it belongs to: by its own output `environment`, or else by the tag that most of its
 * resources carry. Undefined when it says nothing, or names no environment of the project.
 */
export function environmentOfState(
  { state }: Pick<EnvironmentEvidence, 'state'>,
  bindings: readonly Binding[],
): string | undefined {
  if (state === null) return undefined;
  const names = new Set(bindings.map(({ name }) => name));
  const output = state.state.outputs['environment']?.value;
  if (typeof output === 'string') return names.has(output) ? output : undefined;
  const counts = new Map<string, number>();
  for (const { attributes } of state.state.instances) {
    const tags = attributes['tags_all'] as Readonly<Record<string, unknown>> | null | undefined;
    const tag = tags?.['Environment'];
    if (typeof tag === 'string' && names.has(tag)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const [first, second] = [...counts].sort(([, left], [, right]) => right - left);
  return first !== undefined && (second === undefined || first[1] > second[1]) ? first[0] : undefined;
}
