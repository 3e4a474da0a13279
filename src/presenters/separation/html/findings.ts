import type { Check, SeparationReport } from '../../../domain/separation/report.js';
import type { SeparationFinding } from '../../../domain/separation/rule.js';
import { SIGN } from '../answer.js';
import { direction, fileAndLine } from '../finding-place.js';
import { joined, type Markup, markup, NOTHING } from '../markup.js';
import { counted } from '../words.js';
import { remedyMarkup } from './remedy.js';

/** What was found, by rule; what is only worth knowing comes last, under a heading of its own. */
export function findingsMarkup({ checks }: SeparationReport): Markup {
  const found = checks.filter(({ findings }) => findings.length > 0);
  const sections = [
    sectionMarkup(
      'findings',
      'Findings',
      found.filter(({ informational }) => !informational),
    ),
    sectionMarkup(
      'notes',
      'For information, no part of the verdict',
      found.filter(({ informational }) => informational),
    ),
  ];
  return joined(sections);
}

function sectionMarkup(id: string, title: string, checks: readonly Check[]): Markup {
  if (checks.length === 0) return NOTHING;
  return markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${joined(checks.map(checkMarkup))}</section>`;
}

function checkMarkup(check: Check): Markup {
  const answer = check.informational ? 'note' : 'fail';
  const more = check.furtherFindings;
  return markup`<article class="check" aria-labelledby="check-${check.id}"><h3 id="check-${check.id}"><span class="answer ${answer}"><span aria-hidden="true">${SIGN[answer]}</span> ${check.id}</span> ${check.title}</h3>
<p class="why">${check.why}</p>
<ol class="findings">
${joined(check.findings.map(findingMarkup))}
</ol>${more === 0 ? NOTHING : markup`<p>And ${counted(more, 'more finding')}, which the report only counts.</p>`}</article>`;
}

function findingMarkup(finding: SeparationFinding): Markup {
  const { message, resource, location, evidence, remedy } = finding;
  return markup`<li><p class="message">${message}</p>
<dl><dt>Where</dt><dd>${direction(finding)}${resource === null ? NOTHING : markup` · <code>${resource}</code>`}${location === null ? NOTHING : markup` · <code>${fileAndLine(location)}</code>`}</dd>
<dt>Read</dt><dd><ul class="plain">${evidence.map((line) => markup`<li><code>${line}</code></li>`)}</ul></dd>
${remedyMarkup(remedy)}</dl></li>`;
}
