import { describe, expect, it } from '@jest/globals';
import { joined, markup } from '../../../../src/presenters/separation/markup.js';

describe('a piece of markup', () => {
  it('escapes texts and numbers, and leaves other pieces as they are', () => {
    const inner = markup`<b>${'<i>&"\''}</b>`;
    expect(inner.text).toBe('<b>&lt;i&gt;&amp;&quot;&#39;</b>');
    expect(markup`<p id="${'"x'}">${inner}${1}${[inner, inner]}</p>`.text).toBe(
      `<p id="&quot;x">${inner.text}1${inner.text}${inner.text}</p>`,
    );
    expect(joined([inner, inner]).text).toBe(`${inner.text}\n${inner.text}`);
  });
});
