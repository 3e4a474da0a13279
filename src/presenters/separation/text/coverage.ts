import type { SeparationReport } from '../../../domain/separation/report.js';
import type { Style } from '../../style.js';
import { coverageSentence, uncheckedOf } from '../unchecked.js';
import { listed } from '../words.js';
import { aside, paragraph, shortened } from './lines.js';

/** How much was looked at, environment by environment, and what was not, with the reason. */
export function coverageText(report: SeparationReport, style: Style): string {
  const { coverage, provenance } = report;
  const width = Math.max(...Object.keys(coverage).map((name) => name.length));
  const lines = Object.entries(coverage).map(([name, of]) => {
    const none = provenance.environments[name]?.state === null ? '; there is no state to check them by' : '';
    return paragraph(`${style.bold(name.padEnd(width))}  ${coverageSentence(of)}${none}`, 2, style, width + 2);
  });
  const unchecked = uncheckedOf(report).map(({ environments, reason, resources }) => {
    const shown = shortened(resources, style);
    const rest = shown.more === 0 ? '' : `, and ${shown.more} more`;
    return aside(`not checked in ${listed(environments)}: ${shown.listed.join(', ')}${rest} (${reason})`, 4, style, 2);
  });
  return [...lines, ...unchecked].join('\n');
}
