import type { Json } from '../plan.js';

/**
 * The non-empty texts at a path, through objects, lists and texts that are JSON.
 * @param path as in `rule.destination.bucket` or `ingress[action=allow].cidr_block`
 */
export function textsAt(value: Json | undefined, path: string): readonly string[] {
  return walk(value, stepsOf(path), 0).flatMap((found) => (typeof found === 'string' && found !== '' ? [found] : []));
}

/** Like {@link textsAt}, except that a document is one text, however it is written. */
export function documentsAt(value: Json | undefined, path: string): readonly string[] {
  return walk(value, stepsOf(path), 0).flatMap((found) => {
    if (typeof found === 'string') return found === '' ? [] : [found];
    return found === null ? [] : [JSON.stringify(found)];
  });
}

/** A step of a path: an attribute, or a condition on the block that the path has come to. */
type Step = { readonly attribute: string } | { readonly attribute: undefined; readonly is: readonly [string, string] };

const stepsKnown = new Map<string, readonly Step[]>();

function stepsOf(path: string): readonly Step[] {
  const before = stepsKnown.get(path);
  if (before !== undefined) return before;
  const steps = [...path.matchAll(/\[(\w+)=(\w+)\]|[^.[]+/g)].map(
    ([text, field, wanted]): Step =>
      field === undefined || wanted === undefined ? { attribute: text } : { attribute: undefined, is: [field, wanted] },
  );
  stepsKnown.set(path, steps);
  return steps;
}

const NOTHING: readonly Json[] = [];

function walk(value: Json | undefined, steps: readonly Step[], at: number): readonly Json[] {
  if (value === undefined || value === null) return NOTHING;
  if (Array.isArray(value)) return value.flatMap((item: Json) => walk(item, steps, at));
  const step = steps[at];
  if (step === undefined) return [value];
  if (typeof value === 'string') return value.trimStart().startsWith('{') ? walk(parsed(value), steps, at) : NOTHING;
  if (typeof value !== 'object') return NOTHING;
  const fields = value as { readonly [key: string]: Json };
  if (step.attribute !== undefined)
    return Object.hasOwn(fields, step.attribute) ? walk(fields[step.attribute], steps, at + 1) : NOTHING;
  return String(fields[step.is[0]]) === step.is[1] ? walk(value, steps, at + 1) : NOTHING;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
