import type { SharedTarget } from '../crossings.js';
import type { RuleInput, SeparationFinding } from '../rule.js';
import { findingAbout, relationEvidence } from './finding.js';

/** One finding for every two environments that use the same thing of nobody's. @param what as in "use a key of no environment" */
export function sharedFindings(
  input: Pick<RuleInput, 'evidence' | 'ownership' | 'pairs'>,
  targets: readonly SharedTarget[],
  what: string,
): readonly SeparationFinding[] {
  return targets.flatMap(({ to, by }) =>
    input.pairs.flatMap(([environment, other]) => {
      const [mine, theirs] = [by.get(environment), by.get(other)];
      const [first] = mine ?? [];
      if (mine === undefined || theirs === undefined || first === undefined) return [];
      return [
        findingAbout(input, {
          identifier: first.from,
          environment,
          other,
          mutual: true,
          message: `"${environment}" and "${other}" both use ${to}, ${what}`,
          evidence: [...relationEvidence(mine), ...relationEvidence(theirs)],
          remedy: `give each environment one of its own in the configuration, then: mhtctl deploy ${environment}`,
        }),
      ];
    }),
  );
}
