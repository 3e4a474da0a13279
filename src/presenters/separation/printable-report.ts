import type { SeparationReport } from '../../domain/separation/report.js';
import { printable } from '../printable.js';

/** A report with every text in it printable. Names come from AWS, where anybody may have given them. */
export function printableReport(report: SeparationReport): SeparationReport {
  return printed(report) as SeparationReport;
}

function printed(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(printed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [printable(key), printed(each)]));
}
