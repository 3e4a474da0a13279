import { describe, expect, it } from '@jest/globals';
import { StateSplitter } from '../../../src/domain/state-splitter.js';

/** What a text is taken apart into, fed in pieces that end at these places. */
function split(text: string, ends: readonly number[] = []): { readonly resources: string[]; readonly rest: string } {
  const resources: string[] = [];
  const splitter = new StateSplitter((resource) => resources.push(resource));
  const places = [0, ...[...ends].sort((one, other) => one - other), text.length];
  for (const [index, start] of places.slice(0, -1).entries()) splitter.feed(text.slice(start, places[index + 1]));
  return { resources, rest: splitter.end() };
}

describe('a state taken apart', () => {
  it('is its resources, each by itself, and the document without them', () => {
    const text = '{"version": 4, "resources": [{"a": [{"b": 1}]}, {"c": {}}], "outputs": {"resources": [{"d": 1}]}}';
    expect(split(text)).toEqual({
      resources: ['{"a": [{"b": 1}]}', '{"c": {}}'],
      rest: '{"version": 4, "resources": [{}, {}], "outputs": {"resources": [{"d": 1}]}}',
    });
  });

  it.each([
    ['another list before it', '{"check_results": [{"a": 1}], "resources": []}'],
    ['its name as the end of another', '{"x\\"resources": [{"a": 1}]}'],
    ['its name as a value', '{"x": "\\"resources\\":", "y": [{"a": 1}]}'],
    ['no object in it', '{"resources": [null, "x", 5, [{"a": 1}]]}'],
    ['the list as the whole', '[{"a": 1}]'],
    ['nothing', ''],
  ])('has no resources where there is %s', (_, text) => {
    expect(split(text)).toEqual({ resources: [], rest: text });
  });

  it('is no JSON where it was none, even when each resource is', () => {
    for (const text of [
      '{"resources": [{} {}]}',
      '{"resources": [{},]}',
      '{"resources": [{"a": 1',
      '{"resources": [{}}',
    ]) {
      const { rest } = split(text);
      expect(() => JSON.parse(rest)).toThrow(SyntaxError);
    }
  });

  it.each([0, 2])('is the same in whatever pieces it comes (written with indentation %j)', (indentation) => {
    const state = {
      version: 4,
      check_results: [{ a: ['}'] }],
      resources: [
        { text: 'quotes " brackets ]}[{ backslashes \\ \\" and größe', list: [[], {}, [{ deep: { deeper: [null] } }]] },
        { 'resources"': ['"resources": [{}]'], resources: [{ a: 1 }] },
        {},
      ],
      outputs: { resources: { value: [{ b: 1 }] } },
    };
    const text = JSON.stringify(state, null, indentation);
    const whole = split(text);
    expect(whole.resources.map((resource) => JSON.parse(resource) as unknown)).toEqual(state.resources);
    expect(JSON.parse(whole.rest)).toEqual({ ...state, resources: [{}, {}, {}] });
    for (let end = 0; end <= text.length; end += 1) expect(split(text, [end, end])).toEqual(whole);
    expect(
      split(
        text,
        Array.from(text, (_, index) => index),
      ),
    ).toEqual(whole);
  });
});
