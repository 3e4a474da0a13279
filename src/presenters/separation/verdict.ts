import type { SeparationReport } from '../../domain/separation/report.js';
import { countOfFindings, verdictChecks } from './answer.js';
import { counted, listed } from './words.js';

/** Environments that a sentence names; of more it says how many there are. */
const MOST_NAMED = 4;

/** The verdict in a sentence, without the word itself: who, what, and how much of it. */
export function verdictSentence(report: SeparationReport): string {
  const checks = verdictChecks(report.checks);
  const failed = checks.filter(({ status }) => status === 'fail');
  const open = checks.filter(({ status }) => status === 'unknown').length;
  const findings = failed.reduce((sum, check) => sum + countOfFindings(check), 0);
  const { one, rest, all } = who(report);
  if (report.verdict === 'separated') {
    const pairs = checks[0]?.pairs.length ?? 0;
    const whole = `all ${counted(checks.length, 'check')} passed${pairs > 1 ? ` for each of the ${pairs} pairs` : ''}`;
    return one === undefined ? `${all} share nothing: ${whole}` : `${one} shares nothing with ${rest}: ${whole}`;
  }
  if (report.verdict === 'violated') {
    const found = `${counted(findings, 'finding')} in ${failed.length} of ${counted(checks.length, 'check')}`;
    const unanswered = open === 0 ? '' : `; ${counted(open, 'more check')} could not be answered`;
    const are = one === undefined ? `${all} are not separated` : `${one} is not separated from ${rest}`;
    return `${are}: ${found}${unanswered}`;
  }
  const what = one === undefined ? `${all} share` : `${one} shares with ${rest}`;
  return `nothing was found that ${what}, but ${open} of ${counted(checks.length, 'check')} could not be answered`;
}

/** The environments as in a sentence; with the one that was compared with every other, where it was so. */
function who({ environments, checks }: SeparationReport) {
  const all = environments.length > MOST_NAMED ? `${environments.length} environments` : listed(environments);
  const pairs = checks[0]?.pairs ?? [];
  const [one, second] = environments.filter((name) => pairs.every((pair) => pair.environments.includes(name)));
  if (one === undefined || second !== undefined || pairs.length === 0) return { one: undefined, rest: '', all };
  const others = environments.filter((name) => name !== one);
  return { one, rest: others.length > MOST_NAMED ? `${others.length} others` : listed(others), all };
}
