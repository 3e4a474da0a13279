import type { Binding } from '../environment.js';
import type { HclValue, SourceLocation } from '../hcl-value.js';
import { type ChangeKind, canonicalJson, changeKind, type Json, type Plan, type ResourceChange } from '../plan.js';

/** One way in which the configuration is not what is live. */
export interface Difference {
  readonly address: string;
  /** What an apply would do to the resource because of it. */
  readonly kind: ChangeKind;
  /** The attribute that differs, like `versioning_configuration[0].status`; null where the whole resource does. */
  readonly attribute: string | null;
  /** What is live, as JSON; null where it is not there or is sensitive. */
  readonly live: string | null;
  /** What the configuration says, as JSON; null where it says nothing, or it is sensitive. */
  readonly configured: string | null;
  /** What would make it agree. */
  readonly fix: string;
}

/** Where things are written, to say where to correct them. */
export interface Written {
  readonly variables: Binding['variableSources'];
  /** The place of a resource's block; null where that is not known. */
  readonly location: (address: string) => SourceLocation | null;
}

/** Whether a plan only says where things are now: moves and imports, which change nothing in AWS. */
export function isAdoption({ changes }: Pick<Plan, 'changes'>): boolean {
  return changes.every(isHarmless);
}

function isHarmless(change: ResourceChange): boolean {
  return ['move', 'import', 'read'].includes(changeKind(change));
}

/** What keeps a plan from being a mere adoption, resource by resource. */
export function differencesIn({ changes }: Pick<Plan, 'changes'>, written: Written): readonly Difference[] {
  return changes.filter((change) => !isHarmless(change)).flatMap((change) => differencesOf(change, written));
}

function differencesOf(change: ResourceChange, written: Written): readonly Difference[] {
  const kind = changeKind(change);
  const whole = { address: change.address, kind, attribute: null, live: null, configured: null };
  const place = placeText(written.location(change.address));
  if (kind === 'create') {
    const fix = `it is in no state: if it exists, import it; if not, leave it out of the configuration${place} until the migration is done`;
    return [{ ...whole, fix }];
  }
  if (kind === 'delete' || kind === 'forget') {
    return [{ ...whole, fix: 'it is live: write it into the configuration as it is, or move it by a moved block' }];
  }
  const paths = [...differing(change.before, change.after, change.afterUnknown, '')];
  const sensitive = (path: string) => isTrueAt(change.beforeSensitive, path) || isTrueAt(change.afterSensitive, path);
  const shown = paths.length > 0 ? paths : [['', null, null] as const];
  return shown.map(([path, live, configured]) => {
    const hidden = sensitive(path);
    const text = (value: Json) => (hidden || value === null ? null : canonicalJson(value));
    return {
      address: change.address,
      kind,
      attribute: path === '' ? null : path,
      live: text(live),
      configured: text(configured),
      fix: fixOf(path, live, configured, hidden, place, written.variables),
    };
  });
}

type Differing = readonly [path: string, live: Json, configured: Json];

/** The leaves that differ. `tags_all` only repeats tags; what is known only after the apply differs in no way yet. */
function* differing(live: Json, configured: Json, unknown: Json, path: string): Generator<Differing> {
  if (unknown === true || path === 'tags_all' || sameValue(live, configured)) return;
  if (isObject(live) && isObject(configured)) {
    for (const key of new Set([...Object.keys(live), ...Object.keys(configured)])) {
      const inner = path === '' ? key : `${path}.${key}`;
      yield* differing(live[key] ?? null, configured[key] ?? null, at(unknown, key), inner);
    }
  } else if (Array.isArray(live) && Array.isArray(configured) && live.length === configured.length) {
    for (const [index, item] of live.entries())
      yield* differing(item, configured[index] ?? null, at(unknown, index), `${path}[${index}]`);
  } else yield [path, live, configured];
}

function sameValue(left: Json, right: Json): boolean {
  return (isEmpty(left) && isEmpty(right)) || canonicalJson(left) === canonicalJson(right);
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

type Fields = { readonly [key: string]: Json };

function isObject(value: Json): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function at(value: Json, key: string | number): Json {
  return value !== null && typeof value === 'object' ? ((value as Fields)[key] ?? false) : false;
}

/** Whether a mirror of a value says `true` at a path or above it. */
function isTrueAt(mirror: Json, path: string): boolean {
  let value: Json = mirror;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (value === true) return true;
    value = at(value, key);
  }
  return value === true;
}

function fixOf(
  path: string,
  live: Json,
  configured: Json,
  hidden: boolean,
  place: string,
  variables: Written['variables'],
): string {
  if (path === '') return `make the configuration${place} say what is live`;
  const name =
    path
      .split('.')
      .at(-1)
      ?.replace(/\[\d+\]$/, '') ?? path;
  if (hidden) return `give ${path} the value that is live${place}`;
  const sources = isEmpty(configured) ? [] : variablesSaying(name, configured, variables);
  const [only] = sources;
  const value = live === null ? 'null (leave it out)' : canonicalJson(live);
  return only !== undefined && sources.length === 1
    ? `set ${only.name} = ${value} at ${only.location.file}:${only.location.line}`
    : `set ${path} to ${value}${place}`;
}

interface VariableSource {
  readonly name: string;
  readonly location: SourceLocation;
}

/** Values of the environment's files that have this name and value, by which the configuration says what it says. */
function variablesSaying(name: string, value: Json, variables: Written['variables']): readonly VariableSource[] {
  return Object.values(variables).flatMap((attribute) =>
    [...leaves(attribute.value, attribute.name)]
      .filter(([path, leaf]) => path.split('.').at(-1) === name && canonicalJson(leaf) === canonicalJson(value))
      .map(([path]) => ({ name: path, location: attribute.location })),
  );
}

function* leaves(value: HclValue, path: string): Generator<readonly [path: string, value: HclValue]> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner as HclValue, `${path}.${key}`);
  } else yield [path, value];
}

function placeText(location: SourceLocation | null): string {
  return location === null ? '' : ` (${location.file}:${location.line})`;
}
