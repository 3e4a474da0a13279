import { crossings, sharedTargets } from '../crossings.js';
import type { Evidence } from '../evidence.js';
import type { RelationKind } from '../facts.js';
import { PolicyAnalysis, type PolicyLead } from '../policies/analysis.js';
import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { crossingFinding } from './crossing-rule.js';
import { findingAbout } from './finding.js';
import { sharedFindings } from './shared.js';

/** How a resource uses a principal, in the words between the two. */
const USES: Readonly<Partial<Record<RelationKind, string>>> = {
  'instance-profile': 'acts by the instance profile',
  'profile-role': 'hands out the role',
  'service-role': 'uses',
  boundary: 'is held by the permissions boundary',
};

const KINDS = new Set(Object.keys(USES) as RelationKind[]);

/** What two environments may not have of nobody's. A boundary gives nothing: an account may have one for all its roles. */
const SHARED = new Set([...KINDS].filter((kind) => kind !== 'boundary'));

/** No principal of one environment may act in another. */
export const identity: SeparationRule = {
  id: 'identity',
  title: 'no policy of one environment grants to, reaches or names another',
  why: 'Who acts in one environment could then read, change or destroy what is in the other.',
  needs: ['state', 'policies'],
  find: (input) => [
    ...analysisOf(input)
      .leads()
      .map((lead) => policyFinding(input, lead)),
    ...crossings(input, KINDS).map((crossing) => crossingFinding(input, crossing, USES[crossing.kind] ?? '')),
    ...sharedFindings(input, sharedTargets(input, SHARED), 'which belongs to neither'),
  ],
  open: (input) => analysisOf(input).openQuestions(),
};

const analyses = new WeakMap<Evidence, PolicyAnalysis>();

/** Findings and open questions come from one reading of the policies. */
export function analysisOf(input: RuleInput): PolicyAnalysis {
  const known = analyses.get(input.evidence);
  if (known !== undefined) return known;
  const analysis = new PolicyAnalysis(input);
  analyses.set(input.evidence, analysis);
  return analysis;
}

function policyFinding(input: RuleInput, lead: PolicyLead): SeparationFinding {
  const { environment, other, holder, label, told, says, way } = lead;
  const [first] = told;
  const isOwn = input.ownership.ownersOf(holder).has(environment);
  const whose = isOwn ? `of "${environment}"` : `as which "${environment}" can act`;
  const how = isOwn ? [] : [`"${environment}" comes to it by ${way.join(', then ')}`];
  return findingAbout(input, {
    identifier: holder,
    environment,
    other,
    message: `${first?.policy.name} of ${input.ownership.describe(holder, environment)} ${whose}: ${label} ${says}`,
    evidence: [...evidenceOf(told), ...how],
    remedy: remedyOf(input, lead),
  });
}

function evidenceOf(told: PolicyLead['told']): readonly string[] {
  const lines = told.map(
    ({ policy: { source, name, holder }, statement }) =>
      `${source === 'aws' ? 'AWS' : 'state'}: ${name} of ${holder}: ${statement}`,
  );
  return [...new Set(lines)];
}

function remedyOf({ ownership }: RuleInput, { remedy, told, holder, environment }: PolicyLead): string {
  if (told.some(({ policy }) => policy.source === 'state')) return `${remedy}, then: mhtctl deploy ${environment}`;
  return ownership.inStates(holder).has(environment)
    ? `${remedy}; if the configuration does not ask for it: mhtctl deploy ${environment}`
    : remedy;
}
