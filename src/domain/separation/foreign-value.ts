import type { Binding } from '../environment.js';
import { cidrContains, isCidr } from './cidr.js';
import { bindingsOf, environmentsNamed, wordThat } from './names.js';
import { ownerOfIdentifier } from './referred-to.js';
import type { RuleInput } from './rule.js';
import { dnsName } from './state-facts.js';

/** What a value in an environment's file means of another environment. */
export interface ForeignValue {
  readonly other: string;
  /** The part of the value that means it. The rest is not to be shown: it may be a secret. */
  readonly word: string;
}

type Input = Pick<RuleInput, 'evidence' | 'ownership'>;

/**
 * The other environment that a value in an environment's file means: by an ARN or an id of what is its own, by an address
 * in its network, or by one of its names, in whatever case people type it. Undefined where it means none.
 */
export function foreignValue(input: Input, environment: string, text: string): ForeignValue | undefined {
  const owner = ownerOfIdentifier(input, environment, text) ?? ownerOfAddress(input, environment, text);
  if (owner !== undefined) return owner === environment ? undefined : { other: owner, word: text };
  const bindings = inLowerCase(bindingsOf(input.evidence));
  const named = (part: string) =>
    environmentsNamed(part.toLowerCase(), bindings, 'reference').find((name) => name !== environment);
  const other = named(text);
  return other === undefined ? undefined : { other, word: wordThat(text, (word) => named(word) === other) };
}

/** Whose network an address or a block lies in: as the files have it, before they are deployed, and as it is now. */
function ownerOfAddress({ evidence, ownership }: Input, environment: string, text: string): string | undefined {
  if (!isCidr(text)) return undefined;
  const configured = bindingsOf(evidence)
    .filter(({ variables: { vpc_cidr: network } }) => typeof network === 'string' && cidrContains(network, text))
    .map(({ name }) => name);
  const owners = new Set([...configured, ...ownership.ownersOf(text)]);
  const [owner] = owners;
  return owners.has(environment) ? environment : owner;
}

const known = new WeakMap<readonly Binding[], readonly Binding[]>();

/** The bindings with what names them in lower case, as environments' names are. Always the same list for the same one. */
function inLowerCase(bindings: readonly Binding[]): readonly Binding[] {
  const before = known.get(bindings);
  if (before !== undefined) return before;
  const lowered = bindings.map((binding): Binding => {
    const { backend, variables } = binding;
    const { dns_name: dns = null, project_name: project = null } = variables;
    return {
      ...binding,
      backend: {
        ...backend,
        bucket: backend.bucket.toLowerCase(),
        lockTable: backend.lockTable?.toLowerCase(),
      },
      variables: {
        ...variables,
        ...(typeof dns === 'string' ? { dns_name: dnsName(dns.trim()) } : {}),
        ...(typeof project === 'string' ? { project_name: project.toLowerCase() } : {}),
      },
    };
  });
  known.set(bindings, lowered);
  return lowered;
}
