import type { SeparationReport } from '../../../domain/separation/report.js';
import { SIGN } from '../answer.js';
import { deniedIdentities, type GapGroup, gapGroups, openChecks } from '../gap-groups.js';
import { joined, type Markup, markup, NOTHING } from '../markup.js';
import { listed } from '../words.js';
import { remedyMarkup } from './remedy.js';

/** What could not be found out, each reason once, with the checks it leaves open; nothing when all is known. */
export function gapsMarkup(report: SeparationReport): Markup {
  const groups = gapGroups(report);
  if (groups.length === 0) return NOTHING;
  return markup`<section aria-labelledby="unknown"><h2 id="unknown"><span aria-hidden="true">${SIGN.unknown}</span> Not known</h2>
<p class="why">What could not be read counts as nothing, and never as passed.</p>
${joined(groups.map((group) => gapMarkup(group, report)))}</section>`;
}

function gapMarkup(group: GapGroup, report: SeparationReport): Markup {
  const { permission, asked, environments } = group;
  const what = permission === null ? (asked[0]?.reason ?? '') : `${permission} is denied`;
  const subjects = asked.map(
    ({ subject, reason }) =>
      markup`<li><code>${subject}</code>${permission === null ? NOTHING : markup`<br>${reason}`}</li>`,
  );
  const who = deniedIdentities(group, report);
  const remedy =
    permission === null ? NOTHING : remedyMarkup(`allow ${permission}${who.length === 0 ? '' : ` to ${listed(who)}`}`);
  return markup`<article class="gap"><h3>${what}</h3>
<dl><dt>In</dt><dd>${listed(environments)}</dd>
<dt>Leaves open</dt><dd>${listed(openChecks(group))}</dd>
<dt>Asked</dt><dd><ul class="plain">${subjects}</ul></dd>${remedy}</dl></article>`;
}
