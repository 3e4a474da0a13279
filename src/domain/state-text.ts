import { MhtctlError } from './errors.js';

/**
 * The text of a state with another serial and everything else as it is, to the last digit: reading and writing it as JSON
 * would round large numbers. Fails (exit 5) with `StateUnreadable` when it has no serial of its own.
 */
export function withSerial(text: string, serial: number): string {
  return withValue(text, 'serial', /^\d+/, String(serial));
}

/** As {@link withSerial}, with another lineage. */
export function withLineage(text: string, lineage: string): string {
  return withValue(text, 'lineage', /^"(?:[^"\\]|\\.)*"/, JSON.stringify(lineage));
}

function withValue(text: string, key: string, value: RegExp, written: string): string {
  const at = beginningOf(text, key);
  const [found] = value.exec(text.slice(at)) ?? [];
  if (at === undefined || found === undefined) {
    throw new MhtctlError({ code: 'StateUnreadable', outcome: 'toolFailed', message: `the state has no ${key}` });
  }
  return `${text.slice(0, at)}${written}${text.slice(at + found.length)}`;
}

/** Whether two states hold the same, whatever their serials. */
export function sameButForSerial(one: string, other: string): boolean {
  return withSerial(one, 0) === withSerial(other, 0);
}

/** Where the value of a key of the document itself begins; undefined when it has no such key. */
function beginningOf(text: string, key: string): number | undefined {
  let depth = 0;
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    const [found] = token;
    if (found === '{' || found === '[') depth += 1;
    else if (found === '}' || found === ']') depth -= 1;
    else if (depth === 1 && found === JSON.stringify(key)) {
      const end = token.index + found.length;
      const colon = /^\s*:\s*/.exec(text.slice(end, end + 100));
      if (colon !== null) return end + colon[0].length;
    }
  }
  return undefined;
}
