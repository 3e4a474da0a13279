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

/** Levenshtein distance, with two neighbouring letters swapped counted once: the commonest typing error. */
export function editDistance(from: string, to: string): number {
  if (from === to) return 0;
  const [rows, columns] = [[...from], [...to]];
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: columns.length + 1 }, (_, column) => column);
  for (const [row, letter] of rows.entries()) {
    const current = [row + 1];
    for (const [column, other] of columns.entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      const inserted = (current[column] ?? 0) + 1;
      const deleted = (previous[column + 1] ?? 0) + 1;
      const swappable = row > 0 && column > 0 && letter === columns[column - 1] && other === rows[row - 1];
      const swapped = swappable ? (beforePrevious[column - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(replaced, inserted, deleted, swapped));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
