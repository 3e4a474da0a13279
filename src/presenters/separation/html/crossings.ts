import type { SeparationReport } from '../../../domain/separation/report.js';
import { SIGN, verdictChecks } from '../answer.js';
import { type Crossing, crossingsOf } from '../crossings.js';
import { joined, type Markup, markup, NOTHING } from '../markup.js';
import { pairName } from '../pair-groups.js';
import { listed } from '../words.js';
import { drawingMarkup } from './drawing.js';

/** Connections of one kind whose ends are listed; the findings have them all. */
const MOST_LISTED = 10;

/** Pairs that are named; of more it is said how many there are. */
const MOST_NAMED = 6;

/** The drawing of the environments, and the same as a list. */
export function crossingsMarkup(report: SeparationReport): Markup {
  const crossings = crossingsOf(report);
  return markup`<section aria-labelledby="crossings"><h2 id="crossings">Between the environments</h2>
<figure>${drawingMarkup(report)}<figcaption class="small">${caption(report, crossings)}</figcaption></figure>
${crossings.length === 0 ? NOTHING : listMarkup(crossings)}</section>`;
}

/** What was found, and between which environments not all was seen: a gap in the drawing is no proof there. */
function caption({ checks }: SeparationReport, crossings: readonly Crossing[]): string {
  const found = crossings.length === 0 ? 'No rule found a connection.' : 'Each arrow is what one rule found.';
  const unknown = verdictChecks(checks).flatMap(({ pairs }) => pairs.filter(({ status }) => status === 'unknown'));
  const names = [...new Set(unknown.map(({ environments }) => pairName(environments)))];
  if (names.length === 0) return found;
  const more = names.length - MOST_NAMED;
  const open = more > 0 ? [...names.slice(0, MOST_NAMED), `${more} more pairs`] : names;
  return `${found} ${SIGN.unknown} Not all was seen between ${listed(open)}.`;
}

function listMarkup(crossings: readonly Crossing[]): Markup {
  return markup`<div class="scroll" tabindex="0"><table aria-labelledby="crossings"><thead><tr><th scope="col">Check</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Connections</th></tr></thead><tbody>
${joined(crossings.map(rowMarkup))}
</tbody></table></div>`;
}

function rowMarkup({ rule, from, to, mutual, edges }: Crossing): Markup {
  const more = edges.length - MOST_LISTED;
  const ends = edges
    .slice(0, MOST_LISTED)
    .map(
      (edge) =>
        markup`<li><code>${edge.from.resource}</code> ${mutual ? '↔' : '→'} <code>${edge.to.resource}</code></li>`,
    );
  const rest = more > 0 ? markup`<li>and ${more} more, among the findings</li>` : NOTHING;
  return markup`<tr><th scope="row"><a href="#check-${rule}"><code class="id">${rule}</code></a></th><td>${from}</td><td>${mutual ? '↔' : '→'} ${to}</td><td class="wide"><ul class="plain">${ends}${rest}</ul></td></tr>`;
}
