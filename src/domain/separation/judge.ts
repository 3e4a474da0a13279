import { coverageOf } from './coverage.js';
import { crossings } from './crossings.js';
import type { Evidence } from './evidence.js';
import type { RelationKind, Unread } from './facts.js';
import { Ownership } from './ownership.js';
import type { Check, Edge, Gap, SeparationReport, Verdict } from './report.js';
import type { CheckStatus, RuleInput, SeparationFinding, SeparationRule } from './rule.js';
import { SEPARATION_RULES } from './rules/all.js';
import { backends } from './rules/backends.js';
import { environmentOfState } from './state-owner.js';

/** Findings of one rule that a report lists; of the others it says how many there are. */
const MOST_LISTED = 200;

/** The judgement of evidence: everything in a report that is not about where the evidence comes from. */
export type Judgement = Pick<SeparationReport, 'environments' | 'verdict' | 'checks' | 'coverage' | 'edges'>;

/**
 * Judges evidence by every rule.
 * @param about an environment: then only what it has to do with is judged, against every other
 */
export function judgeSeparation(given: Evidence, about?: string): Judgement {
  const evidence = {
    ...given,
    environments: [...given.environments].sort((left, right) => (left.binding.name < right.binding.name ? -1 : 1)),
  };
  const names = evidence.environments.map(({ binding }) => binding.name);
  const pairs = names
    .flatMap((first, index) => names.slice(index + 1).map((second) => [first, second] as const))
    .filter((pair) => about === undefined || pair.includes(about));
  const trusted = withoutForeignStates(evidence);
  const ownership = new Ownership(trusted);
  const input: RuleInput = { evidence: trusted, ownership, pairs };
  const checks = SEPARATION_RULES.map((rule) =>
    // What lies in the wrong place is this rule's to find, and no evidence for the others.
    judgeRule(rule, rule === backends ? { ...input, evidence } : input, about),
  );
  return {
    environments: names,
    verdict: verdictOf(checks),
    checks,
    coverage: coverageOf(trusted, ownership),
    edges: edgesOf(checks, input),
  };
}

/** What every rule that counts finds in evidence that may be incomplete, as far as an environment has to do with it. */
export function findingsOf(
  evidence: Evidence,
  about: string,
): readonly { readonly rule: string; readonly finding: SeparationFinding }[] {
  return judgeSeparation(evidence, about)
    .checks.filter(({ informational }) => !informational)
    .flatMap(({ id, findings }) => findings.map((finding) => ({ rule: id, finding })));
}

/** A state that is another environment's says nothing of the environment whose place it is in. */
function withoutForeignStates(evidence: Evidence): Evidence {
  const bindings = evidence.environments.map(({ binding }) => binding);
  const unread: Unread[] = [];
  const environments = evidence.environments.map((environment) => {
    const says = environmentOfState(environment, bindings);
    const { name, backend } = environment.binding;
    if (says === undefined || says === name) return environment;
    unread.push({
      environments: [name],
      areas: ['state'],
      action: 's3:GetObject',
      subject: `the state of "${name}"`,
      reason: `what lies at s3://${backend.bucket}/${backend.key} is the state of "${says}"`,
    });
    return { ...environment, state: null };
  });
  return unread.length === 0 ? evidence : { ...evidence, environments, unread: [...evidence.unread, ...unread] };
}

function judgeRule(rule: SeparationRule, input: RuleInput, about: string | undefined): Check {
  const concerns = ({ environment, other }: SeparationFinding) =>
    about === undefined || environment === about || other === about;
  const findings = inOrder(rule.find(input).filter(concerns));
  const gaps = gapsOf(rule, input);
  const informational = rule.informational === true;
  const fails = !informational && findings.length > 0;
  const pairs = input.pairs.map((environments) => ({
    environments,
    status: statusOfPair(environments, informational ? [] : findings, gaps),
  }));
  return {
    id: rule.id,
    title: rule.title,
    why: rule.why,
    status: fails ? 'fail' : gaps.length > 0 ? 'unknown' : 'pass',
    informational,
    findings: findings.slice(0, MOST_LISTED),
    furtherFindings: Math.max(0, findings.length - MOST_LISTED),
    gaps: shortened(gaps),
    pairs,
  };
}

