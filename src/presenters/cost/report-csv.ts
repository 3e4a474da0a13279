import type { Component } from '../../domain/cost/estimate.js';
import type { InventoryCost } from '../../domain/cost/inventory.js';
import { type CostReport, placeOf } from '../../domain/cost/report.js';
import { amount } from './amounts.js';

const HEADER = [
  'environment',
  'address',
  'arn',
  'type',
  'name',
  'module',
  'service',
  'component',
  'kind',
  'quantity',
  'unit',
  'unit_price',
  'monthly',
  'currency',
  'status',
  'origin',
  'unknown',
];

/**
 * One row a component, and one for each resource that has none; the column `monthly` adds up to the totals. What
 * cannot be priced has no amount. Source: https://www.rfc-editor.org/rfc/rfc4180
 */
export function costReportCsv(report: CostReport): string {
  const rows = report.resources.flatMap((cost) =>
    cost.components.length === 0 && cost.status !== 'unknown'
      ? [row(report, cost, undefined)]
      : [
          ...cost.components.map((component) => row(report, cost, component)),
          ...(cost.status === 'unknown' ? [row(report, cost, undefined)] : []),
        ],
  );
  return [HEADER, ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n');
}

function row(
  { environment, currency }: CostReport,
  cost: InventoryCost,
  component: Component | undefined,
): readonly (string | null)[] {
  const free = cost.status === 'free' ? '0.00' : null;
  return [
    environment,
    cost.address,
    cost.arn,
    cost.type,
    cost.name,
    placeOf(cost),
    component?.service ?? null,
    component?.name ?? null,
    component?.kind ?? null,
    component?.quantity.toString() ?? null,
    component?.unit ?? null,
    component?.unitPrice.toString() ?? null,
    component === undefined ? free : amount(component.monthly).replaceAll(',', ''),
    currency,
    cost.status,
    cost.origin,
    component === undefined ? cost.unknown.join('; ') : null,
  ];
}

/** A cell. Text that a spreadsheet would take for a formula is kept from being one: names come from whoever tags. */
function cell(value: string | null): string {
  const text = value === null ? '' : /^[=+\-@\t\r]/.test(value) && !/^-?[\d.]+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
