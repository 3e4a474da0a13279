import type { SeparationReport } from '../../domain/separation/report.js';
import type { Style } from '../style.js';
import { verdictChecks } from './answer.js';
import { printableReport } from './printable-report.js';
import { coverageText } from './text/coverage.js';
import { findingsText } from './text/findings.js';
import { gapsText } from './text/gaps.js';
import { matrixText } from './text/matrix.js';
import { provenanceText } from './text/provenance.js';
import { verdictText } from './text/verdict.js';

/**
 * A report for a terminal: the verdict first, the matrix, what was found and what is not known, how much was looked at.
 * After a long report the verdict is said again, where the prompt leaves it in sight.
 */
export function separationText(report: SeparationReport, style: Style): string {
  const shown = printableReport(report);
  const found = shown.checks.filter(({ findings }) => findings.length > 0);
  const verdict = verdictText(shown, style);
  const details = [
    ...verdictChecks(found).map((check) => findingsText(check, style)),
    gapsText(shown, style),
    ...found.filter(({ informational }) => informational).map((check) => findingsText(check, style)),
  ].filter((section) => section !== '');
  return [
    verdict,
    matrixText(shown, style),
    ...details,
    coverageText(shown, style),
    ...(details.length === 0 ? [] : [verdict]),
    provenanceText(shown, style),
  ].join('\n\n');
}
