/** A part of a remedy: words, or a command to paste. */
export interface RemedyPart {
  readonly command: boolean;
  readonly text: string;
}

// Up to where the next sentence begins.
const COMMAND = /(?<![\w-])((?:mhtctl|aws|terraform) [^;]+)/;

/** A remedy in its words and its commands, in their order. */
export function remedyParts(remedy: string): readonly RemedyPart[] {
  return remedy
    .split(COMMAND)
    .map((text, index) => ({ command: index % 2 === 1, text: text.replace(/^; /, '').trim() }))
    .filter(({ text }) => text !== '');
}
