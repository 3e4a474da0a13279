import { idle, orphaned } from './idle.js';
import { offHours } from './off-hours.js';
import { oversized } from './oversized.js';
import type { Saving, SavingsEvidence, SavingsRule } from './saving.js';
import { tiering } from './tiering.js';

/** Every rule that finds savings, by its id. */
const SAVINGS_RULES: Readonly<Record<string, SavingsRule>> = {
  'off-hours': offHours,
  idle,
  orphaned,
  oversized,
  tiering,
};

/** Everything that could cost less, the largest saving first. Savings may overlap: each is reckoned by itself. */
export function findSavings(evidence: SavingsEvidence): readonly Saving[] {
  return Object.entries(SAVINGS_RULES)
    .flatMap(([id, rule]) => rule(evidence).map((saving) => ({ rule: id, ...saving })))
    .sort((one, other) => other.monthly - one.monthly);
}
