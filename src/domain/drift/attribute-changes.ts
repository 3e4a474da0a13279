import type { Json } from '../plan.js';
import { sameValue } from '../plan-json.js';

/** Stands for every sensitive value. */
export const SENSITIVE = '(sensitive)';

/** A change of one attribute, or of one part of it. */
export interface AttributeChange {
  /** As Terraform writes it: `tags.Owner`, `versioning[0].enabled`, `tags["a.b"]`. */
  readonly path: string;
  /** Null where there is none. */
  readonly before: Json;
  readonly after: Json;
}

/** The values of a resource before and after, with what Terraform marks in them. */
export interface Values {
  readonly before: Json;
  readonly after: Json;
  /** Mirror the values: `true` where one is sensitive. */
  readonly beforeSensitive: Json;
  readonly afterSensitive: Json;
  /** Mirrors {@link after}: `true` where the value is not known. Such an attribute counts as unchanged. */
  readonly afterUnknown: Json;
}

type JsonObject = { readonly [key: string]: Json };

/**
 * What differs, part by part: objects go down to their keys, a block that is there once to its attributes. Other lists
 * are compared whole: most of them are sets, whose places say nothing. Sensitive values are replaced.
 */
export function attributeChanges(values: Values, path = ''): readonly AttributeChange[] {
  const { before, after } = values;
  if (values.afterUnknown === true || sameValue(before, after)) return [];
  if (values.beforeSensitive === true || values.afterSensitive === true) {
    return [{ path, before: before === null ? null : SENSITIVE, after: after === null ? null : SENSITIVE }];
  }
  if ((isObject(before) && isObjectOrNone(after)) || (isObjectOrNone(before) && isObject(after))) {
    const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
    return keys.flatMap((key) => attributeChanges(partOf(values, key), step(path, key)));
  }
  if (isSingle(before) && isSingle(after)) return attributeChanges(partOf(values, 0), `${path}[0]`);
  return [{ path, ...masked(values) }];
}

const isObject = (value: Json): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isObjectOrNone = (value: Json): value is JsonObject | null => value === null || isObject(value);

/** A list with one block: Terraform writes a block that may stand once like this. */
const isSingle = (value: Json): value is readonly [JsonObject] =>
  Array.isArray(value) && value.length === 1 && isObject(value[0] as Json);

function partOf(values: Values, key: string | number): Values {
  const part = (value: Json): Json => valueAt(value, key) ?? null;
  // What is marked as a whole is marked in each of its parts.
  const mark = (value: Json): Json => (value === true ? true : (valueAt(value, key) ?? false));
  return {
    before: part(values.before),
    after: part(values.after),
    beforeSensitive: mark(values.beforeSensitive),
    afterSensitive: mark(values.afterSensitive),
    afterUnknown: mark(values.afterUnknown),
  };
}

function valueAt(value: Json, key: string | number): Json | undefined {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string | number, Json>>)[key];
}

function step(path: string, key: string): string {
  if (path === '') return key;
  return /^[A-Za-z_][\w-]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/** Both values, without the sensitive parts that a list may hold. */
function masked({ before, after, beforeSensitive, afterSensitive }: Values): Pick<AttributeChange, 'before' | 'after'> {
  return { before: mask(before, beforeSensitive), after: mask(after, afterSensitive) };
}

function mask(value: Json, marks: Json): Json {
  if (marks === true) return SENSITIVE;
  if (Array.isArray(value)) return value.map((item, index) => mask(item, valueAt(marks, index) ?? false));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mask(item, valueAt(marks, key) ?? false)]),
  );
}
