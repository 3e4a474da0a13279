import { readFileSync } from 'node:fs';
import type { Binding } from '../../src/domain/environment.js';
import type { Json } from '../../src/domain/plan.js';
import type { ConfiguredResource, EnvironmentEvidence, Evidence } from '../../src/domain/separation/evidence.js';
import type { Facts, ListedType, Relation, ResourceFact, Unread } from '../../src/domain/separation/facts.js';
import { inventoryOf, type TaggedResource } from '../../src/domain/separation/inventory.js';
import { mergeFacts } from '../../src/domain/separation/merge-facts.js';
import { stateFacts, stateResources } from '../../src/domain/separation/state-facts.js';
import { STATE_TYPES } from '../../src/domain/separation/state-types.js';
import { parseState, type StateInstance } from '../../src/domain/state.js';
import { ACCOUNT, bindingOf } from './bindings.js';

/** What one environment has for itself. */
export interface EnvironmentParts {
  readonly name: string;
  /** A hexadecimal digit in every id that AWS gave, and in its addresses. */
  readonly digit: string;
  readonly dns?: string;
  readonly project?: string;
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  /** What else is to be said of its files. */
  readonly binding?: Parameters<typeof bindingOf>[1];
}

/** An environment as Terraform left it: a state like those of this project's own configuration, and AWS that agrees. */
export interface Deployed {
  readonly environment: EnvironmentEvidence;
  /** What AWS answers: what the state says, with its tags. */
  readonly live: Facts;
}

const TEMPLATE = readFileSync(new URL('environment-state.template', import.meta.url), 'utf8');
/** Types that AWS has besides those that a state has by themselves. */
const FURTHER_TYPES = ['aws_network_acl', 'aws_network_interface', 'aws_ebs_volume', 'aws_security_group'];
const GLOBAL_TYPES = /^aws_(iam|route53|s3)_/;

/** The state of an environment, as text. */
export function stateText(parts: EnvironmentParts): string {
  const { name, dns = `${name}.api.example.com` } = parts;
  const values = { dns, project: 'mht-api', account: ACCOUNT, region: 'us-east-1', partition: 'aws', ...parts };
  return TEMPLATE.replace(/\{\{(\w+)\}\}/g, (_, key: keyof typeof values) => String(values[key]));
}

/** Builds an environment. @param edit changes what the state holds before AWS is asked to agree */
export function deployedOf(
  parts: EnvironmentParts,
  edit: (instances: readonly StateInstance[]) => readonly StateInstance[] = (instances) => instances,
): Deployed {
  const { name, account = ACCOUNT, region = 'us-east-1', partition = 'aws', project = 'mht-api', digit } = parts;
  const { dns = `${name}.api.example.com` } = parts;
  const state = parseState(stateText(parts), `the state of ${name}`);
  const environment: EnvironmentEvidence = {
    binding: bindingOf(name, {
      region,
      variables: { environment: name, project_name: project, dns_name: dns, vpc_cidr: `10.${digit}.0.0/16` },
      accountId: undefined,
      ...parts.binding,
    }),
    identity: { accountId: account, arn: `arn:${partition}:iam::${account}:user/ada` },
    state: {
      state: { ...state, instances: edit(state.instances) },
      versionId: 'v1',
      kmsKeyArn: null,
      digest: `sha256:${digit}`,
    },
  };
  return { environment, live: liveOf(environment, account, region) };
}

function liveOf(environment: EnvironmentEvidence, accountId: string, region: string): Facts {
  const { resources, relations, policies } = stateFacts(environment);
  const tags = new Map<string, Readonly<Record<string, string>>>();
  for (const { ids, instance } of stateResources(environment)) {
    const inState = instance.attributes['tags_all'] as Record<string, string> | undefined;
    // The volume and the interface of an instance carry its tags; other parts are made by AWS and carry none.
    const tagged = instance.type === 'aws_instance' ? ids : ids.slice(0, 1);
    if (inState !== undefined) for (const id of tagged) tags.set(id, inState);
  }
  const types = new Set([
    ...Object.entries(STATE_TYPES).flatMap(([type, known]) => (known.settingOf ? [] : [known.as ?? type])),
    ...FURTHER_TYPES,
  ]);
  return {
    resources: resources.map((resource) => ({ ...resource, tags: tags.get(resource.id) })),
    relations: relations.map((relation) => ({ ...relation, source: 'aws' })),
    policies: policies.map((policy) => ({ ...policy, source: 'aws' })),
    listedTypes: [...types].map(
      (type): ListedType => ({ type, accountId, region: GLOBAL_TYPES.test(type) ? 'global' : region }),
    ),
  };
}

