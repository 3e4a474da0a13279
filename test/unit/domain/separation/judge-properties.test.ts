import { describe, expect, it } from '@jest/globals';
import type { Evidence } from '../../../../src/domain/separation/evidence.js';
import type { FactArea, Facts, RelationKind } from '../../../../src/domain/separation/facts.js';
import { type Judgement, judgeSeparation } from '../../../../src/domain/separation/judge.js';
import { mergeFacts } from '../../../../src/domain/separation/merge-facts.js';
import { stateFacts } from '../../../../src/domain/separation/state-facts.js';
import type { StateInstance } from '../../../../src/domain/state.js';
import {
  deployedOf,
  PRODUCTION_PARTS,
  STAGING_PARTS,
  separatedEvidence,
} from '../../../fakes/separated-environments.js';
import { relation } from '../../../fakes/separation-evidence.js';
import { picksFrom } from '../../../support/picks.js';

const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);
const KINDS: readonly RelationKind[] = ['peering', 'redrive', 'forward', 'encrypted-with', 'placed-in', 'mentions'];
const AREAS: readonly FactArea[] = ['state', 'tags', 'existence', 'network', 'policies', 'encryption', 'traffic'];

type Picks = ReturnType<typeof picksFrom>;

const oneOf = <T>(picks: Picks, items: readonly T[]): T => items[picks(items.length)] as T;

/** Two environments with a few connections between any two of their resources, as a seed makes them. */
function worldOf(picks: Picks): Evidence {
  const clean = separatedEvidence();
  const ids = clean.live.resources.map(({ id }) => id);
  const relations = Array.from({ length: 6 }, () =>
    relation(oneOf(picks, KINDS), oneOf(picks, ids), oneOf(picks, ids), { source: 'aws' }),
  );
  return separatedEvidence({ relations });
}

/** What was judged, in an order of its own. */
function canonical({ verdict, checks }: Judgement): unknown {
  const found = checks.map(({ id, status, findings, gaps }) => ({
    id,
    status,
    findings: findings.map((finding) => JSON.stringify({ ...finding, evidence: [...finding.evidence].sort() })).sort(),
    gaps: gaps.map((gap) => JSON.stringify(gap)).sort(),
  }));
  return { verdict, found };
}

function shuffled<T>(picks: Picks, items: readonly T[]): readonly T[] {
  const left = [...items];
  return items.map(() => left.splice(picks(left.length), 1)[0] as T);
}

const factsIn = (order: <T>(items: readonly T[]) => readonly T[], facts: Facts): Facts => ({
  resources: order(facts.resources),
  relations: order(facts.relations),
  policies: order(facts.policies),
  listedTypes: order(facts.listedTypes),
});

describe('the judgement of any evidence', () => {
  it('is of worlds in which something crosses', () => {
    const violated = SEEDS.filter((seed) => judgeSeparation(worldOf(picksFrom(seed))).verdict === 'violated');
    expect(violated.length).toBeGreaterThan(SEEDS.length / 2);
  });

  it.each(SEEDS)('is the same in whatever order it is told (seed %i)', (seed) => {
    const picks = picksFrom(seed);
    const evidence = worldOf(picks);
    const order = <T>(items: readonly T[]) => shuffled(picks, items);
    const turned: Evidence = {
      ...evidence,
      environments: evidence.environments,
      inventory: new Map(order([...evidence.inventory])),
      facts: factsIn(order, evidence.facts),
      live: factsIn(order, evidence.live),
      unread: order(evidence.unread),
    };
    expect(canonical(judgeSeparation(turned))).toEqual(canonical(judgeSeparation(evidence)));
    // Whose name comes first decides only who is named first.
    const backwards = judgeSeparation({ ...turned, environments: [...evidence.environments].reverse() });
    const outcome = ({ verdict, checks }: Judgement) => [verdict, checks.map(({ id, status }) => [id, status])];
    expect(outcome(backwards)).toEqual(outcome(judgeSeparation(evidence)));
  });

  it.each(SEEDS)('finds nothing new between environments when a resource is away (seed %i)', (seed) => {
    const picks = picksFrom(seed);
    const evidence = worldOf(picks);
    const { address, id } = oneOf(
      picks,
      evidence.environments.flatMap(({ binding, state }) =>
        (state?.state.instances ?? []).flatMap(({ address: at, attributes }) => {
          const arn = attributes['arn'] ?? attributes['id'];
          return typeof arn === 'string' ? [{ address: `${binding.name} ${at}`, id: arn }] : [];
        }),
      ),
    );
    const before = crossing(judgeSeparation(evidence));
    const after = crossing(judgeSeparation(without(evidence, address, id)));
    expect([...after].filter((finding) => !before.has(finding))).toEqual([]);
  });

  it.each(SEEDS)('is no better for not having seen something (seed %i)', (seed) => {
    const picks = picksFrom(seed);
    const evidence = worldOf(picks);
    const gap = {
      environments: [oneOf(picks, ['staging', 'production'])],
      areas: [oneOf(picks, AREAS)],
      action: 'ec2:DescribeVpcs',
      subject: 'all VPCs',
      reason: 'AWS denied ec2:DescribeVpcs',
    };
    const rank = { fail: 0, unknown: 1, pass: 2 };
    const before = judgeSeparation(evidence).checks;
    const after = judgeSeparation({ ...evidence, unread: [...evidence.unread, gap] }).checks;
    for (const [index, { status }] of after.entries())
      expect(rank[status]).toBeLessThanOrEqual(rank[before[index]?.status ?? 'fail']);
  });
});

