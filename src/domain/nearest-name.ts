/**
 * The candidate a person most likely meant, or undefined when none is near: a third of the letters may differ,
 * and an abbreviation (`prod`) stands for the only name it begins.
 */
export function nearestName(wanted: string, candidates: readonly string[]): string | undefined {
  const lowered = wanted.toLowerCase();
  const begun = candidates.filter((candidate) => lowered.length > 1 && candidate.toLowerCase().startsWith(lowered));
  if (begun.length === 1) return begun[0];
  const tolerated = Math.max(1, Math.floor(lowered.length / 3));
  let nearest: string | undefined;
  let least = tolerated + 1;
  for (const candidate of candidates) {
    const distance = editDistance(lowered, candidate.toLowerCase());
    if (distance < least) {
      nearest = candidate;
      least = distance;
    }
  }
  return nearest;
}

/** Levenshtein distance: insertions, deletions and replacements of one letter each. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
