import { type Crossing, crossings, sharedTargets } from '../crossings.js';
import type { FactArea, RelationKind } from '../facts.js';
import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { findingAbout, isDrift, relationEvidence } from './finding.js';
import { sharedFindings } from './shared.js';

/** What a rule over relations is made of. */
interface CrossingRule extends Pick<SeparationRule, 'id' | 'title' | 'why'> {
  readonly needs: readonly FactArea[];
  /** The kinds it judges, each with the words between the two ends: `sends failed messages to`. */
  readonly words: Readonly<Partial<Record<RelationKind, string>>>;
  /** What two environments would share, as in "both use X, a key of no environment"; left out where sharing is right. */
  readonly shared?: { readonly kinds: readonly RelationKind[]; readonly what: string };
}

/** A rule that finds relations of some kinds from one environment to another, and what two of them share. */
export function crossingRule({ words, shared, ...rule }: CrossingRule): SeparationRule {
  const kinds = new Set(Object.keys(words) as RelationKind[]);
  return {
    ...rule,
    find: (input) => [
      ...crossings(input, kinds).map((crossing) => crossingFinding(input, crossing, words[crossing.kind] ?? '')),
      ...(shared === undefined ? [] : sharedFindings(input, sharedTargets(input, new Set(shared.kinds)), shared.what)),
    ],
  };
}

/** @param words what the one does with the other */
export function crossingFinding(input: RuleInput, crossing: Crossing, words: string): SeparationFinding {
  const { environment, other, from, to, told } = crossing;
  const [subject, target] = [input.ownership.describe(from, environment), input.ownership.describe(to, other)];
  return findingAbout(input, {
    identifier: from,
    environment,
    other,
    message: `${subject} of "${environment}" ${words} ${target} of "${other}"`,
    evidence: relationEvidence(told),
    remedy: remedyOf(input, crossing),
  });
}

function remedyOf({ ownership }: RuleInput, { environment, from, to, through, told }: Crossing): string {
  const managed = ownership.inStates(from).has(environment);
  if (!isDrift(told))
    return `replace ${to} in the configuration by one of "${environment}", then: mhtctl deploy ${environment}`;
  if (managed)
    return `the configuration does not ask for it; see what a deployment would put right: mhtctl plan ${environment}`;
  return `remove ${through ?? from}, which no state manages, or let it lead to one of "${environment}"`;
}
