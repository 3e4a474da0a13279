import { MhtctlError } from './errors.js';
import {
  type ChangeAction,
  canonicalJson,
  type Json,
  type OutputChange,
  type Plan,
  type ResourceChange,
  type UnchangedResource,
} from './plan.js';

/** Attribute names that a reason lists before it counts the rest. */
const MOST_NAMES = 4;

type JsonObject = { readonly [key: string]: Json };

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * Reads the document that `terraform show -json` prints for a saved plan.
 * Fails (exit 5, `PlanUnreadable`) on another format's major version or an errored plan.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export function parsePlanJson(document: unknown): Plan {
  const root = objectOf(document);
  const version = textOf(root['format_version']);
  if (version === undefined || !version.startsWith('1.')) {
    throw new MhtctlError({
      code: 'PlanUnreadable',
      outcome: 'toolFailed',
      message: `the plan has format version ${JSON.stringify(root['format_version'] ?? null)}; mhtctl reads 1.x`,
      nextSteps: ['mhtctl doctor'],
    });
  }
  if (root['errored'] === true) {
    throw new MhtctlError({
      code: 'PlanErrored',
      outcome: 'toolFailed',
      message: 'the plan is incomplete: Terraform failed while it made it',
      nextSteps: ['mend what Terraform reported, then plan again'],
    });
  }
  const variable = (name: string) => textOf(objectOf(objectOf(root['variables'])[name])['value']);
  return {
    environment: variable('environment'),
    region: variable('aws_region'),
    terraformVersion: textOf(root['terraform_version']) ?? '',
    changes: listOf(root['resource_changes']).flatMap((entry) => {
      const change = resourceChange(objectOf(entry));
      return change === undefined ? [] : [change];
    }),
    unchanged: listOf(root['resource_changes']).flatMap((entry) => unchangedResource(objectOf(entry))),
    outputChanges: outputChanges(objectOf(root['output_changes'])),
    drift: listOf(root['resource_drift']).flatMap((entry) => resourceChange(objectOf(entry)) ?? []),
  };
}

function resourceChange(entry: JsonObject): ResourceChange | undefined {
  const change = objectOf(entry['change']);
  const actions = listOf(change['actions']) as readonly ChangeAction[];
  const previousAddress = textOf(entry['previous_address']);
  const importId = textOf(objectOf(change['importing'])['id']);
  // A data source that is read during the apply changes nothing.
  if (entry['mode'] === 'data') return undefined;
  if (actions.every((action) => action === 'no-op') && previousAddress === undefined && importId === undefined) {
    return undefined;
  }
  const before = change['before'] ?? null;
  const after = change['after'] ?? null;
  return {
    address: textOf(entry['address']) ?? '',
    type: textOf(entry['type']) ?? '',
    actions,
    before,
    after,
    afterUnknown: change['after_unknown'] ?? {},
    beforeSensitive: change['before_sensitive'] ?? false,
    afterSensitive: change['after_sensitive'] ?? false,
    reasons: reasonsOf(entry, change, before, after),
    previousAddress,
    importId,
  };
}

function unchangedResource(entry: JsonObject): readonly UnchangedResource[] {
  if (entry['mode'] === 'data' || resourceChange(entry) !== undefined) return [];
  const attributes = objectOf(objectOf(entry['change'])['after']);
  return [{ address: textOf(entry['address']) ?? '', type: textOf(entry['type']) ?? '', attributes }];
}

function reasonsOf(entry: JsonObject, change: JsonObject, before: Json, after: Json): readonly string[] {
  const reasons: string[] = [];
  const reason = textOf(entry['action_reason']);
  const replacePaths = listOf(change['replace_paths']).map((path) => listOf(path).join('.'));
  if (replacePaths.length > 0) reasons.push(`${replacePaths.join(', ')} cannot be changed in place`);
  else if (reason !== undefined) reasons.push(reason.replaceAll('_', ' '));
  if (isObject(before) && isObject(after)) {
    const unknown = objectOf(change['after_unknown']);
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (name) => name !== 'tags_all' && unknown[name] !== true && !sameValue(before[name], after[name]),
    );
    if (names.length > 0) reasons.push(`changes ${few(names.sort())}`);
  }
  const importId = textOf(objectOf(change['importing'])['id']);
  if (importId !== undefined) reasons.push(`imported from ${importId}`);
  const moved = textOf(entry['previous_address']);
  if (moved !== undefined) reasons.push(`moved from ${moved}`);
  return reasons;
}

/**
 * Whether two values of an attribute mean the same. Providers write "not set" as null, or as something empty; going from
 * one to the other is no change.
 */
export function sameValue(left: Json | undefined, right: Json | undefined): boolean {
  return (isEmpty(left) && isEmpty(right)) || canonicalJson(left) === canonicalJson(right);
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Names the first few of many: the plan itself has them all. */
function few(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : names.join(', ');
}

function outputChanges(entries: JsonObject): readonly OutputChange[] {
  return Object.entries(entries)
    .map(([name, entry]) => {
      const change = objectOf(entry);
      const actions = listOf(change['actions']) as readonly ChangeAction[];
      return { name, actions, after: change['after'] ?? null, sensitive: change['after_sensitive'] === true };
    })
    .filter(({ actions }) => actions.some((action) => action !== 'no-op'));
}
