import { describe, expect, it } from '@jest/globals';
import { costReportHtml } from '../../../../src/presenters/cost/report-html.js';
import { emptyReport, fullReport } from './reports.js';

const VOID = new Set(['meta', 'rect', '!doctype', 'br']);

/** Elements that are opened and not closed, or closed and not opened. */
function unbalanced(html: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, closing, name = '', attributes = ''] of html.matchAll(/<(\/?)([!a-z0-9]+)((?:"[^"]*"|[^>"])*)>/gi)) {
    if (VOID.has(name.toLowerCase()) && closing === '' && (attributes.endsWith('/') || name !== 'rect')) continue;
    if (closing === '') open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

describe('the page of a cost report', () => {
  it('is whole: every element is closed', async () => {
    expect(unbalanced(costReportHtml(await fullReport()))).toEqual([]);
    expect(unbalanced(costReportHtml(await emptyReport()))).toEqual([]);
  });

  it('needs nothing from elsewhere and runs nothing', async () => {
    const html = costReportHtml(await fullReport());
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|https?:|@import|url\(|\son\w+=/i);
  });

  it('takes names for text', async () => {
    const report = await fullReport();
    const [first, ...rest] = report.resources;
    if (first === undefined) throw new Error('there is a resource');
    const html = costReportHtml({
      ...report,
      environment: '<b>&"',
      resources: [{ ...first, address: `aws_lb.a["<img src=x onerror='x'>\u0000"]` }, ...rest],
    });
    expect(html).toContain('<h1>Cost of &lt;b&gt;&amp;&quot;</h1>');
    expect(html).toContain('aws_lb.a[&quot;&lt;img src=x onerror=&#39;x&#39;&gt;\uFFFD&quot;]');
    expect(html).not.toContain('<img');
  });

  it('shows the sums, both kinds apart, and charts of them', async () => {
    const html = costReportHtml(await fullReport());
    expect(html).toContain('<b>75.65 USD</b>');
    expect(html).toContain('<b>10.18 USD</b>');
    expect(html.match(/<svg /g)).toHaveLength(3);
    expect(html).toContain('36.50 + 0.98</text>');
    expect(html).toContain('<title>2026-11-02: 1.20</title>');
  });

  it('marks what is not in the state, and what is unknown', async () => {
    const html = costReportHtml(await fullReport());
    expect(html).toMatch(/eipalloc-0123456789abcdef0<\/code> <span class="mark">\(not in the state\)<\/span>/);
    expect(html).toMatch(
      /unknown: instance_type is not known yet; root_block_device is not known yet<\/span><\/td><td class="money">unknown<\/td>/,
    );
  });

  it('can be printed', async () => {
    expect(costReportHtml(await fullReport())).toContain('@media print');
  });
});
