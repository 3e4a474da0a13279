import type { Json } from '../plan.js';
import type { StateInstance } from '../state.js';
import { type EnvironmentNames, withoutName } from './setting.js';

/** An attribute of a resource that two environments have differently. */
export interface ComparedAttribute {
  /** The way to it: `root_block_device[0].volume_size`. */
  readonly path: string;
  /** Null where it is not set. */
  readonly own: string | number | boolean | null;
  readonly other: string | number | boolean | null;
}

/**
 * Texts that say what kind of thing a resource is, by the last word of their name. Every other text is a name, an id or
 * an address, which two environments have to have differently, or may be a secret.
 */
const KIND =
  /(?:^|_)(?:action|algorithm|behavior|capacity|cidr|cidr_block|class|engine|expression|family|handler|method|mode|operator|period|port|preference|protocol|recovery|retention|runtime|size|spec|statistic|status|tenancy|threshold|tier|timeout|timezone|type|units?|version)$/;

/** Numbers that count changes, or are given by AWS. */
const COUNTERS = /(?:^|_)(?:version|revision|serial|creation_date|owner_id|network_border_group|index)$/;

/** What is said elsewhere, or by nobody: tags are names, timeouts are Terraform's own. */
const PASSED_OVER = new Set(['tags', 'tags_all', 'timeouts', 'id', 'arn']);

type Scalar = string | number | boolean | null;

/**
 * The attributes in which a resource of two environments differs in kind: numbers, switches, and texts that name a
 * kind, as an instance type does. Ids, ARNs, names, addresses and documents are left out, and so is what carries the
 * environment's own name.
 */
export function compareAttributes(
  own: StateInstance,
  other: StateInstance,
  names: EnvironmentNames,
): readonly ComparedAttribute[] {
  const found: ComparedAttribute[] = [];
  compare(own.attributes, other.attributes, '', names, found);
  return found;
}

function compare(own: Json, other: Json, path: string, names: EnvironmentNames, found: ComparedAttribute[]): void {
  if (Array.isArray(own) && Array.isArray(other)) {
    // Blocks in another number have no counterparts; their number is what differs.
    if (own.length !== other.length) {
      if ([...own, ...other].every(isObject))
        found.push({ path: `${path} (blocks)`, own: own.length, other: other.length });
      return;
    }
    for (const [index, value] of own.entries()) compare(value, other[index] ?? null, `${path}[${index}]`, names, found);
    return;
  }
  if (isObject(own) && isObject(other)) {
    for (const name of [...new Set([...Object.keys(own), ...Object.keys(other)])].sort()) {
      if (PASSED_OVER.has(name)) continue;
      compare(own[name] ?? null, other[name] ?? null, path === '' ? name : `${path}.${name}`, names, found);
    }
    return;
  }
  if (isScalar(own) && isScalar(other) && matters(path, own, other, names)) found.push({ path, own, other });
}

function matters(path: string, own: Scalar, other: Scalar, names: EnvironmentNames): boolean {
  const [one, two] = [own === '' ? null : own, other === '' ? null : other];
  if (one === two) return false;
  const name = path.replace(/\[\d+\]/g, '').replace(/^.*\./, '');
  if (typeof one === 'string' || typeof two === 'string') {
    if (!KIND.test(name)) return false;
    return withoutName(String(one), names[0]) !== withoutName(String(two), names[1]);
  }
  return !COUNTERS.test(name);
}

function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== 'object';
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
