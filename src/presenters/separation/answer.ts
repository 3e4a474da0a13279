import type { Check, Verdict } from '../../domain/separation/report.js';
import type { CheckStatus, SeparationFinding } from '../../domain/separation/rule.js';

/** What is shown as the answer of a check. A `note` is worth knowing and no part of the verdict. */
export type Answer = CheckStatus | 'note';

/** Two environments. */
export type Pair = readonly [string, string];

/** Nothing is said by colour alone: these go with it. */
export const SIGN: Readonly<Record<Answer, string>> = { pass: '✔', fail: '✖', unknown: '?', note: '·' };

/** The answer that a verdict amounts to. */
export const ANSWER_OF_VERDICT: Readonly<Record<Verdict, CheckStatus>> = {
  separated: 'pass',
  violated: 'fail',
  unproven: 'unknown',
};

/** The answer of a check over all pairs. */
export function answerOf({ informational, status, findings }: Check): Answer {
  return informational && status === 'pass' && findings.length > 0 ? 'note' : status;
}

/** The answer of a check for two environments. */
export function answerFor(check: Check, { environments, status }: Check['pairs'][number]): Answer {
  return check.informational && status === 'pass' && findingsBetween(check, environments).length > 0 ? 'note' : status;
}

/** What was found that two environments have to do with. What is wrong with one alone counts for each of its pairs. */
export function findingsBetween({ findings }: Pick<Check, 'findings'>, pair: Pair): readonly SeparationFinding[] {
  return findings.filter(
    ({ environment, other }) => pair.includes(environment) && (other === null || pair.includes(other)),
  );
}

/** Findings of a check, the ones that the report only counts included. */
export function countOfFindings({ findings, furtherFindings }: Check): number {
  return findings.length + furtherFindings;
}

/** Checks that are part of the verdict. */
export function verdictChecks(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ informational }) => !informational);
}
