import type { ActualCost } from '../../domain/cost/actual.js';
import type { Comparison } from '../../domain/cost/comparison.js';
import type { Component } from '../../domain/cost/estimate.js';
import type { InventoryCost } from '../../domain/cost/inventory.js';
import { isNothing, type Money, type MoneyOf, moneyOf } from '../../domain/cost/money.js';
import { type CostReport, placeOf } from '../../domain/cost/report.js';
import { offHoursText } from '../off-hours-text.js';
import { amount, difference, reckoning } from './amounts.js';
import { barChart, columnChart } from './charts.js';
import { escaped } from './escaped.js';
import { knownMoney } from './report-json.js';

const STYLE = `
:root { color-scheme: light dark; --fixed: #2463a8; --usage: #8fb8e2; --line: #8884; --quiet: #777; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: .2rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.2rem; }
th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.money, th.money { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 0; padding-left: .6rem; }
tr.part td { border: 0; color: var(--quiet); padding-top: 0; padding-bottom: 0; } tr.part td:first-child { padding-left: 1.2rem; }
tr.total { font-weight: 600; } code { font-size: .92em; overflow-wrap: anywhere; }
.totals { display: flex; gap: 2.5rem; flex-wrap: wrap; margin: 1rem 0; } .totals b { display: block; font-size: 1.5rem; }
.mark { border: 1px solid currentColor; border-radius: .3rem; padding: 0 .35rem; font-size: .8em; white-space: nowrap; }
.quiet { color: var(--quiet); } svg { max-width: 100%; height: auto; } svg text { font: 13px system-ui, sans-serif; fill: currentColor; }
rect.fixed { fill: var(--fixed); } rect.usage { fill: var(--usage); } .key::before { content: ''; display: inline-block; width: .8em; height: .8em; margin-right: .4em; }
.key.fixed::before { background: var(--fixed); } .key.usage::before { background: var(--usage); } .key { margin-right: 1.5em; }
@media print { body { max-width: none; margin: 0; font-size: 11px; } h2 { break-after: avoid; } tr, svg { break-inside: avoid; } rect, .key::before { print-color-adjust: exact; } }
`;