/** What a test changes in environments that share nothing. */
export interface Changes {
  readonly deployed?: readonly Deployed[];
  /** Attributes that a state has instead, by environment and address. */
  readonly attributes?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Json>>>>>>;
  /** Instances that a state has besides, by environment. AWS has them too. */
  readonly instances?: Readonly<Record<string, readonly StateInstance[]>>;
  /** Tags that AWS tells instead, by identifier. */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
  /** Identifiers of what AWS does not have. */
  readonly gone?: readonly string[];
  /** Types that nobody asked AWS for. */
  readonly unlisted?: readonly string[];
  /** What AWS tells besides. */
  readonly resources?: readonly ResourceFact[];
  readonly relations?: readonly Relation[];
  readonly inventory?: readonly TaggedResource[];
  readonly unread?: readonly Unread[];
  readonly configuration?: Readonly<Record<string, ConfiguredResource>>;
  /** What is otherwise about an environment, by its name. */
  readonly environments?: Readonly<Record<string, Partial<EnvironmentEvidence>>>;
  /** What is otherwise about a binding, by the environment's name. */
  readonly bindings?: Readonly<Record<string, Partial<Binding>>>;
}

export const STAGING_PARTS: EnvironmentParts = { name: 'staging', digit: '5', dns: 'staging.api.example.com' };
export const PRODUCTION_PARTS: EnvironmentParts = { name: 'production', digit: '9', dns: 'api.example.com' };

/** Staging and production, which share nothing but what a test changes. */
export function separatedEvidence(changes: Changes = {}): Evidence {
  const { deployed = [deployedOf(PRODUCTION_PARTS), deployedOf(STAGING_PARTS)], gone = [], tags = {} } = changes;
  const changed = deployed.map((each) => withFurther(each, changes));
  const environments = changed.map(({ environment }) => edited(environment, changes));
  const all = mergeFacts(changed.map(({ live }) => live));
  const live: Facts = {
    ...all,
    resources: [
      ...all.resources
        .filter(({ id }) => !gone.includes(id))
        .map((resource) => (resource.id in tags ? { ...resource, tags: tags[resource.id] } : resource)),
      ...(changes.resources ?? []),
    ],
    relations: [...all.relations, ...(changes.relations ?? []).filter(({ source }) => source === 'aws')],
    listedTypes: all.listedTypes.filter(({ type }) => changes.unlisted?.includes(type) !== true),
  };
  const inStates = (changes.relations ?? []).filter(({ source }) => source === 'state');
  return {
    environments,
    inventory: inventoryOf(changes.inventory ?? []),
    facts: mergeFacts([...environments.map(stateFacts), { ...live, relations: [...inStates, ...live.relations] }]),
    live,
    unread: changes.unread ?? [],
    configuration: new Map(Object.entries(changes.configuration ?? {})),
  };
}

/** An environment with further instances, which AWS has too. */
function withFurther({ environment, live }: Deployed, { instances = {} }: Changes): Deployed {
  const { name, region } = environment.binding;
  const further = instances[name];
  if (further === undefined || environment.state === null) return { environment, live };
  const { state } = environment.state;
  const grown = {
    ...environment,
    state: { ...environment.state, state: { ...state, instances: [...state.instances, ...further] } },
  };
  return { environment: grown, live: liveOf(grown, environment.identity?.accountId ?? ACCOUNT, region) };
}

function edited(environment: EnvironmentEvidence, changes: Changes): EnvironmentEvidence {
  const { name } = environment.binding;
  const attributes = changes.attributes?.[name];
  const binding = { ...environment.binding, ...changes.bindings?.[name] };
  const { state } = environment;
  if (state === null || attributes === undefined) return { ...environment, binding, ...changes.environments?.[name] };
  const unknown = Object.keys(attributes).filter(
    (address) => !state.state.instances.some((instance) => instance.address === address),
  );
  if (unknown.length > 0) throw new Error(`${name} has no ${unknown.join(', ')}`);
  const instances = state.state.instances.map((instance) => ({
    ...instance,
    attributes: { ...instance.attributes, ...attributes[instance.address] },
  }));
  return {
    ...environment,
    binding,
    state: { ...state, state: { ...state.state, instances } },
    ...changes.environments?.[name],
  };
}

/** The attributes of a resource of an environment's state. */
export function attributesAt({ environment }: Deployed, address: string): Readonly<Record<string, string>> {
  const found = environment.state?.state.instances.find((instance) => instance.address === address);
  if (found === undefined) throw new Error(`there is no ${address}`);
  return found.attributes as Readonly<Record<string, string>>;
}
