import type { Binding } from '../../environment.js';
import type { PolicyFact } from '../facts.js';
import type { Ownership } from '../ownership.js';
import type { OpenQuestion, RuleInput } from '../rule.js';
import { actingFor, type Way } from './acting.js';
import { actionPattern } from './actions.js';
import { Assuming } from './assuming.js';
import { meaningOf, type PolicyDocument, parsePolicy, type Statement, statementText } from './document.js';
import { type Estate, estatesOf } from './estate.js';
import { type FederatedIdentity, federatedIdentities } from './federated.js';
import { type Granted, type Grantee, isDenied } from './granted.js';
import { grantTo } from './grants.js';
import { KeyAliases } from './key-aliases.js';
import { KnownTags } from './known-tags.js';
import { Limits } from './limits.js';
import { leadOf, type Mention, mentionsIn, nameIn } from './mentions.js';
import { add, addOnce } from './multimap.js';
import { callerOf, callersIn } from './principals.js';
import { type Actor, areApart, type KnownResources, type Lead, reachOf, targetOf } from './reach.js';
import type { ReadPolicy } from './read-policy.js';
import { requestBy } from './request.js';
import { resolveText } from './variables.js';

/** A statement of one environment's policy that leads to another. */
export interface PolicyLead extends Lead {
  readonly environment: string;
  readonly other: string;
  /** Canonical identifier of what the policy is attached to. */
  readonly holder: string;
  /** As the first source writes it. */
  readonly label: string;
  /** How the environment acts as the holder, where that is nobody's: what leads to it, in order. */
  readonly way: readonly string[];
  /** The policies that hold the statement, as the state and AWS tell them, with the words of each. */
  readonly told: readonly { readonly policy: PolicyFact; readonly statement: string }[];
}

/** Judges every policy of every environment against every other environment. */
export class PolicyAnalysis {
  readonly #ownership: Ownership;
  readonly #bindings: readonly Binding[];
  readonly #estates: ReadonlyMap<string, Estate>;
  readonly #grantees: ReadonlyMap<string, Grantee>;
  readonly #policies: readonly ReadPolicy[];
  readonly #byHolder = new Map<string, ReadPolicy[]>();
  /** Managed policies by whom they are attached to, and the other way round. */
  readonly #attached = new Map<string, Set<string>>();
  readonly #attachedTo = new Map<string, Set<string>>();
  /** How environments act as principals of nobody's, by the principal and the environment. */
  readonly #actingFor: ReadonlyMap<string, ReadonlyMap<string, Way>>;
  readonly #limits = new Map<string, Limits>();
  readonly #tags: KnownTags;
  readonly #known: KnownResources;