/** The report as one page that needs nothing else: no script, no font, no picture from elsewhere. It can be printed. */
export function costReportHtml(report: CostReport): string {
  const { environment, region, priceDate, currency, totals, resources, hoursOn } = report;
  const title = `Cost of ${environment}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    `<p class="quiet">A month, in ${escaped(currency)}, at list prices of ${escaped(region)} of ${escaped(priceDate)}. Free tiers are not deducted.</p>`,
    '<div class="totals">',
    total('fixed', `${amount(totals.fixed)} ${currency}`, 'falls due by the hour or the month'),
    ...(hoursOn === null
      ? []
      : [total('instances on', `${hoursOn.hours} h`, `of 730 h a month: ${offHoursText(hoursOn.schedule)}`)]),
    total('usage, as assumed', `${amount(totals.usage)} ${currency}`, 'say better in terraform/usage.hcl'),
    ...unknownTotal(resources),
    '</div>',
    '<p><span class="key fixed">fixed</span><span class="key usage">usage, as assumed</span></p>',
    ...chart('By module', report.byModule),
    ...chart('By service', report.byService),
    ...(report.actual === null ? [] : actualSection(report.actual)),
    ...(report.comparison === null ? [] : comparisonSection(environment, report.comparison)),
    ...savingsSection(report),
    ...resourceSection(report),
    '</body>',
    '</html>',
  ].join('\n');
}

function total(label: string, value: string, note: string): string {
  return `<div>${escaped(label)}<b>${escaped(value)}</b><span class="quiet">${escaped(note)}</span></div>`;
}

function unknownTotal(resources: readonly InventoryCost[]): readonly string[] {
  const count = resources.filter(({ status }) => status === 'unknown').length;
  return count === 0 ? [] : [total('unknown', String(count), 'resources without a price, marked below')];
}

function chart(title: string, groups: readonly MoneyOf[]): readonly string[] {
  const paid = groups.filter(({ money }) => !isNothing(money));
  return paid.length === 0 ? [] : [`<h2>${escaped(title)}</h2>`, barChart(title, paid)];
}

function actualSection(actual: ActualCost): readonly string[] {
  const { from, to, currency, monthToDate, forecast, noForecast, byService, byDay } = actual;
  const expected =
    forecast === null
      ? `No forecast: ${noForecast ?? 'none was given'}`
      : `Forecast of the month: ${amount(forecast)} ${currency}`;
  return [
    '<h2>Billed</h2>',
    `<p>From ${escaped(from)} until ${escaped(to)}, as Cost Explorer has it: <strong>${amount(monthToDate)} ${escaped(currency)}</strong>. ${escaped(expected)}.</p>`,
    ...(byDay.length < 2 ? [] : [columnChart('Day by day', byDay)]),
    table(
      ['service', currency],
      byService.map(({ name, amount: cents }) => `<tr><td>${escaped(name)}</td>${money(amount(cents))}</tr>`),
    ),
  ];
}

function comparisonSection(environment: string, comparison: Comparison): readonly string[] {
  const { environment: other, modules, totals, reasons } = comparison;
  const cells = (own: Money, theirs: Money) =>
    [own.fixed, theirs.fixed, own.usage, theirs.usage].map((cents) => money(amount(cents))).join('');
  return [
    `<h2>${escaped(environment)} beside ${escaped(other)}</h2>`,
    table(
      ['module', `${environment}, fixed`, `${other}, fixed`, `${environment}, usage`, `${other}, usage`],
      [
        ...modules.map(
          ({ name, own, other: theirs }) => `<tr><td><code>${escaped(name)}</code></td>${cells(own, theirs)}</tr>`,
        ),
        `<tr class="total"><td>in all</td>${cells(totals.own, totals.other)}</tr>`,
      ],
    ),
    table(
      ['why', 'fixed', 'usage'],
      reasons.map(({ type, own, other: theirs, difference: by, values }) => {
        const why = values.map(
          (value) =>
            `<br><code>${escaped(value.name)}</code>: ${escaped(value.own ?? 'not set')}, there ${escaped(value.other ?? 'not set')}`,
        );
        const head = `<code>${escaped(type)}</code>, ${own} and ${theirs}`;
        return `<tr><td>${head}${why.join('')}</td>${money(difference(by.fixed))}${money(difference(by.usage))}</tr>`;
      }),
    ),
  ];
}

function savingsSection({ savings, currency }: CostReport): readonly string[] {
  if (savings.length === 0) return [];
  return [
    '<h2>What to save</h2>',
    '<p class="quiet">Each by itself; they may overlap.</p>',
    table(
      ['what', 'do', `${currency} a month`],
      savings.map(({ resources, message, change, monthly, kind }) => {
        const [first = ''] = resources;
        const more = resources.length > 1 ? ` and ${resources.length - 1} more` : '';
        const sum = `${amount(monthly)}${kind === 'usage' ? ' of usage' : ''}`;
        return `<tr><td>${escaped(message)}<br><code>${escaped(first)}</code>${more}</td><td><code>${escaped(change)}</code></td>${money(sum)}</tr>`;
      }),
    ),
  ];
}

function resourceSection({ resources, totals }: CostReport): readonly string[] {
  const shown = [...resources]
    .filter((cost) => cost.status !== 'free')
    .sort((one, other) => moneyOf(other).fixed - moneyOf(one).fixed || moneyOf(other).usage - moneyOf(one).usage);
  const free = resources.length - shown.length;
  if (shown.length === 0) return [];
  return [
    '<h2>By resource</h2>',
    table(
      ['resource', 'fixed', 'usage'],
      [
        ...shown.flatMap((cost) => [resourceRow(cost), ...cost.components.map(componentRow)]),
        `<tr class="total"><td>in all</td>${money(amount(totals.fixed))}${money(amount(totals.usage))}</tr>`,
      ],
    ),
    ...(free === 0 ? [] : [`<p class="quiet">${free} more resources are free.</p>`]),
  ];
}

function resourceRow(cost: InventoryCost): string {
  const { fixed, usage } = knownMoney(cost);
  const marks = [
    ...(cost.origin === 'state' ? [] : [placeOf(cost)]),
    ...(cost.status === 'unknown' ? [`unknown: ${cost.unknown.join('; ')}`] : []),
  ].map((mark) => ` <span class="mark">${escaped(mark)}</span>`);
  const shown = (cents: number | null) => money(cents === null ? 'unknown' : amount(cents));
  return `<tr><td><code>${escaped(cost.address ?? cost.arn ?? cost.name)}</code>${marks.join('')}</td>${shown(fixed)}${shown(usage)}</tr>`;
}

function componentRow(component: Component): string {
  const cell = (kind: Component['kind']) => money(component.kind === kind ? amount(component.monthly) : '');
  return `<tr class="part"><td>${escaped(`${component.name}: ${reckoning(component)}`)}</td>${cell('fixed')}${cell('usage')}</tr>`;
}

function table(header: readonly string[], rows: readonly string[]): string {
  const words = new Set(['resource', 'module', 'service', 'what', 'do', 'why']);
  const cells = header.map((name) => `<th scope="col"${words.has(name) ? '' : ' class="money"'}>${escaped(name)}</th>`);
  return `<table>\n<thead><tr>${cells.join('')}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

function money(text: string): string {
  return `<td class="money">${escaped(text)}</td>`;
}
