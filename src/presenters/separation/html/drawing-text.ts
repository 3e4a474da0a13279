/** A text of at most so many characters; what is cut off is marked. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`;
}

/** A text in lines of at most so many characters, broken after a slash, a hyphen or a dot where there is one. */
export function folded(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const last = Math.max(...['/', '-', '.'].map((mark) => rest.lastIndexOf(mark, most - 1)));
    const end = last > most / 3 ? last + 1 : most;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...lines, rest];
}