  constructor({ evidence, ownership }: Pick<RuleInput, 'evidence' | 'ownership'>) {
    this.#ownership = ownership;
    this.#tags = new KnownTags(ownership);
    this.#known = { tags: this.#tags, aliases: new KeyAliases(evidence, ownership) };
    this.#bindings = evidence.environments.map(({ binding }) => binding);
    this.#estates = estatesOf(evidence, ownership);
    // Many have the same of AWS's policies, and some of these are long.
    const documents = new Map<string, PolicyDocument>();
    this.#policies = evidence.facts.policies.map((fact) => {
      const document = documents.get(fact.document) ?? parsePolicy(fact.document);
      documents.set(fact.document, document);
      return { fact, document };
    });
    for (const policy of this.#policies) add(this.#byHolder, ownership.resolve(policy.fact.holder), policy);
    for (const { kind, from, to } of evidence.facts.relations) {
      if (kind !== 'service-role' || !isManagedPolicy(to)) continue;
      const [principal, policy] = [ownership.resolve(from), ownership.resolve(to)];
      addOnce(this.#attached, principal, policy);
      addOnce(this.#attachedTo, policy, principal);
    }
    const assuming = new Assuming({
      ownership,
      known: this.#known,
      policiesOf: (principal) => this.#policiesOf(principal),
      limitsOf: (principal, source) => this.#limitsOf(principal, source),
    });
    this.#actingFor = actingFor(evidence, ownership, this.#estates, assuming);
    this.#grantees = new Map(
      [...this.#estates].map(([name, estate]) => [
        name,
        { estate, callers: once(() => callersIn(estate, this.#tags)), federated: this.#federatedOf(name) },
      ]),
    );
  }

  /** Every lead once: what the state and AWS tell alike is one, and so is a managed policy with those it is attached to. */
  leads(): readonly PolicyLead[] {
    const found = new Map<string, PolicyLead>();
    const managed = this.#policies.filter(({ fact }) => isManagedPolicy(fact.holder));
    const managedLast = [...this.#policies.filter(({ fact }) => !isManagedPolicy(fact.holder)), ...managed];
    for (const { fact, document } of managedLast) {
      const holder = this.#ownership.resolve(fact.holder);
      const pairs = this.#holdersOf(fact).flatMap((owners) => [...this.#pairs(owners)]);
      if (pairs.length === 0) continue;
      for (const statement of document.statements) {
        if (statement.effect === 'Deny') continue;
        for (const [own, other] of pairs) {
          const lead = this.#lead(fact, holder, statement, own, other);
          if (lead === undefined) continue;
          const [environment, name] = [own.name, other.estate.name];
          const meaning = meaningOf(statement);
          const keys = this.#holdersAt(holder).map((each) => [each, fact.kind, meaning, environment, name].join('\0'));
          const key = keys.find((each) => found.has(each)) ?? keys[0] ?? '';
          const known = found.get(key) ?? {
            ...lead,
            environment,
            other: name,
            holder,
            label: statement.label,
            way: this.#wayTo(holder, environment),
            told: [],
          };
          found.set(key, { ...known, told: [...known.told, { policy: fact, statement: statementText(statement) }] });
        }
      }
    }
    return [...found.values()];
  }

  /** Policies that cannot be read, and principals that cannot be told. */
  openQuestions(): readonly OpenQuestion[] {
    const questions = new Map<string, OpenQuestion>();
    for (const { fact, document } of this.#policies) {
      const owners = this.#holdersOf(fact).flatMap((each) => [...each]);
      const [owner] = owners;
      if (owner === undefined) continue;
      const resource = this.#ownership.describe(fact.holder, owner);
      const ask = (reason: string): void => {
        questions.set(`${resource}\0${reason}`, { environments: owners, resource, reason });
      };
      if (document.problem !== undefined) ask(`its ${fact.name} cannot be read: ${document.problem}`);
      const user = this.#canonicalUser(document, owner);
      if (user !== undefined)
        ask(`its ${fact.name} admits the canonical user ${user}, which does not tell its account`);
    }
    return [...questions.values()];
  }

  /**
   * Whose a policy is: its holder's, together where the holder is of several. What a principal of nobody's may do, those may
   * that act as it, each by itself; those that begin with the same of nobody's have it together, which is found by itself.
   */
  #holdersOf({ kind, holder: written }: PolicyFact): readonly ReadonlySet<string>[] {
    const holder = this.#ownership.resolve(written);
    const owners = this.#ownership.ownersOf(holder);
    if (owners.size > 0) return [owners];
    if (kind !== 'identity') return [];
    const found = new Map<string, Set<string>>();
    for (const principal of this.#holdersAt(holder)) {
      for (const [name, { entry }] of this.#actingFor.get(principal) ?? []) addOnce(found, entry ?? `\0${name}`, name);
    }
    return [...found.values()];
  }

  /** What leads from something of an environment's to what has a policy; nothing where that is the environment's own. */
  #wayTo(holder: string, environment: string): readonly string[] {
    const ways = this.#holdersAt(holder).map((principal) => this.#actingFor.get(principal)?.get(environment)?.by);
    return ways.find((by) => by !== undefined) ?? [];
  }

  /** Who has a policy by what it is kept at: that itself, or all whom it is attached to. */
  #holdersAt(holder: string): readonly string[] {
    return [holder, ...(this.#attachedTo.get(holder) ?? [])];
  }

  /** A canonical user stands for an account. Where all environments share one, it is theirs or nobody's. */
  #canonicalUser({ statements }: PolicyDocument, owner: string): string | undefined {
    const own = this.#estates.get(owner);
    if (own === undefined || ![...this.#estates.values()].some((other) => areApart(own, other))) return undefined;
    return statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ principals }) => principals?.values ?? [])
      .find(({ type }) => type === 'CanonicalUser')?.value;
  }

  *#pairs(owners: ReadonlySet<string>): Generator<readonly [Estate, Grantee]> {
    for (const owner of owners) {
      const own = this.#estates.get(owner);
      if (own === undefined) continue;
      for (const [name, other] of this.#grantees) if (!owners.has(name)) yield [own, other];
    }
  }

  #lead(fact: PolicyFact, holder: string, statement: Statement, own: Estate, other: Grantee): Lead | undefined {
    switch (fact.kind) {
      case 'identity': {
        const actors = this.#actors(fact, holder, own);
        for (const actor of actors) {
          const lead = reachOf(statement, actor, other.estate, this.#known);
          if (lead !== undefined) return lead;
        }
        return this.#mention(statement, own, other.estate, (mention) =>
          actors.every((actor) => this.#isForbidden(statement, mention, actor, other.estate)),
        );
      }
      case 'resource':
      case 'trust':
      case 'grant': {
        const granted = this.#granted(fact, holder, own);
        return (
          grantTo(statement, granted, other, { ownership: this.#ownership, tags: this.#tags }) ??
          this.#mention(statement, own, other.estate, (mention) => this.#isDenied(statement, mention, granted, other))
        );
      }
      // These bound what others allow, and allow nothing by themselves.
      case 'boundary':
      case 'endpoint':
        return this.#mention(statement, own, other.estate, () => false);
    }
  }

  #mention(
    statement: Statement,
    own: Estate,
    other: Estate,
    isOutOfReach: (mention: Mention) => boolean,
  ): Lead | undefined {
    const known = { ownership: this.#ownership, bindings: this.#bindings };
    for (const mention of mentionsIn(statement)) {
      const how = nameIn(mention.text, own, other, known);
      if (how !== undefined && !isOutOfReach(mention)) return leadOf(statement, mention, how);
    }
    return undefined;
  }

  #isDenied(statement: Statement, { part, text }: Mention, granted: Granted, other: Grantee): boolean {
    if (part !== 'Principal') return false;
    const caller = callerOf(this.#ownership.resolve(text), other.estate, this.#tags);
    return isDenied(statement, granted, caller, text, requestBy(caller, granted.target));
  }

  /** Whether a resource that a statement names is out of reach, whether it exists or not, for all that is allowed. */
  #isForbidden(statement: Statement, { part, text }: Mention, { caller, limits }: Actor, other: Estate): boolean {
    if (part !== 'Resource' || statement.actions.negated) return false;
    const request = requestBy(caller, targetOf(text, other, this.#known));
    const pattern = resolveText(text, statement, request, true)?.pattern;
    if (pattern === undefined) return false;
    return statement.actions.values.every((action) => limits().forbid(actionPattern(action), [pattern], request));
  }

  /** Whoever acts by an identity policy: its holder, or those of its environment whom a managed policy is attached to. */
  #actors(fact: PolicyFact, holder: string, estate: Estate): readonly Actor[] {
    const isOwn = this.#ownership.ownersOf(holder).size > 0;
    const attached = [...(this.#attachedTo.get(holder) ?? [])].filter((principal) => {
      const owners = this.#ownership.ownersOf(principal);
      if (owners.size > 0) return owners.has(estate.name);
      return isOwn || this.#actingFor.get(principal)?.has(estate.name) === true;
    });
    return (attached.length === 0 ? [holder] : attached).map((principal) => ({
      caller: callerOf(principal, estate, this.#tags),
      limits: once(() => this.#limitsOf(principal, fact.source)),
      estate,
    }));
  }

  /**
   * What limits a principal. What AWS allows now is limited only by what AWS says now; what the state allows, by all that
   * is known.
   */
  #limitsOf(principal: string, source: PolicyFact['source']): Limits {
    const key = `${source}\0${principal}`;
    const known = this.#limits.get(key);
    if (known !== undefined) return known;
    const policies = this.#policiesOf(principal).filter(({ fact }) => source === 'state' || fact.source === 'aws');
    const of = (kind: PolicyFact['kind']): readonly PolicyDocument[] =>
      policies.filter(({ fact }) => fact.kind === kind).map(({ document }) => document);
    const limits = new Limits(of('identity'), of('boundary'));
    this.#limits.set(key, limits);
    return limits;
  }

  /** Its own, and those that are attached to it. */
  #policiesOf(principal: string): readonly ReadPolicy[] {
    return [principal, ...(this.#attached.get(principal) ?? [])].flatMap((holder) => this.#byHolder.get(holder) ?? []);
  }

  #granted(fact: PolicyFact, holder: string, estate: Estate): Granted {
    return {
      estate,
      target: targetOf(holder, estate, this.#known),
      denials: once(() =>
        (this.#byHolder.get(holder) ?? [])
          .filter(
            (policy) => policy.fact.kind === fact.kind && (fact.source === 'state' || policy.fact.source === 'aws'),
          )
          .flatMap(({ document }) => document.statements)
          .filter(({ effect }) => effect === 'Deny'),
      ),
    };
  }

  #federatedOf(environment: string): readonly FederatedIdentity[] {
    return this.#policies
      .filter(({ fact }) => fact.kind === 'trust' && this.#ownership.ownersOf(fact.holder).has(environment))
      .flatMap(({ document }) => document.statements)
      .flatMap((statement) => federatedIdentities(statement, environment, this.#bindings));
  }
}

function isManagedPolicy(identifier: string): boolean {
  return /^arn:[^:]+:iam::[^:]*:policy\//.test(identifier);
}

/** Computes something when it is first asked for. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
