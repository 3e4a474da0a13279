import { describe, expect, it } from '@jest/globals';
import type { Evidence } from '../../../../src/domain/separation/evidence.js';
import type { Facts, RelationKind } from '../../../../src/domain/separation/facts.js';
import { canonicalId } from '../../../../src/domain/separation/identifiers.js';
import { type Judgement, judgeSeparation } from '../../../../src/domain/separation/judge.js';
import { mergeFacts } from '../../../../src/domain/separation/merge-facts.js';
import { stateFacts, stateResources } from '../../../../src/domain/separation/state-facts.js';
import {
  type Changes,
  deployedOf,
  PRODUCTION_PARTS,
  STAGING_PARTS,
  separatedEvidence,
} from '../../../fakes/separated-environments.js';
import { relation, resourceFact } from '../../../fakes/separation-evidence.js';
import { picksFrom } from '../../../support/picks.js';
import { failed } from './judged.js';

/** The name of a test has the seed that failed. Those beyond the first ones once did. */
const SEEDS = [...Array.from({ length: 40 }, (_, index) => index + 1), 193, 203, 205, 222, 256, 290];
const NAMES = ['production', 'staging'] as const;
const KINDS: readonly RelationKind[] = [
  'peering',
  'route',
  'security-group-rule',
  'redrive',
  'replication',
  'forward',
  'target',
  'encrypted-with',
  'secret',
  'placed-in',
  'mentions',
];
const CIDRS = ['10.9.128.0/20', '10.0.0.0/8', '10.5.0.0/16', '203.0.113.9/32', '198.51.100.0/24'];
const deployed = [deployedOf(PRODUCTION_PARTS), deployedOf(STAGING_PARTS)];
const instances = deployed.flatMap(({ environment: { binding, state } }) =>
  (state?.state.instances ?? []).map((instance) => ({ name: binding.name, ...instance })),
);
const resources = deployed.flatMap(({ live }) => live.resources);

type Pick = <T>(items: readonly T[]) => T;

function overlap(pick: Pick): Changes {
  const vpc = pick(['vpc-50000000000000002', 'vpc-90000000000000002']);
  return { relations: [relation('vpc-cidr', vpc, pick(CIDRS))] };
}

/** One thing that is not as it should be. */
const SABOTAGES: readonly ((pick: Pick, index: number) => Changes)[] = [
  (pick) => ({ relations: [relation(pick(KINDS), pick(resources).id, pick(resources).id, { through: 'x-1' })] }),
  (pick) => ({ relations: [relation(pick(KINDS), pick(resources).id, pick(resources).id, { source: 'state' })] }),
  (pick, index) => ({
    relations: deployed.map(({ live }) =>
      relation(pick(KINDS), pick(live.resources).id, `arn:aws:sqs:us-east-1:1:nobodys-${index}`),
    ),
  }),
  (pick) => {
    const group = pick(['sg-50000000000000003', 'sg-90000000000000003']);
    return { relations: [relation('security-group-rule', group, pick(CIDRS))] };
  },
  overlap,
  (pick) => ({
    tags: { [pick(resources).id]: pick([undefined, {}, { Environment: pick(NAMES) }, { Environment: 'x' }]) },
  }),
  (pick) => ({ tags: { [pick(resources).id]: { Environment: pick(NAMES).toUpperCase(), Project: 'mht-api' } } }),
  (pick) => ({ gone: [pick(resources).id] }),
  (pick) => ({ unlisted: [pick(resources).type] }),
  (pick) => {
    const { name, address } = pick(instances);
    const changed = { name: `mht-api-${pick(NAMES)}-x`, note: `see mht-api-${pick(NAMES)}-y` };
    return { attributes: { [name]: { [address]: changed } } };
  },
  (pick, index) => {
    const { name, type, attributes } = pick(instances);
    const other = name === 'staging' ? 'production' : 'staging';
    return { instances: { [other]: [{ address: `module.copied.${type}.c${index}`, type, attributes }] } };
  },
  (pick, index) => ({
    resources: [
      resourceFact(`arn:aws:sqs:us-east-1:111111111111:mht-api-${pick(NAMES)}-o${index}`, {
        type: 'aws_sqs_queue',
        tags: { Environment: pick(NAMES), Name: `mht-api-${pick(NAMES)}-o` },
      }),
    ],
  }),
  (pick, index) => ({
    inventory: [{ arn: `arn:aws:ecr:us-east-1:111111111111:repository/r${index}`, tags: { Environment: pick(NAMES) } }],
  }),
  (pick) => {
    const areas = [pick(['network', 'tags', 'traffic'] as const)];
    return { unread: [{ environments: [pick(NAMES)], areas, action: 'a', subject: pick(resources).id, reason: 'no' }] };
  },
];

