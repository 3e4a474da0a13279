import type { SeparationReport } from '../../../domain/separation/report.js';
import type { Crossing } from '../crossings.js';

/** The environments that there is room for, those with the most connections first to stay, and how many are left out. */
export function drawnEnvironments(
  { environments }: Pick<SeparationReport, 'environments'>,
  crossings: readonly Crossing[],
  most: number,
): { readonly drawn: readonly string[]; readonly hidden: number } {
  const touched = (name: string) => crossings.filter(({ from, to }) => from === name || to === name).length;
  const kept = new Set([...environments].sort((a, b) => touched(b) - touched(a)).slice(0, most));
  const drawn = environments.filter((name) => kept.has(name));
  return { drawn, hidden: environments.length - drawn.length };
}
