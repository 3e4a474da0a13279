import type { Check, SeparationReport } from '../../../domain/separation/report.js';
import { type Answer, countOfFindings, SIGN } from '../answer.js';
import { joined, type Markup, markup, NOTHING } from '../markup.js';
import { type PairGroup, pairGroups, pairName } from '../pair-groups.js';

/** Columns that have room for their names; more are numbered. */
const MOST_NAMED = 4;
/** Pairs that the legend lists. */
const MOST_IN_LEGEND = 30;
const WORD: Readonly<Record<Answer, string>> = { pass: 'pass', fail: 'fail', unknown: 'not known', note: 'note' };

/** Checks in rows, pairs in columns; pairs that every check answers alike share one. */
export function matrixMarkup({ checks }: SeparationReport): Markup {
  const sorted = [...checks].sort((a, b) => Number(a.informational) - Number(b.informational));
  const groups = pairGroups(sorted);
  const numbered = groups.length > MOST_NAMED;
  const heads = groups.map(({ name }, index) => markup`<th scope="col">${numbered ? index + 1 : name}</th>`);
  return markup`<section aria-labelledby="matrix"><h2 id="matrix">Checks by pair of environments</h2>
<div class="scroll" tabindex="0"><table class="matrix" aria-labelledby="matrix"><thead><tr><th scope="col">Check</th>${heads}<th scope="col">Found</th></tr></thead>
<tbody>
${joined(sorted.map((check, row) => rowMarkup(check, row, groups)))}
</tbody></table></div>
${legend(groups, numbered)}</section>`;
}

function rowMarkup(check: Check, row: number, groups: readonly PairGroup[]): Markup {
  const found = countOfFindings(check);
  const count = found === 0 ? markup`–` : markup`<a href="#check-${check.id}">${found}</a>`;
  const apart = check.informational
    ? markup`<br><span class="small">for information, no part of the verdict</span>`
    : NOTHING;
  return markup`<tr class="${check.informational ? 'apart' : 'counted'}"><th scope="row"><code class="id">${check.id}</code> <span class="title">${check.title}</span>${apart}</th>${groups.map(({ answers }) => cellMarkup(answers[row] ?? 'unknown'))}<td class="count">${count}</td></tr>`;
}

function cellMarkup(answer: Answer): Markup {
  return markup`<td><span class="answer ${answer}"><span aria-hidden="true">${SIGN[answer]}</span> ${WORD[answer]}</span></td>`;
}

/** Which pairs stand in a column, where its head does not say it; of many the name says enough. */
function legend(groups: readonly PairGroup[], numbered: boolean): Markup {
  const entries = groups.flatMap(({ name, pairs, namesAll }, index) => {
    const more = namesAll || pairs.length > MOST_IN_LEGEND ? '' : `: ${pairs.map(pairName).join(', ')}`;
    if (!numbered && more === '') return [];
    return [markup`<li>${numbered ? markup`<b>${index + 1}</b> ` : NOTHING}${name}${more}</li>`];
  });
  return entries.length === 0 ? NOTHING : markup`<ul class="legend small">${entries}</ul>`;
}
