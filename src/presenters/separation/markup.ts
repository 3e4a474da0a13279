/** A piece of HTML or XML. Only {@link markup} makes one, so that whatever is put into it was escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What goes into a piece: texts, which are escaped, and other pieces. */
export type Inserted = string | number | Markup | readonly Markup[];

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Template of HTML or XML: texts in it are escaped for content and for attributes in quotes. */
export function markup(parts: TemplateStringsArray, ...inserted: readonly Inserted[]): Markup {
  return new Markup(parts.reduce((text, part, index) => `${text}${written(inserted[index - 1] ?? '')}${part}`));
}

/** Pieces with nothing, or with lines, between them. */
export function joined(pieces: readonly Markup[], between = '\n'): Markup {
  return new Markup(pieces.map(({ text }) => text).join(between));
}

/** Nothing at all. */
export const NOTHING = new Markup('');

function written(inserted: Inserted): string {
  if (inserted instanceof Markup) return inserted.text;
  if (typeof inserted === 'object') return joined(inserted, '').text;
  return String(inserted).replace(/[&<>"']/g, (character) => ENTITY[character] ?? '');
}
