import { type Markup, markup } from '../markup.js';
import { remedyParts } from '../remedy.js';

/** What to do, with the commands in it set off: they are to be pasted. */
export function remedyMarkup(remedy: string): Markup {
  const parts = remedyParts(remedy).map(({ command, text }) =>
    command ? markup`<code class="command">${text}</code>` : markup`<span>${text}</span>`,
  );
  return markup`<dt>Mend</dt><dd class="remedy">${parts}</dd>`;
}
