/** A key named `resources`, right before its value. */
const RESOURCES_KEY = /(?<!\\)"resources"\s*:\s*$/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Takes the JSON of a state apart while it comes in, so that a large one is never held whole: each object of its list
 * `resources` is handed on as text of its own, and what is left is the same document with `{}` in its place. Whether
 * the text is JSON at all is for whoever parses the parts.
 */
export class StateSplitter {
  readonly #onResource: (text: string) => void;
  #rest = '';
  #resource = '';
  #depth = 0;
  #inString = false;
  #escaped = false;
  #inList = false;
  #inResource = false;

  /** @param onResource called with the text of each resource, in order */
  constructor(onResource: (text: string) => void) {
    this.#onResource = onResource;
  }

  /** Takes the next piece of the text. */
  feed(piece: string): void {
    if (piece === '') return;
    let at = this.#inString ? this.#endOfString(piece, 0) : 0;
    let from = 0;
    // States of a hundred megabytes are read here: most of a text is skipped, and what is asked often is at hand.
    let depth = this.#depth;
    for (; at < piece.length; at += 1) {
      const character = piece.charCodeAt(at);
      if (character === QUOTE) {
        at = this.#endOfString(piece, at + 1) - 1;
      } else if (character === OPEN_OBJECT) {
        if (depth === 2 && this.#inList) {
          this.#rest += `${piece.slice(from, at)}{}`;
          from = at;
          this.#inResource = true;
        }
        depth += 1;
      } else if (character === CLOSE_OBJECT) {
        depth -= 1;
        if (depth === 2 && this.#inResource) {
          this.#onResource(this.#resource + piece.slice(from, at + 1));
          this.#resource = '';
          from = at + 1;
          this.#inResource = false;
        }
      } else if (character === OPEN_LIST) {
        if (depth === 1) {
          this.#rest += piece.slice(from, at);
          from = at;
          this.#inList = RESOURCES_KEY.test(this.#rest.slice(-100));
        }
        depth += 1;
      } else if (character === CLOSE_LIST) {
        depth -= 1;
        if (depth === 1) this.#inList = false;
      }
    }
    this.#depth = depth;
    if (this.#inResource) this.#resource += piece.slice(from);
    else this.#rest += piece.slice(from);
  }

  /** Where a string ends that is open at a place, right after its quote; the end of the piece when it goes on in the next. */
  #endOfString(piece: string, start: number): number {
    const first = this.#escaped ? start + 1 : start;
    this.#escaped = false;
    for (let quote = piece.indexOf('"', first); quote !== -1; quote = piece.indexOf('"', quote + 1)) {
      if (backslashesBefore(piece, quote, first) % 2 === 1) continue;
      this.#inString = false;
      return quote + 1;
    }
    this.#inString = true;
    this.#escaped = backslashesBefore(piece, piece.length, first) % 2 === 1;
    return piece.length;
  }

  /** The document without its resources. A resource that was cut off is in it, so that it is no JSON. */
  end(): string {
    return this.#inResource ? this.#rest + this.#resource : this.#rest;
  }
}

function backslashesBefore(text: string, end: number, start: number): number {
  let at = end;
  while (at > start && text.charCodeAt(at - 1) === BACKSLASH) at -= 1;
  return end - at;
}
