import type { SeparationReport } from '../../../domain/separation/report.js';
import { ANSWER_OF_VERDICT, SIGN } from '../answer.js';
import { type Markup, markup } from '../markup.js';
import { verdictSentence } from '../verdict.js';

/** The verdict, in a word and in a sentence, and of what and when it is. */
export function verdictMarkup(report: SeparationReport): Markup {
  const answer = ANSWER_OF_VERDICT[report.verdict];
  const { gatheredAt, commit } = report.provenance;
  const of =
    commit === null
      ? 'no commit'
      : `commit ${commit.hash.slice(0, 8)}${commit.dirty ? ' with uncommitted changes' : ''}`;
  return markup`<header>
<h1>Separation of environments</h1>
<p class="verdict ${answer}"><strong><span aria-hidden="true">${SIGN[answer]}</span> ${report.verdict}</strong> <span>${verdictSentence(report)}.</span></p>
<p class="small">Judged on <time datetime="${gatheredAt}">${gatheredAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>, ${of}. <code>${report.digest}</code></p>
</header>`;
}
