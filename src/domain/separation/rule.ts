import type { SourceLocation } from '../hcl-value.js';
import type { Evidence } from './evidence.js';
import type { FactArea } from './facts.js';
import type { Ownership } from './ownership.js';

/** Something a rule found. */
export interface SeparationFinding {
  /** Lower-case sentence that says what was found, with the value. */
  readonly message: string;
  /** The environment that has to be mended. */
  readonly environment: string;
  /** The other environment involved; null when the environment alone is wrong. */
  readonly other: string | null;
  /** Set where both environments are in it alike, and either can mend it. */
  readonly mutual?: true;
  /** Address in the state where there is one, else the physical identifier; null when no resource is meant. */
  readonly resource: string | null;
  /** What was read, word for word, and where: the facts that a person can check by himself. */
  readonly evidence: readonly string[];
  /** The command or the line of HCL that mends it. */
  readonly remedy: string;
  /** Where the configuration writes the resource, when it can be told. */
  readonly location: SourceLocation | null;
}

/** A rule's answer. */
export type CheckStatus = 'pass' | 'fail' | 'unknown';

/** Something a rule could not find out, besides the gaps in the areas it needs. */
export interface OpenQuestion {
  readonly environments: readonly string[];
  readonly resource: string;
  readonly reason: string;
}

/** What a rule sees. */
export interface RuleInput {
  readonly evidence: Evidence;
  /** Whose a resource is. */
  readonly ownership: Ownership;
  /** Every two environments, in the order of their names. */
  readonly pairs: readonly (readonly [string, string])[];
}

/** One rule of separation: pure, from the evidence to findings. */
export interface SeparationRule {
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  /** What goes wrong otherwise; one or two sentences. */
  readonly why: string;
  /** Without these the rule can find, but not clear. */
  readonly needs: readonly FactArea[];
  /** Worth knowing and no violation: its findings never make the check fail. */
  readonly informational?: true;
  readonly find: (input: RuleInput) => readonly SeparationFinding[];
  /** What else could not be found out; none when left out. */
  readonly open?: (input: RuleInput) => readonly OpenQuestion[];
}
