import type { ActualCost } from '../../domain/cost/actual.js';
import type { Comparison } from '../../domain/cost/comparison.js';
import type { Cents } from '../../domain/cost/decimal.js';
import type { Component } from '../../domain/cost/estimate.js';
import type { InventoryCost } from '../../domain/cost/inventory.js';
import { isNothing, type Money, type MoneyOf, moneyOf, totalOf } from '../../domain/cost/money.js';
import type { CostReport } from '../../domain/cost/report.js';
import { offHoursText } from '../off-hours-text.js';
import type { Style } from '../style.js';
import { wrap } from '../wrap.js';
import { amount, difference, reckoning } from './amounts.js';
import { bar, fitted, sparkline } from './bars.js';

/** The report is laid out for terminals of this width; a wider one gets no longer lines. */
const WIDTH = 80;
/** Resources that are listed one by one; the rest is summed up in a line, so that the sums still hold. */
const MOST_LISTED = 40;
const AMOUNT = 11;
const BAR = 18;

/** What an environment costs, for a terminal of 80 columns. Colour says nothing that the text does not. */
export function costReportText(report: CostReport, style: Style): string {
  const layout: Layout = { style, width: Math.min(style.width, WIDTH), currency: report.currency };
  const sections = [
    headLines(report, layout),
    unknownLines(report.resources, layout),
    groupLines('By module', report.byModule, layout),
    groupLines('By service', report.byService, layout),
    resourceLines(report.resources, layout),
    report.comparison === null ? [] : comparisonLines(report.environment, report.comparison, layout),
    report.actual === null ? [] : actualLines(report.actual, layout),
    savingLines(report, layout),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

interface Layout {
  readonly style: Style;
  readonly width: number;
  readonly currency: string;
}

function headLines(
  { environment, region, priceDate, totals, resources, hoursOn }: CostReport,
  layout: Layout,
): readonly string[] {
  const { style, currency } = layout;
  const unknown = resources.filter(({ status }) => status === 'unknown').length;
  const orphans = resources.filter(({ origin }) => origin === 'orphan').length;
  const line = (label: string, value: string, note: string) =>
    `  ${label.padEnd(18)}${value.padStart(14)}  ${style.dim(note)}`.trimEnd();
  return [
    `${style.bold(`Cost of ${environment}`)} a month, at list prices of ${region} of ${priceDate}`,
    line('fixed', `${amount(totals.fixed)} ${currency}`, 'falls due by the hour or the month'),
    line('usage, as assumed', `${amount(totals.usage)} ${currency}`, 'say better in terraform/usage.hcl'),
    ...(hoursOn === null
      ? []
      : [line('instances on', `${hoursOn.hours} h`, `of 730 h: ${offHoursText(hoursOn.schedule)}`)]),
    ...(unknown === 0 ? [] : [line('unknown', many(unknown, 'resource'), 'has no price here, see below')]),
    ...(orphans === 0 ? [] : [line('not in the state', many(orphans, 'resource'), 'tagged, and paid for')]),
  ];
}

function unknownLines(resources: readonly InventoryCost[], { style, width }: Layout): readonly string[] {
  const unknown = resources.filter(({ status }) => status === 'unknown');
  if (unknown.length === 0) return [];
  return [
    style.yellow('Unknown, and counted with what is known of it alone'),
    ...unknown.slice(0, MOST_LISTED).map((cost) => wrap(`  ${label(cost)}: ${cost.unknown.join('; ')}`, width, 4)),
    ...(unknown.length > MOST_LISTED ? [`  and ${unknown.length - MOST_LISTED} more`] : []),
  ];
}

function groupLines(title: string, groups: readonly MoneyOf[], layout: Layout): readonly string[] {
  const paid = groups.filter(({ money }) => !isNothing(money));
  if (paid.length === 0) return [];
  const { style, width } = layout;
  const names = width - 4 - BAR - 2 * AMOUNT;
  const most = Math.max(...paid.map(({ money }) => money.fixed + money.usage));
  return [
    heading(title, layout),
    ...paid.map(({ name, money }) => {
      const drawn = bar(money, most, BAR);
      return `  ${fitted(name, names)} ${style.cyan(drawn)}${' '.repeat(BAR + 1 - drawn.length)}${amounts(money)}`;
    }),
  ];
}

function resourceLines(resources: readonly InventoryCost[], layout: Layout): readonly string[] {
  const paid = resources
    .filter((cost) => cost.components.length > 0)
    .map((cost) => ({ cost, money: moneyOf(cost) }))
    .sort((one, other) => other.money.fixed - one.money.fixed || other.money.usage - one.money.usage);
  if (paid.length === 0) return [];
  const [listed, rest] = [paid.slice(0, MOST_LISTED), paid.slice(MOST_LISTED).map(({ cost }) => cost)];
  return [
    heading('By resource', layout),
    ...listed.flatMap(({ cost, money }) => [
      ...withAmounts(label(cost), amounts(money), layout, 2),
      ...(cost.components.length === 1
        ? [componentLine(cost.components[0], layout, false)]
        : cost.components.map((component) => componentLine(component, layout, true))),
    ]),
    ...(rest.length === 0
      ? []
      : withAmounts(`and ${many(rest.length, 'more resource')}`, amounts(totalOf(rest)), layout, 2)),
  ];
}

/** How a component is reckoned; with its amount where the resource has others beside it. */
function componentLine(component: Component | undefined, layout: Layout, alone: boolean): string {
  if (component === undefined) return '';
  const { style, width } = layout;
  const text = `    ${component.name}: ${reckoning(component)}`;
  if (!alone) return style.dim(fitted(text, width).trimEnd());
  const money = {
    fixed: component.kind === 'fixed' ? component.monthly : null,
    usage: component.kind === 'usage' ? component.monthly : null,
  };
  return style.dim(`${fitted(text, width - 2 * AMOUNT)}${amounts(money)}`.trimEnd());
}

function comparisonLines(environment: string, comparison: Comparison, layout: Layout): readonly string[] {
  const { style, width } = layout;
  const column = 12;
  const names = width - 2 - 4 * column;
  const cells = (values: readonly string[]) => values.map((value) => value.padStart(column)).join('');
  const other = comparison.environment;
  const row = (name: string, own: Money, others: Money) =>
    `  ${fitted(name, names)}${cells([own.fixed, others.fixed, own.usage, others.usage].map(amount))}`;
  const title = `${environment} beside ${other}, ${layout.currency} a month`;
  return [
    style.bold(title),
    style.dim(`  ${fitted('', names)}${cells(['fixed', 'fixed', 'usage', 'usage'])}`),
    style.dim(
      `  ${fitted('', names)}${cells([environment, other, environment, other].map((name) => fitted(name, column - 1).trimEnd()))}`,
    ),
    ...comparison.modules.map(({ name, own, other: theirs }) => row(name, own, theirs)),
    style.bold(row('in all', comparison.totals.own, comparison.totals.other)),
    ...(comparison.reasons.length === 0 ? [] : [`  Why ${environment} differs from ${other}`]),
    ...comparison.reasons.flatMap(({ type, own, other: theirs, difference: by, values }) => [
      ...withAmounts(`${type}, ${own} and ${theirs}`, differences(by), layout, 4),
      ...(values.length === 0
        ? [style.dim('      by no value of the tfvars that is known to decide it')]
        : values.map((value) =>
            wrap(`      ${value.name}: ${value.own ?? 'not set'}, there ${value.other ?? 'not set'}`, width, 8),
          )),
    ]),
  ];
}

function actualLines(actual: ActualCost, layout: Layout): readonly string[] {
  const { style, width } = layout;
  const { currency, monthToDate, forecast, byService, byDay } = actual;
  const names = width - 4 - AMOUNT;
  const forecastText =
    forecast === null
      ? `no forecast: ${actual.noForecast ?? 'none was given'}`
      : `forecast of the month ${amount(forecast)} ${currency}`;
  const days = byDay.map(({ amount: cents }) => cents);
  return [
    `${style.bold('Billed')}, as Cost Explorer has it from ${actual.from} until ${actual.to}`,
    wrap(`  month to date ${amount(monthToDate)} ${currency}, ${forecastText}`, width, 4),
    ...byService.map(({ name, amount: cents }) => `  ${fitted(name, names)}${amount(cents).padStart(AMOUNT)}`),
    ...(days.length < 2
      ? []
      : [`  day by day ${style.cyan(sparkline(days))} ${amount(Math.min(...days))} to ${amount(Math.max(...days))}`]),
  ];
}

function savingLines({ savings }: CostReport, layout: Layout): readonly string[] {
  if (savings.length === 0) return [];
  const { style, width, currency } = layout;
  return [
    `${style.bold('What to save')}, ${currency} a month; each by itself, they may overlap`,
    ...savings.flatMap(({ monthly, kind, message, resources, change }) => {
      const [first = ''] = resources;
      const what = resources.length === 1 ? first : `${first} and ${resources.length - 1} more`;
      const sum = `${amount(monthly)}${kind === 'usage' ? ' of usage' : ''}`;
      return [
        wrap(`  ${style.green(sum)}  ${what}: ${message}`, width, 4),
        ...change.split('; ').map((step) => `    ${style.cyan('→')} ${step}`),
      ];
    }),
  ];
}

function heading(title: string, { style, width, currency }: Layout): string {
  const columns = `${`fixed`.padStart(AMOUNT)}${'usage'.padStart(AMOUNT)}`;
  return `${style.bold(title)}${style.dim(`, ${currency}`.padEnd(width - title.length - columns.length) + columns)}`;
}

/** A text with amounts at the end of its line, or on the next where it is too long. */
function withAmounts(text: string, columns: string, { width }: Layout, indent: number): readonly string[] {
  const margin = ' '.repeat(indent);
  const room = width - indent - columns.length;
  if (text.length < room) return [`${margin}${text.padEnd(room)}${columns}`];
  return [wrap(`${margin}${text}`, width, indent + 2), columns.padStart(width)];
}

function amounts({ fixed, usage }: { readonly fixed: Cents | null; readonly usage: Cents | null }): string {
  const shown = (cents: Cents | null) => (cents === null ? '' : amount(cents)).padStart(AMOUNT);
  return `${shown(fixed)}${shown(usage)}`;
}

function differences(money: Money): string {
  return `${difference(money.fixed).padStart(AMOUNT)}${difference(money.usage).padStart(AMOUNT)}`;
}

function label({ address, arn, name, origin }: InventoryCost): string {
  if (address !== null) return address;
  return `${arn ?? name} (${origin === 'backend' ? 'state backend' : 'not in the state'})`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