const TOPICS = NAMES.map((name) => `arn:aws:sns:us-east-1:111111111111:mht-api-${name}-alarms`);
const GROUPS = ['sg-50000000000000003', 'sg-90000000000000003'];

/** One thing that a state says of what is another's, or of itself. */
const OF_STATES: readonly (typeof SABOTAGES)[number][] = [
  (pick) => {
    const { name, address, type, attributes } = pick(instances);
    const twin = pick(instances.filter((each) => each.type === type)).attributes;
    const attribute = pick(['id', 'arn', 'vpc_id', 'security_group_id', 'load_balancer_arn', 'queue_url']);
    const value = twin[attribute];
    if (attributes[attribute] === undefined || value === undefined) return {};
    return { attributes: { [name]: { [address]: { [attribute]: value } } } };
  },
  (pick, index) => {
    const type = 'aws_sns_topic_subscription';
    const attributes = { topic_arn: pick(TOPICS), endpoint: pick(resources).id };
    return { instances: { [pick(NAMES)]: [{ address: `${type}.s${index}`, type, attributes }] } };
  },
  (pick, index) => {
    const type = 'aws_vpc_security_group_ingress_rule';
    const attributes = {
      id: `sgr-abcdef0${index}`,
      security_group_id: pick(GROUPS),
      referenced_security_group_id: pick(['', ...GROUPS]),
      cidr_ipv4: pick(CIDRS),
      tags_all: { Environment: pick(NAMES) },
    };
    return { instances: { [pick(NAMES)]: [{ address: `${type}.s${index}`, type, attributes }] } };
  },
  (pick) => {
    const user_data = `FIRST=${pick(resources).id} SECOND=${pick(resources).id}`;
    return { attributes: { [pick(NAMES)]: { 'module.compute.aws_instance.this[0]': { user_data } } } };
  },
];

/** Environments of which some things are not as they should be, as a seed has it. */
function worldOf(seed: number, sabotages = SABOTAGES): Evidence {
  const number = picksFrom(seed);
  const pick: Pick = (items) => items[number(items.length)] as (typeof items)[number];
  const all = Array.from({ length: 6 }, (_, index) => pick(sabotages)(pick, index));
  const joined = <T>(field: (changes: Changes) => readonly T[] | undefined): T[] =>
    all.flatMap((each) => field(each) ?? []);
  const merged = (field: (changes: Changes) => object | undefined) =>
    Object.assign({}, ...all.map((each) => field(each) ?? {}));
  return separatedEvidence({
    deployed,
    relations: joined(({ relations }) => relations),
    resources: joined((each) => each.resources),
    inventory: joined(({ inventory }) => inventory),
    unread: joined(({ unread }) => unread),
    gone: joined(({ gone }) => gone),
    unlisted: joined(({ unlisted }) => unlisted),
    tags: merged(({ tags }) => tags),
    attributes: merged(({ attributes }) => attributes),
    instances: merged((each) => each.instances),
  });
}

/** Everything judged, in the order in which it is shown; what is merely listed, in an order of its own. */
function whole({ coverage, edges, checks, ...rest }: Judgement): unknown {
  const sorted = <T>(items: readonly T[]) => [...items].map((item) => JSON.stringify(item)).sort();
  return {
    ...rest,
    // Why a rule is one is said in words that mean no environment.
    checks: checks.map(({ why: _, ...check }) => ({ ...check, gaps: sorted(check.gaps) })),
    coverage: Object.entries(coverage)
      .map(([name, each]) => [name, { ...each, uncheckable: sorted(each.uncheckable) }])
      .sort(),
    edges: sorted(edges),
  };
}

/** The same evidence, told in another order. */
function shuffled(evidence: Evidence, seed: number): Evidence {
  const number = picksFrom(seed);
  const order = <T>(items: readonly T[]): readonly T[] => {
    const left = [...items];
    return items.map(() => left.splice(number(left.length), 1)[0] as T);
  };
  const factsIn = ({ resources: all, relations, policies, listedTypes }: Facts): Facts => ({
    resources: order(all),
    relations: order(relations),
    policies: order(policies),
    listedTypes: order(listedTypes),
  });
  const environments = evidence.environments.map((environment) => {
    const { state } = environment;
    if (state === null) return environment;
    return { ...environment, state: { ...state, state: { ...state.state, instances: order(state.state.instances) } } };
  });
  return {
    ...evidence,
    environments: order(environments),
    inventory: new Map(order([...evidence.inventory])),
    facts: factsIn(evidence.facts),
    live: factsIn(evidence.live),
    unread: order(evidence.unread),
  };
}

