import type { Binding } from '../../src/domain/environment.js';
import type { ConfiguredResource, EnvironmentEvidence, Evidence } from '../../src/domain/separation/evidence.js';
import type { Facts, PolicyFact, Relation, ResourceFact, Unread } from '../../src/domain/separation/facts.js';
import { canonicalId } from '../../src/domain/separation/identifiers.js';
import { inventoryOf, type TaggedResource } from '../../src/domain/separation/inventory.js';
import { mergeFacts } from '../../src/domain/separation/merge-facts.js';
import { Ownership } from '../../src/domain/separation/ownership.js';
import type { RuleInput } from '../../src/domain/separation/rule.js';
import { stateFacts } from '../../src/domain/separation/state-facts.js';
import type { StateInstance } from '../../src/domain/state.js';
import { ACCOUNT, PRODUCTION, STAGING } from './bindings.js';
import { stateOf } from './states.js';

/**
 * What a test says of the evidence; the rest is two environments in one account of which nothing is known. Facts are
 * what AWS answers, but for relations and policies that say they are from a state.
 */
export interface EvidenceParts extends Partial<Facts> {
  readonly bindings?: readonly Binding[];
  /** Accounts by environment, where they are not {@link ACCOUNT}. */
  readonly accounts?: Readonly<Record<string, string>>;
  /** Instances of the states by environment, of which all facts are had; one that is not here has an empty state. */
  readonly states?: Readonly<Record<string, readonly StateInstance[] | null>>;
  readonly inventory?: readonly TaggedResource[];
  readonly unread?: readonly Unread[];
  readonly configuration?: Readonly<Record<string, ConfiguredResource>>;
}

/** Evidence of environments, by name. */
export function evidenceOf(parts: EvidenceParts = {}): Evidence {
  const bindings = [...(parts.bindings ?? [STAGING, PRODUCTION])].sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
  const given: Facts = {
    resources: parts.resources ?? [],
    relations: parts.relations ?? [],
    policies: parts.policies ?? [],
    listedTypes: parts.listedTypes ?? [],
  };
  const environments = bindings.map((binding) => environmentEvidence(binding, parts));
  return {
    environments,
    inventory: inventoryOf(parts.inventory ?? []),
    facts: mergeFacts([...environments.map(stateFacts), given]),
    live: {
      ...given,
      relations: given.relations.filter(({ source }) => source === 'aws'),
      policies: given.policies.filter(({ source }) => source === 'aws'),
    },
    unread: parts.unread ?? [],
    configuration: new Map(Object.entries(parts.configuration ?? {})),
  };
}

function environmentEvidence(binding: Binding, { accounts, states }: EvidenceParts): EnvironmentEvidence {
  const accountId = accounts?.[binding.name] ?? ACCOUNT;
  const instances = states?.[binding.name];
  return {
    binding,
    identity: { accountId, arn: `arn:aws:iam::${accountId}:user/ada` },
    state:
      instances === null
        ? null
        : {
            state: stateOf({ lineage: binding.name, instances: instances ?? [] }),
            versionId: null,
            kmsKeyArn: null,
            digest: 'sha256:0',
          },
  };
}

/** What a rule is given of the evidence. */
export function ruleInput(evidence: Evidence): RuleInput {
  const names = evidence.environments.map(({ binding }) => binding.name);
  return {
    evidence,
    ownership: new Ownership(evidence),
    pairs: names.flatMap((first, index) => names.slice(index + 1).map((second) => [first, second] as const)),
  };
}

/** A resource as AWS tells it. */
export function resourceFact(id: string, parts: Partial<ResourceFact> = {}): ResourceFact {
  return {
    id: canonicalId(id),
    aliases: [],
    type: 'aws_thing',
    name: undefined,
    tags: undefined,
    partOf: undefined,
    ...parts,
  };
}

/** A policy as AWS tells it. @param document JSON text, or what is to be written as such */
export function policyFact(
  kind: PolicyFact['kind'],
  holder: string,
  document: unknown,
  parts: Partial<PolicyFact> = {},
): PolicyFact {
  return {
    kind,
    holder: canonicalId(holder),
    name: kind === 'identity' ? 'inline policy "application"' : `${kind} policy`,
    document: typeof document === 'string' ? document : JSON.stringify(document),
    source: 'aws',
    ...parts,
  };
}

/** A relation as AWS tells it. */
export function relation(kind: Relation['kind'], from: string, to: string, parts: Partial<Relation> = {}): Relation {
  return { kind, from: canonicalId(from), to: canonicalId(to), where: 'somewhere', source: 'aws', ...parts };
}