/** The first gaps, and how many there are beyond them. */
function shortened(gaps: readonly Gap[]): readonly Gap[] {
  const further = gaps.slice(MOST_LISTED);
  if (further.length === 0) return gaps;
  const environments = [...new Set(further.flatMap((gap) => gap.environments))];
  const rest = { environments, areas: null, permission: null, reason: 'there are too many to list each' };
  return [...gaps.slice(0, MOST_LISTED), { ...rest, subject: `${further.length} more` }];
}

/** The same findings in the same order, whichever answer of AWS came first. */
function inOrder(findings: readonly SeparationFinding[]): readonly SeparationFinding[] {
  const key = ({ environment, other, resource, message }: SeparationFinding) =>
    [environment, other, resource, message].join('\0');
  return findings
    .map((finding) => [key(finding), finding] as const)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, finding]) => finding);
}

function gapsOf(rule: SeparationRule, input: RuleInput): readonly Gap[] {
  const { evidence } = input;
  const unread = evidence.unread
    .filter(({ areas }) => areas.some((area) => rule.needs.includes(area)))
    .map(
      ({ environments, areas, action, subject, reason }): Gap => ({
        environments,
        areas,
        subject: `${action} on ${subject}`,
        reason,
        permission: /AccessDenied|Unauthorized|denied/i.test(reason) ? action : null,
      }),
    );
  const said = new Set(
    evidence.unread.filter(({ areas }) => areas.includes('state')).flatMap(({ environments }) => environments),
  );
  const stateless = rule.needs.includes('state')
    ? evidence.environments
        .filter(({ state, binding }) => state === null && !said.has(binding.name))
        .map(
          ({ binding }): Gap => ({
            environments: [binding.name],
            areas: ['state'],
            subject: `the state of "${binding.name}"`,
            reason: `there is none at s3://${binding.backend.bucket}/${binding.backend.key}: it was never deployed, or its state is lost`,
            permission: null,
          }),
        )
    : [];
  const open = (rule.open?.(input) ?? []).map(
    ({ environments, resource, reason }): Gap => ({
      environments,
      areas: null,
      subject: resource,
      reason,
      permission: null,
    }),
  );
  return [...unread, ...stateless, ...open];
}

function statusOfPair(
  pair: readonly [string, string],
  findings: readonly SeparationFinding[],
  gaps: readonly Gap[],
): CheckStatus {
  const within = ({ environment, other }: SeparationFinding) =>
    pair.includes(environment) && (other === null || pair.includes(other));
  if (findings.some(within)) return 'fail';
  return gaps.some(({ environments }) => environments.some((name) => pair.includes(name))) ? 'unknown' : 'pass';
}

function verdictOf(checks: readonly Check[]): Verdict {
  const counted = checks.filter(({ informational }) => !informational);
  if (counted.some(({ status }) => status === 'fail')) return 'violated';
  return counted.some(({ status }) => status === 'unknown') ? 'unproven' : 'separated';
}

/** The relations behind the findings, for the drawing; a finding without one is an edge between the environments. */
function edgesOf(checks: readonly Check[], input: RuleInput): readonly Edge[] {
  const counted = checks.filter(({ informational }) => !informational);
  const ends = counted.some(({ findings }) => findings.some(({ other }) => other !== null))
    ? otherEnds(input)
    : new Map<string, ReadonlySet<string>>();
  const drawn = new Map<string, Edge>();
  for (const { id, findings } of counted) {
    for (const { environment, other, resource, message } of findings) {
      if (other === null) continue;
      // Several things may lead there from one resource: the one that the finding names is meant.
      const to = [...(ends.get(endKey(environment, other, resource)) ?? [])]
        .sort()
        .find((end) => message.includes(end));
      const edge = {
        rule: id,
        from: { environment, resource: resource ?? environment },
        to: { environment: other, resource: to ?? other },
      };
      drawn.set(JSON.stringify(edge), edge);
    }
  }
  return [...drawn.values()];
}

/** What resources lead to in other environments, as findings name them. */
function otherEnds(input: RuleInput): ReadonlyMap<string, ReadonlySet<string>> {
  const { ownership, evidence } = input;
  const every: ReadonlySet<RelationKind> = new Set(evidence.facts.relations.map(({ kind }) => kind));
  const ends = new Map<string, Set<string>>();
  for (const { environment, other, from, to } of crossings(input, every)) {
    const key = endKey(environment, other, ownership.describe(from, environment));
    const known = ends.get(key) ?? new Set();
    ends.set(key, known.add(ownership.describe(to, other)));
  }
  return ends;
}

function endKey(environment: string, other: string, resource: string | null): string {
  return [environment, other, resource].join('\0');
}