/** The same text with the environments under other names, in capitals too. */
function renamed(text: string): string {
  const names = [
    ['production', 'blue'],
    ['staging', 'green-2'],
  ] as const;
  return names.reduce(
    (all, [from, to]) => all.replaceAll(from, to).replaceAll(from.toUpperCase(), to.toUpperCase()),
    text,
  );
}

function inOtherNames<T>(value: T): T {
  return JSON.parse(renamed(JSON.stringify(value)));
}

/** The same evidence of environments of other names; the configuration names none. */
function renamedEvidence({ configuration, inventory, ...told }: Evidence): Evidence {
  return { ...inOtherNames(told), inventory: new Map(inOtherNames([...inventory])), configuration };
}

/** The same evidence without a resource: in no state, and not in AWS. What others say of it stays. */
function without(evidence: Evidence, id: string): Evidence {
  const environments = evidence.environments.map((environment) => {
    const gone = new Set(stateResources(environment).flatMap(({ ids, address }) => (ids[0] === id ? [address] : [])));
    const { state } = environment;
    if (state === null || gone.size === 0) return environment;
    const left = state.state.instances.filter(({ address }) => !gone.has(address));
    return { ...environment, state: { ...state, state: { ...state.state, instances: left } } };
  });
  const { live } = evidence;
  const left: Facts = {
    ...live,
    resources: live.resources.filter((resource) => resource.id !== id),
    relations: live.relations.filter(({ from }) => from !== id),
    policies: live.policies.filter(({ holder }) => holder !== id),
  };
  const inventory = new Map([...evidence.inventory].filter(([arn]) => canonicalId(arn) !== id));
  return {
    ...evidence,
    environments,
    inventory,
    live: left,
    facts: mergeFacts([...environments.map(stateFacts), left]),
  };
}

/** What leads from one environment to another, by rule, ends and resource. */
function crossing({ checks }: Judgement): ReadonlySet<string> {
  return new Set(
    checks.flatMap(({ id, informational, findings }) =>
      findings.flatMap(({ environment, other, resource }) =>
        informational || other === null ? [] : [[id, environment, other, resource].join(' ')],
      ),
    ),
  );
}

describe('worlds that a seed makes', () => {
  it('break every rule that evidence can break', () => {
    const broken = new Set(SEEDS.flatMap((seed) => failed(judgeSeparation(worldOf(seed)))));
    for (const rule of ['shared-resources', 'foreign-tags', 'environment-tags', 'names', 'orphans', 'missing'])
      expect([...broken]).toContain(rule);
    for (const rule of ['network', 'encryption', 'data-flow', 'traffic', 'references'])
      expect([...broken]).toContain(rule);
  });

  it.each(SEEDS)('are judged alike, word for word, in whatever order they are told (seed %i)', (seed) => {
    const evidence = worldOf(seed);
    const judged = whole(judgeSeparation(evidence));
    for (const turn of [seed + 1000, seed + 2000])
      expect(whole(judgeSeparation(shuffled(evidence, turn)))).toEqual(judged);
  });

  it.each(SEEDS)('are judged alike under other names of the environments (seed %i)', (seed) => {
    const evidence = worldOf(seed);
    const judged = inOtherNames(judgeSeparation(evidence));
    expect(whole(judgeSeparation(renamedEvidence(evidence)))).toEqual(whole(judged));
  });

  it.each(SEEDS.slice(0, 20))(
    'are judged alike in any order and under other names, whatever states say (seed %i)',
    (seed) => {
      const evidence = worldOf(seed, [...SABOTAGES, ...OF_STATES, ...OF_STATES, ...OF_STATES]);
      const judged = judgeSeparation(evidence);
      expect(whole(judgeSeparation(shuffled(evidence, seed + 1000)))).toEqual(whole(judged));
      expect(whole(judgeSeparation(renamedEvidence(evidence)))).toEqual(whole(inOtherNames(judged)));
    },
  );

  it.each(SEEDS)('are no worse between environments without any one resource (seed %i)', (seed) => {
    // Of networks that overlap, nobody can say which one a rule is for when one of them is away.
    const evidence = worldOf(
      seed,
      SABOTAGES.filter((sabotage) => sabotage !== overlap),
    );
    const before = crossing(judgeSeparation(evidence));
    const number = picksFrom(seed + 3000);
    for (let count = 0; count < 5; count += 1) {
      const { id } = evidence.live.resources[number(evidence.live.resources.length)] as { id: string };
      const after = crossing(judgeSeparation(without(evidence, id)));
      expect({ id, found: [...after].filter((each) => !before.has(each)) }).toEqual({ id, found: [] });
    }
  });
});
