import type { SeparationReport } from '../../../domain/separation/report.js';
import type { Style } from '../../style.js';
import { ANSWER_OF_VERDICT, SIGN } from '../answer.js';
import { verdictSentence } from '../verdict.js';
import { coloured } from './colour.js';
import { paragraph } from './lines.js';

/** The verdict, in a sentence. */
export function verdictText(report: SeparationReport, style: Style): string {
  const answer = ANSWER_OF_VERDICT[report.verdict];
  const word = style.bold(coloured(answer, `${SIGN[answer]} ${report.verdict}:`, style));
  return paragraph(`${word} ${verdictSentence(report)}`, 0, style, 2);
}
