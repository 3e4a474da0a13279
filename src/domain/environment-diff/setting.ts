import { written } from '../binding/invalid-configuration.js';
import type { HclValue } from '../hcl-value.js';

/** Where a value comes from: the environment's own file, a default, or nowhere. */
export type ValueSource = 'file' | 'default' | 'none';

/** What one environment has for a setting. */
export interface SettingValue {
  /** Undefined where it is not set, or where {@link expression} would have to be evaluated. */
  readonly value: HclValue | undefined;
  /** A default as it is written, where it is no literal. */
  readonly expression: string | undefined;
  readonly source: ValueSource;
}

/**
 * How the two values of a setting relate. `byName`: they are the same but for the environments' own names in them, as
 * two environments have to differ.
 */
export type SettingRelation = 'same' | 'byName' | 'different';

/** A setting of two environments side by side. */
export interface ComparedSetting {
  /** The way to it: `sqs_queue_configurations.feedback.max_receive_count`. */
  readonly path: readonly string[];
  readonly own: SettingValue;
  readonly other: SettingValue;
  readonly relation: SettingRelation;
  /** Whether its values may not be shown. */
  readonly sensitive: boolean;
}

/** The names of the two environments, own first. */
export type EnvironmentNames = readonly [own: string, other: string];

/** Nothing is set. */
export const NOT_SET: SettingValue = { value: undefined, expression: undefined, source: 'none' };

/** Compares a setting; objects attribute by attribute, lists as wholes. */
export function compareSetting(
  path: readonly string[],
  own: SettingValue,
  other: SettingValue,
  names: EnvironmentNames,
  sensitive = false,
): readonly ComparedSetting[] {
  const [one, two] = [membersOf(own), membersOf(other)];
  // A sensitive object is one secret: even what its attributes are called may be.
  if (sensitive || one === undefined || two === undefined || (own.source === 'none' && other.source === 'none')) {
    return [{ path, own, other, sensitive, relation: relationOf(own, other, names) }];
  }
  const keys = [...new Set([...Object.keys(one), ...Object.keys(two)])];
  if (keys.length === 0) return [{ path, own, other, sensitive, relation: 'same' }];
  return keys.flatMap((key) =>
    compareSetting([...path, key], memberOf(own, one, key), memberOf(other, two, key), names, sensitive),
  );
}

type Members = { readonly [key: string]: HclValue };

/** The attributes of an object; none for what is not set, so that it stands beside an object; undefined for others. */
function membersOf({ value, source }: SettingValue): Members | undefined {
  if (source === 'none') return {};
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return value as Members;
}

function memberOf({ source }: SettingValue, members: Members, key: string): SettingValue {
  return Object.hasOwn(members, key) ? { value: members[key], expression: undefined, source } : NOT_SET;
}

function relationOf(own: SettingValue, other: SettingValue, [ownName, otherName]: EnvironmentNames): SettingRelation {
  const [one, two] = [textOf(own), textOf(other)];
  if (one === two) return 'same';
  if (one === undefined || two === undefined) return 'different';
  return withoutName(one, ownName) === withoutName(two, otherName) ? 'byName' : 'different';
}

/** A text in which the environment's name, where it stands as a word, is left open. */
export function withoutName(text: string, name: string): string {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return text.replace(new RegExp(`(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])`, 'g'), '\u0000');
}

/** A value as HCL writes it, whatever the order of its attributes; undefined where it is not set. */
function textOf({ value, expression }: SettingValue): string | undefined {
  return value === undefined ? expression : written(sorted(value));
}

function sorted(value: HclValue): HclValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value as Members).sort(([one], [two]) => (one < two ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]));
}
