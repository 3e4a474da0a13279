/** An element of HTML or XML with what is in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Its own text and that of everything in it. */
  readonly text: string;
}

/** HTML elements that have no end tag. Source: https://html.spec.whatwg.org/multipage/syntax.html#void-elements */
const VOID = new Set(['br', 'meta']);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
/** Source: https://www.w3.org/TR/xml/#charsets */
const NO_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const ATTRIBUTE = /^\s+([A-Za-z][\w:.-]*)="([^"<]*)"/;

/** Reads a document as strictly as XML demands; fails on whatever is not well-formed. */
export function markupTree(document: string): Element {
  const forbidden = NO_XML.exec(document);
  if (forbidden !== null) throw new Error(`a character that no document may have at ${forbidden.index}`);
  const reader = new Reader(document.replace(/^<(?:\?xml [^<>]*\?|!DOCTYPE html)>\n/, ''));
  const root = reader.element();
  reader.end();
  return root;
}

/** Every element below one, and itself. */
export function elementsOf(root: Element): readonly Element[] {
  return [root, ...root.children.flatMap(elementsOf)];
}

/** Every element of a name. */
export function named(root: Element, name: string): readonly Element[] {
  return elementsOf(root).filter((element) => element.name === name);
}

class Reader {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  element(): Element {
    const name = this.#take(/^<([A-Za-z][\w-]*)/)[1] ?? '';
    const attributes: Record<string, string> = {};
    for (let found = ATTRIBUTE.exec(this.#rest); found !== null; found = ATTRIBUTE.exec(this.#rest)) {
      const [whole, key = '', value = ''] = found;
      if (key in attributes) throw new Error(`<${name}> has ${key} twice`);
      attributes[key] = decoded(value);
      this.#rest = this.#rest.slice(whole.length);
    }
    const selfClosing = this.#take(/^\s*(\/?)>/)[1] === '/';
    if (selfClosing || VOID.has(name)) return { name, attributes, children: [], text: '' };
    const children: Element[] = [];
    let text = '';
    while (!this.#rest.startsWith('</')) {
      if (this.#rest.startsWith('<')) {
        const child = this.element();
        children.push(child);
        text += child.text;
      } else {
        text += decoded(this.#take(/^[^<]+/)[0]);
      }
    }
    const end = this.#take(/^<\/([A-Za-z][\w-]*)>/)[1];
    if (end !== name) throw new Error(`<${name}> is ended by </${end}>`);
    return { name, attributes, children, text };
  }

  end(): void {
    if (this.#rest.trim() !== '') throw new Error(`more after the end: ${this.#rest.slice(0, 40)}`);
  }

  #take(pattern: RegExp): RegExpExecArray {
    const found = pattern.exec(this.#rest);
    if (found === null) throw new Error(`expected ${pattern} at: ${this.#rest.slice(0, 60)}`);
    this.#rest = this.#rest.slice(found[0].length);
    return found;
  }
}

function decoded(text: string): string {
  return text.replace(/&([^;]*;?)/g, (_, name: string) => {
    const character = ENTITIES[name.replace(/;$/, '')];
    if (character === undefined || !name.endsWith(';')) throw new Error(`an ampersand that begins no entity: &${name}`);
    return character;
  });
}
