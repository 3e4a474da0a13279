import type { Coverage, SeparationReport } from '../../../domain/separation/report.js';
import { joined, type Markup, markup, NOTHING } from '../markup.js';
import { uncheckedOf } from '../unchecked.js';
import { listed } from '../words.js';

/** How much was looked at, environment by environment, and what was not, with the reason. */
export function coverageMarkup(report: SeparationReport): Markup {
  const rows = Object.entries(report.coverage).map(([name, of]) => rowMarkup(name, of, report));
  const unchecked = uncheckedOf(report).map(
    ({ environments, reason, resources }) =>
      markup`<article class="gap"><h3>Not checked in ${listed(environments)}: ${reason}</h3><ul>${resources.map((resource) => markup`<li><code>${resource}</code></li>`)}</ul></article>`,
  );
  return markup`<section aria-labelledby="coverage"><h2 id="coverage">Coverage</h2>
<div class="scroll" tabindex="0"><table aria-labelledby="coverage"><thead><tr><th scope="col">Environment</th><th scope="col">Managed resources</th><th scope="col">Checked</th><th scope="col">Not checked</th></tr></thead><tbody>
${joined(rows)}
</tbody></table></div>
${unchecked}</section>`;
}

function rowMarkup(name: string, of: Coverage, { provenance }: SeparationReport): Markup {
  const none = provenance.environments[name]?.state === null ? markup` <span class="small">no state</span>` : NOTHING;
  return markup`<tr><th scope="row">${name}${none}</th><td class="count">${of.inState}</td><td class="count">${of.checked}</td><td class="count">${of.inState - of.checked}</td></tr>`;
}
