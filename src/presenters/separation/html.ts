import type { SeparationReport } from '../../domain/separation/report.js';
import { coverageMarkup } from './html/coverage.js';
import { crossingsMarkup } from './html/crossings.js';
import { findingsMarkup } from './html/findings.js';
import { gapsMarkup } from './html/gaps.js';
import { matrixMarkup } from './html/matrix.js';
import { provenanceMarkup } from './html/provenance.js';
import { STYLESHEET } from './html/stylesheet.js';
import { verdictMarkup } from './html/verdict.js';
import { Markup, markup } from './markup.js';
import { printableReport } from './printable-report.js';
import { listed } from './words.js';

/** A report as one page that needs nothing else: no script, no font, no picture from anywhere. */
export function separationHtml(report: SeparationReport): string {
  const shown = printableReport(report);
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Separation of ${listed(shown.environments)}: ${shown.verdict}</title>
<style>${new Markup(STYLESHEET)}</style>
</head>
<body>
<main>
${verdictMarkup(shown)}
${crossingsMarkup(shown)}
${matrixMarkup(shown)}
${findingsMarkup(shown)}
${gapsMarkup(shown)}
${coverageMarkup(shown)}
${provenanceMarkup(shown)}
</main>
</body>
</html>`.text;
}
