import { createHash } from 'node:crypto';

/** A JSON value as Terraform prints it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What Terraform will do to one resource, in the words of its plan format. */
export type ChangeAction = 'create' | 'read' | 'update' | 'delete' | 'forget' | 'no-op';

/**
 * One entry of `resource_changes`.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly ChangeAction[];
  readonly before: Json;
  readonly after: Json;
  /** Mirrors {@link after}: `true` where the value is known only after the apply. */
  readonly afterUnknown: Json;
  /** Mirrors {@link before} and {@link after}: `true` where a value is sensitive. */
  readonly beforeSensitive: Json;
  readonly afterSensitive: Json;
  /** Why, as short phrases: Terraform's own reason and the attributes that change or force replacement. */
  readonly reasons: readonly string[];
  readonly previousAddress: string | undefined;
  readonly importId: string | undefined;
}

/** One entry of `output_changes`. */
export interface OutputChange {
  readonly name: string;
  readonly actions: readonly ChangeAction[];
  readonly after: Json;
  readonly sensitive: boolean;
}

/** A resource that a plan leaves as it is. */
export interface UnchangedResource {
  readonly address: string;
  readonly type: string;
  readonly attributes: { readonly [name: string]: Json };
}

/** A plan, as far as mhtctl judges it. */
export interface Plan {
  /** Value of the plan's own `environment` variable; undefined when it has none. */
  readonly environment: string | undefined;
  /** Value of the plan's own `aws_region` variable, its default included; undefined when it has none. */
  readonly region: string | undefined;
  readonly terraformVersion: string;
  /** Only what changes, no-ops left out. */
  readonly changes: readonly ResourceChange[];
  /** The rest of the environment; what it costs is part of what the plan costs. */
  readonly unchanged: readonly UnchangedResource[];
  readonly outputChanges: readonly OutputChange[];
  /**
   * What the refresh found changed since the state was written, whether or not the plan undoes it; a resource that is
   * gone as a deletion. Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
   */
  readonly drift: readonly ResourceChange[];
}

/** What a saved plan file says of itself, read from the file without Terraform. */
export interface PlanFile {
  readonly backend: { readonly type: string; readonly bucket: string; readonly key: string; readonly region: string };
  readonly workspace: string;
  /** Variable values the plan was made with, by name. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Lineage of the state it was made from; empty when there was no state yet. */
  readonly lineage: string;
  readonly serial: number;
  /** When it was made. */
  readonly createdAt: Date;
  readonly terraformVersion: string;
}

/** How many resources a plan touches. A replacement counts once, under `replace`. */
export interface PlanSummary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly replace: number;
}

/** The one word for what happens to a resource. */
export type ChangeKind = 'create' | 'update' | 'delete' | 'replace' | 'read' | 'move' | 'import' | 'forget';

/** Names the change: Terraform writes a replacement as two actions, a move or an import as none. */
export function changeKind(change: Pick<ResourceChange, 'actions' | 'previousAddress' | 'importId'>): ChangeKind {
  if (change.actions.includes('create') && change.actions.includes('delete')) return 'replace';
  const [action] = change.actions;
  if (action === undefined || action === 'no-op') return change.importId === undefined ? 'move' : 'import';
  return action;
}

/** Whether the change takes the existing object away. */
export function destroysObject(change: ResourceChange): boolean {
  return change.actions.includes('delete');
}

/** Counts a plan's changes. Reads, moves and imports change nothing in AWS and are not counted. */
export function summarise(changes: readonly ResourceChange[]): PlanSummary {
  const summary = { create: 0, update: 0, delete: 0, replace: 0 };
  for (const change of changes) {
    const kind = changeKind(change);
    if (kind in summary) summary[kind as keyof PlanSummary] += 1;
  }
  return summary;
}

/**
 * How many operations an apply of these changes reports, so that progress can say "n of m":
 * a replacement is reported as a deletion and a creation.
 */
export function operationCount(changes: readonly ResourceChange[]): number {
  const { create, update, delete: deleted, replace } = summarise(changes);
  return create + update + deleted + 2 * replace;
}

/** JSON with sorted keys, so that equal content has equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/**
 * The digest a reviewer confirms: `sha256:` over what the plan will do and to whose state.
 * Two plans made at different times have the same digest when they would do the same to the same state; hence no
 * time and no serial is in it (both are checked by themselves before an apply).
 */
export function planDigest(subject: {
  readonly environment: string;
  readonly backend: { readonly bucket: string; readonly key: string };
  readonly lineage: string;
  readonly changes: readonly ResourceChange[];
  readonly outputChanges: readonly OutputChange[];
}): string {
  const content = canonicalJson({
    environment: subject.environment,
    backend: { bucket: subject.backend.bucket, key: subject.backend.key },
    lineage: subject.lineage,
    changes: subject.changes.map(({ reasons: _, ...change }) => change),
    outputChanges: subject.outputChanges,
  });
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
