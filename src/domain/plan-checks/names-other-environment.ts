import type { Binding } from '../environment.js';
import { carriesName } from '../physical-name.js';
import type { Json } from '../plan.js';
import type { PlanRule } from './rule.js';

/** What betrays an environment in a value: its name as a part of an identifier, its state, its address. */
interface Marks {
  readonly name: string;
  readonly exact: readonly string[];
}

function marksOf(other: Binding): Marks {
  const dnsName = other.variables['dns_name'];
  return {
    name: other.name,
    exact: [other.backend.bucket, other.backend.lockTable, dnsName].filter(
      (mark): mark is string => typeof mark === 'string' && mark !== '',
    ),
  };
}

/** Identifiers in a value: prose is split into words, so that a description may speak of another environment. */
function identifiers(text: string): readonly string[] {
  return text.split(/[^A-Za-z0-9_./:@-]+/).filter((token) => token !== '');
}

function names(text: string, marks: Marks): boolean {
  const tokens = identifiers(text);
  const prose = tokens.length > 1;
  return tokens.some((token) => {
    if (marks.exact.some((mark) => token === mark || token.endsWith(`/${mark}`) || token.endsWith(`:${mark}`)))
      return true;
    // In prose a lone word is not a reference; "mht-api-production-table" in the midst of it is.
    return prose && token === marks.name ? false : carriesName(token, marks.name);
  });
}

function* strings(value: Json, path: string): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* strings(item, `${path}[${index}]`);
  else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) yield* strings(item, path === '' ? key : `${path}.${key}`);
  }
}

/** A value of this environment that names another one is a bridge between the two. */
export const namesOtherEnvironment: PlanRule = {
  id: 'names-other-environment',
  title: 'nothing in the plan names another environment',
  check: ({ plan, binding, others }) =>
    plan.changes.flatMap((change) =>
      others.flatMap((other) => {
        const marks = marksOf(other);
        // The own name may contain the other's, as "staging-eu" does "staging": what is left without it is judged.
        const withoutOwnName = (text: string) =>
          carriesName(binding.name, other.name) ? text.replaceAll(binding.name, '') : text;
        const found = [...strings(change.after, '')].find(([, text]) => names(withoutOwnName(text), marks));
        if (found === undefined) return [];
        const [path, text] = found;
        const shown = text.length > 120 ? `${text.slice(0, 117)}...` : text;
        return [
          {
            severity: 'forbidden' as const,
            address: change.address,
            message: `${path} names "${other.name}": ${shown}`,
          },
        ];
      }),
    ),
};
