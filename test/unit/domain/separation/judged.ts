import { type Judgement, judgeSeparation } from '../../../../src/domain/separation/judge.js';
import type { Check } from '../../../../src/domain/separation/report.js';
import type { SeparationFinding } from '../../../../src/domain/separation/rule.js';
import { type Changes, separatedEvidence } from '../../../fakes/separated-environments.js';

/** What is judged of environments that share nothing, but for these changes. */
export function judged(changes: Changes = {}): Judgement {
  return judgeSeparation(separatedEvidence(changes));
}

/** The rules that fail. */
export function failed({ checks }: Pick<Judgement, 'checks'>): readonly string[] {
  return checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
}

/** The answer of a rule. */
export function checkOf({ checks }: Pick<Judgement, 'checks'>, rule: string): Check {
  const check = checks.find(({ id }) => id === rule);
  if (check === undefined) throw new Error(`there is no rule "${rule}"`);
  return check;
}

/** What a rule finds, when it alone finds something; fails the test when another does too, or none. */
export function foundBy(rule: string, changes: Changes): readonly SeparationFinding[] {
  const judgement = judged(changes);
  const others = failed(judgement).filter((id) => id !== rule);
  if (others.length > 0) {
    const said = others.flatMap((id) => checkOf(judgement, id).findings.map(({ message }) => `${id}: ${message}`));
    throw new Error(`only "${rule}" was to find something; but also\n${said.join('\n')}`);
  }
  return checkOf(judgement, rule).findings;
}