describe('environments by other names', () => {
  it.each([
    ['blue', 'green'],
    ['eu-west', 'eu-west-2'],
    ['a1', 'b2'],
  ])('%s and %s are judged alike', (first, second) => {
    const named = (name: string, other: string) => (text: string) =>
      text.replaceAll('production', `\u0000${name}\u0000`).replaceAll('staging', other).replaceAll('\u0000', '');
    const rename = named(first, second);
    const connections = (one: { readonly digit: string }, other: { readonly digit: string }) => [
      relation('peering', `vpc-${one.digit}0000000000000002`, `vpc-${other.digit}0000000000000002`, { source: 'aws' }),
    ];
    const parts = [PRODUCTION_PARTS, STAGING_PARTS] as const;
    const renamed = parts.map((each) => ({
      ...each,
      name: rename(each.name),
      dns: `${rename(each.name)}.example.com`,
    }));
    const plain = parts.map((each) => ({ ...each, dns: `${each.name}.example.com` }));
    const judge = (all: readonly (typeof parts)[number][]) =>
      judgeSeparation(
        separatedEvidence({
          deployed: all.map((each) => deployedOf(each)),
          relations: connections(all[0] as { digit: string }, all[1] as { digit: string }),
        }),
      );
    const statuses = ({ verdict, checks }: Judgement) => [
      verdict,
      ...checks.map(({ id, status, findings }) => [id, status, findings.length]),
    ];
    expect(statuses(judge(renamed))).toEqual(statuses(judge(plain)));
    expect(judge(plain).verdict).toBe('violated');
  });
});

/** Findings that lead from one environment to another, by what they say. */
function crossing({ checks }: Judgement): ReadonlySet<string> {
  return new Set(
    checks
      .filter(({ informational }) => !informational)
      .flatMap(({ id, findings }) =>
        findings.flatMap(({ environment, other, resource }) =>
          other === null ? [] : [[id, environment, other, resource].join(' ')],
        ),
      ),
  );
}

/** The evidence as it would be had a resource never been: neither in its state nor in AWS. */
function without(evidence: Evidence, address: string, identifier: string): Evidence {
  const keep = ({ id }: { readonly id: string }) => id !== identifier && !identifier.endsWith(`/${id}`);
  const ends = ({ from, to }: { readonly from: string; readonly to: string }) => keep({ id: from }) && keep({ id: to });
  const environments = evidence.environments.map((environment) => {
    const { binding, state } = environment;
    if (state === null) return environment;
    const stays = (instance: StateInstance) => `${binding.name} ${instance.address}` !== address;
    return {
      ...environment,
      state: { ...state, state: { ...state.state, instances: state.state.instances.filter(stays) } },
    };
  });
  const live: Facts = {
    ...evidence.live,
    resources: evidence.live.resources.filter(keep),
    relations: evidence.live.relations.filter(ends),
    policies: evidence.live.policies.filter(({ holder }) => keep({ id: holder })),
  };
  return {
    ...evidence,
    environments,
    inventory: new Map([...evidence.inventory].filter(([arn]) => arn !== identifier)),
    live,
    facts: mergeFacts([...environments.map(stateFacts), live]),
  };
}
