import type { Binding } from '../environment.js';
import { namesEnvironment } from '../foreign-names.js';
import { carriesName } from '../physical-name.js';
import type { Evidence } from './evidence.js';

/** An environment by what names it. */
interface Named {
  readonly name: string;
  readonly project: string | undefined;
  /** Whether the project's name carries an environment's: then it says nothing of whose a text is. */
  readonly misleading: boolean;
  /** Texts of which one must occur for a closer look to be worth while: most texts name nobody. */
  readonly marks: readonly string[];
  /** The binding without what another environment has as well: that names neither. */
  readonly distinctive: Binding;
}

const known = new WeakMap<readonly Binding[], readonly Named[]>();
const bindingsKnown = new WeakMap<Evidence['environments'], readonly Binding[]>();

/** The bindings of the environments, always the same list for the same evidence. */
export function bindingsOf({ environments }: Pick<Evidence, 'environments'>): readonly Binding[] {
  const bindings = bindingsKnown.get(environments) ?? environments.map(({ binding }) => binding);
  bindingsKnown.set(environments, bindings);
  return bindings;
}

/**
 * The environments that a text names, longest name first, so that "staging-eu" is not taken for "staging" too.
 * @param as `own`: as a resource's own name, which carries the project's as well; `reference`: anywhere in a text,
 * also by its state bucket, its lock table or its DNS name
 */
export function environmentsNamed(
  text: string,
  bindings: readonly Binding[],
  as: 'own' | 'reference',
): readonly string[] {
  const found: string[] = [];
  let rest = text;
  for (const { name, project, misleading, marks, distinctive } of namedOf(bindings)) {
    if (!marks.some((mark) => rest.includes(mark))) continue;
    if (misleading) rest = rest.replaceAll(project ?? '', '');
    const named =
      as === 'own'
        ? carriesName(rest, name) && (project === undefined || text.includes(project))
        : namesEnvironment(rest, distinctive);
    if (!named) continue;
    found.push(name);
    rest = rest.replaceAll(name, '');
  }
  return found;
}

/** The word of a text that names an environment. */
export function wordThatNames(text: string, environment: string, bindings: readonly Binding[]): string {
  return wordThat(text, (word) => environmentsNamed(word, bindings, 'reference').includes(environment));
}

/**
 * The first word of a text that is looked for. The rest is not to be shown: it may be a secret, and so is who somebody is
 * asked as, and with what password.
 */
export function wordThat(text: string, isMeant: (word: string) => boolean): string {
  const words = text
    .replace(/(?<=:\/\/)[^/@\s]*@/g, '')
    .split(/[^A-Za-z0-9_./:@-]+/)
    .map((word) => word.slice(word.lastIndexOf('@') + 1));
  return words.find(isMeant) ?? words[0] ?? '';
}

function namedOf(bindings: readonly Binding[]): readonly Named[] {
  const before = known.get(bindings);
  if (before !== undefined) return before;
  const named = [...bindings]
    .sort((left, right) => right.name.length - left.name.length)
    .map((binding): Named => {
      const distinctive = withoutShared(binding, bindings);
      const { backend, variables } = distinctive;
      const { project_name: project } = binding.variables;
      const marks = [binding.name, backend.bucket, backend.lockTable, variables['dns_name']];
      return {
        name: binding.name,
        project: typeof project === 'string' ? project : undefined,
        misleading: typeof project === 'string' && bindings.some(({ name }) => carriesName(project, name)),
        marks: marks.filter((mark): mark is string => typeof mark === 'string' && mark !== ''),
        distinctive,
      };
    });
  known.set(bindings, named);
  return named;
}

function withoutShared(binding: Binding, bindings: readonly Binding[]): Binding {
  const others = bindings.filter(({ name }) => name !== binding.name);
  const { bucket, lockTable } = binding.backend;
  const dnsName = binding.variables['dns_name'] ?? null;
  return {
    ...binding,
    backend: {
      ...binding.backend,
      bucket: others.some(({ backend }) => backend.bucket === bucket) ? '' : bucket,
      lockTable: others.some(({ backend }) => backend.lockTable === lockTable) ? undefined : lockTable,
    },
    variables: {
      ...binding.variables,
      dns_name: others.some(({ variables }) => variables['dns_name'] === dnsName) ? null : dnsName,
    },
  };
}

/** The environment whose DNS name a name is, or is below; the longest where one is below another. */
export function environmentOfDnsName(name: string, bindings: readonly Binding[]): string | undefined {
  const lower = name.toLowerCase();
  const found = namedOf(bindings)
    .map(({ name: environment, distinctive }) => [environment, distinctive.variables['dns_name']] as const)
    .filter(([, dns]) => typeof dns === 'string' && dns !== '' && isBelow(lower, dns.toLowerCase()))
    .sort(([, left], [, right]) => String(right).length - String(left).length);
  return found[0]?.[0];
}

function isBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
