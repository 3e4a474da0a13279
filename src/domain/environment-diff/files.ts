import type { Backend, Binding, Policy } from '../environment.js';
import type { HclValue } from '../hcl-value.js';
import { type ComparedSetting, compareSetting, NOT_SET } from './setting.js';

/** Names that the files have for what is called otherwise here; the rest is the same in snake case. */
const WRITTEN: Readonly<Record<string, string>> = {
  costLimit: 'cost',
  lockTable: 'dynamodb_table',
};

/** The two backends side by side, by the names of the tfbackend file. */
export function compareBackends(own: Binding, other: Binding): readonly ComparedSetting[] {
  return compareFields(own.backend, other.backend, [own.name, other.name]);
}

/** The two policies side by side, by the names of `policy.hcl`; a default where it says nothing. */
export function comparePolicies(own: Binding, other: Binding): readonly ComparedSetting[] {
  return compareFields(own.policy, other.policy, [own.name, other.name]);
}

function compareFields(own: Backend | Policy, other: Backend | Policy, names: readonly [string, string]) {
  const [one, two] = [fieldsOf(own), fieldsOf(other)];
  return [...new Set([...Object.keys(one), ...Object.keys(two)])].flatMap((name) => {
    const [ownValue, otherValue] = [one[name], two[name]].map((value) =>
      value === undefined ? NOT_SET : ({ value, expression: undefined, source: 'file' } as const),
    );
    return compareSetting([name], ownValue ?? NOT_SET, otherValue ?? NOT_SET, names);
  });
}

/** What is set, by the names that are written. */
function fieldsOf(fields: object): Readonly<Record<string, HclValue>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]: [string, unknown]) => {
      if (value === undefined) return [];
      const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [[writtenName(name), nested ? fieldsOf(value) : (value as HclValue)]];
    }),
  );
}

function writtenName(name: string): string {
  return WRITTEN[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
