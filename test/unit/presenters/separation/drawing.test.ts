import { describe, expect, it } from '@jest/globals';
import { crossingsOf } from '../../../../src/presenters/separation/crossings.js';
import { drawingMarkup } from '../../../../src/presenters/separation/html/drawing.js';
import { folded } from '../../../../src/presenters/separation/html/drawing-text.js';
import { drawnEnvironments } from '../../../../src/presenters/separation/html/drawn-environments.js';
import { CLEAN, FIVE, findingOf, reportOf, UNPROVEN, VIOLATED } from '../../../fakes/separation-reports.js';
import { type Element, elementsOf, markupTree, named } from './markup-tree.js';

type Report = Parameters<typeof drawingMarkup>[0];

/** The elements of the drawing's own, and what stands beside it. */
const drawn = (report: Report): Element => markupTree(`<figure>${drawingMarkup(report).text}</figure>`);
const ofClass = (root: Element, name: string) =>
  elementsOf(root).filter(({ attributes }) => attributes['class'] === name);
const number = ({ attributes }: Element, name: string) => Number(attributes[name]);

describe('the drawing', () => {
  it('has a box for each environment with its account, region, state and counts', () => {
    const boxes = named(drawn(CLEAN), 'g').filter((group) => ofClass(group, 'box').length === 1);
    expect(boxes.map((box) => box.children[0]?.text)).toEqual(['production', 'staging']);
    const text = ofClass(boxes[1] ?? drawn(CLEAN), 'path')
      .map((line) => line.text)
      .join('');
    expect(text).toContain('s3://mht-api-terraform-state-staging/staging/terraform.tfstate');
    expect(boxes[1]?.text).toContain('account 123456789012');
    expect(boxes[1]?.text).toContain('us-east-1');
    expect(boxes[1]?.text).toContain('79 of 80 checked');
    expect(ofClass(boxes[1] ?? drawn(CLEAN), 'service').map(({ text }) => text.trim())).toContain('7 VPC');
  });

  it('has a wall in each gap, and says that nothing crosses, only where all was seen', () => {
    const clean = drawn(CLEAN);
    expect(ofClass(clean, 'wall')).toHaveLength(2);
    expect(ofClass(clean, 'arrow')).toEqual([]);
    expect(ofClass(clean, 'label-text').map(({ text }) => text)).toEqual(['nothing crosses']);
    const open = drawn(UNPROVEN);
    expect(ofClass(open, 'label-text').map(({ text }) => text)).toEqual([
      '? nothing was seen to cross, but not all was seen',
    ]);
    expect(open.text).not.toContain('nothing crosses');
  });

  it('never says that nothing crosses where a check that fails could not see all either', () => {
    const gap = { environments: ['staging'], areas: null, subject: 'x', reason: 'timed out', permission: null };
    const report = reportOf({ found: { names: [findingOf()] }, gaps: [{ rules: ['names'], gap }] });
    expect(drawn(report).text).toContain('not all was seen');
  });

  it('has an arrow for each rule and direction, with how many connections it stands for', () => {
    const arrows = ofClass(drawn(VIOLATED), 'arrow');
    const labels = ofClass(drawn(VIOLATED), 'label-text').map(({ text }) => text);
    expect(labels).toEqual(['✖ network', '✖ network ×2', '✖ identity', '✖ data-flow', '✖ configuration']);
    expect(arrows).toHaveLength(labels.length);
    expect(arrows.map(({ attributes }) => 'marker-start' in attributes)).toEqual([true, false, false, false, true]);
  });

  it('leads each arrow from the environment that has to be mended to the other', () => {
    const figure = drawn(FIVE);
    const centre = new Map(
      ofClass(figure, 'box').map((box, index) => [
        FIVE.environments[index],
        number(box, 'x') + number(box, 'width') / 2,
      ]),
    );
    const [, route] = ofClass(figure, 'arrow');
    if (route === undefined) throw new Error('there is no arrow');
    expect(Math.abs(number(route, 'x1') - (centre.get('staging') ?? 0))).toBeLessThan(10);
    expect(Math.abs(number(route, 'x2') - (centre.get('production') ?? 0))).toBeLessThan(10);
  });

  it.each([2, 3, 4, 5, 6])('keeps %i boxes apart, and arrows and texts inside', (count) => {
    const environments = Array.from({ length: count }, (_, index) => `environment-${index}`);
    const findings = environments.flatMap((environment) =>
      environments.flatMap((other) => (other === environment ? [] : [findingOf({ environment, other })])),
    );
    const figure = drawn(reportOf({ environments, found: { network: findings, traffic: findings } }));
    const [svg] = named(figure, 'svg');
    const [, , width = 0, height = 0] = (svg?.attributes['viewBox'] ?? '').split(' ').map(Number);
    const boxes = ofClass(figure, 'box').map((box) => [number(box, 'x'), number(box, 'x') + number(box, 'width')]);
    expect(boxes).toHaveLength(count);
    boxes.forEach(([left = 0], index) => {
      expect(left).toBeGreaterThan(boxes[index - 1]?.[1] ?? 0);
    });
    expect(boxes.at(-1)?.[1]).toBeLessThanOrEqual(width);
    for (const text of named(figure, 'text')) expect(number(text, 'y')).toBeLessThan(height);
    const rows = ofClass(figure, 'arrow').map((arrow) => number(arrow, 'y1'));
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('draws some of very many, and says how many it does not', () => {
    const environments = Array.from({ length: 9 }, (_, index) => `e${index}`);
    const rules = ['network', 'traffic', 'identity', 'encryption', 'data-flow'];
    const findings = environments.flatMap((environment, index) =>
      environments.slice(index + 1).map((other) => findingOf({ environment, other })),
    );
    const figure = drawn(reportOf({ environments, found: Object.fromEntries(rules.map((rule) => [rule, findings])) }));
    expect(ofClass(figure, 'box')).toHaveLength(6);
    expect(figure.text).toContain('3 more environments');
    const shown = ofClass(figure, 'arrow').length;
    expect(figure.text).toContain(`${15 * rules.length - shown} more arrows`);
  });

  it('is described in words for those who do not see it', () => {
    const [svg] = named(drawn(VIOLATED), 'svg');
    expect(svg?.attributes).toMatchObject({ role: 'img', 'aria-labelledby': 'drawing-title drawing-text' });
    expect(named(drawn(VIOLATED), 'desc')[0]?.text).toContain('staging → production: network, 2');
  });
});

describe('the environments that are drawn', () => {
  const environments = ['a', 'b', 'c', 'd'];
  const crossings = crossingsOf(
    reportOf({ environments, found: { network: [findingOf({ environment: 'b', other: 'd' })] } }),
  );

  it('are those that connections touch, where there is no room for all', () => {
    expect(drawnEnvironments({ environments }, crossings, 2)).toEqual({ drawn: ['b', 'd'], hidden: 2 });
  });

  it('are all where there is room', () => {
    expect(drawnEnvironments({ environments }, crossings, 6)).toEqual({ drawn: environments, hidden: 0 });
  });
});

describe('a path in a box', () => {
  it('is folded after a slash where there is one, and loses nothing', () => {
    expect(folded('s3://bucket/staging/terraform.tfstate', 20)).toEqual(['s3://bucket/staging/', 'terraform.tfstate']);
    expect(folded('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
    expect(folded('short', 10)).toEqual(['short']);
  });
});
