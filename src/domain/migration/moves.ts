import { nameAttribute } from '../physical-name.js';
import { canonicalJson, changeKind, type Json, type Plan, type ResourceChange } from '../plan.js';
import { STATE_TYPES } from '../separation/state-types.js';

/** A resource that the configuration calls otherwise than the state does. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Whether what is to be created is, by one sign, what is to be deleted. */
type Sign = (created: ResourceChange, deleted: ResourceChange) => boolean;

/** The signs by which a resource is known again, the surest first. */
const SIGNS: readonly Sign[] = [hasSameName, agreesInAll, isSameSetting];

/**
 * The resources that a plan would delete at one address and create at another, although they are the same. What is
 * known only after an apply tells nothing: a setting of a bucket is known again only when the bucket was. So a plan with
 * these moves may show further ones. Where several would fit, the one of the same name in the configuration is meant, or
 * none: a wrong guess cannot be applied, since the plan with it is not empty.
 */
export function movesIn({ changes }: Pick<Plan, 'changes'>): readonly Move[] {
  let created = changes.filter((change) => changeKind(change) === 'create');
  let deleted = changes.filter((change) => changeKind(change) === 'delete');
  const moves: Move[] = [];
  for (const sign of SIGNS) {
    for (const fits of [sign, withSameLabel(sign)]) {
      const pairs = uniquePairs(created, deleted, fits);
      moves.push(...pairs.map(([to, from]) => ({ from: from.address, to: to.address })));
      created = created.filter((change) => !pairs.some(([to]) => to === change));
      deleted = deleted.filter((change) => !pairs.some(([, from]) => from === change));
    }
  }
  return moves.sort((left, right) => (left.from < right.from ? -1 : 1));
}

/** The pairs of which each fits the other and nothing else. */
function uniquePairs(
  created: readonly ResourceChange[],
  deleted: readonly ResourceChange[],
  fits: Sign,
): readonly (readonly [created: ResourceChange, deleted: ResourceChange])[] {
  const candidates = created.map((change) => ({
    change,
    fitting: deleted.filter((other) => other.type === change.type && fits(change, other)),
  }));
  return candidates.flatMap(({ change, fitting }) => {
    const [only] = fitting;
    if (only === undefined || fitting.length > 1) return [];
    const rivals = candidates.filter((candidate) => candidate.fitting.includes(only));
    return rivals.length === 1 ? [[change, only] as const] : [];
  });
}

function withSameLabel(sign: Sign): Sign {
  return (created, deleted) => labelOf(created.address) === labelOf(deleted.address) && sign(created, deleted);
}

/** The last part of an address, the key of the instance included: `this["data"]`. */
function labelOf(address: string): string {
  return /[^.\]]+(?:\[[^\]]*\])?$/.exec(address)?.[0] ?? address;
}

/** By the name that is ours to choose, at the attribute that the configuration sets it by. */
function hasSameName(created: ResourceChange, deleted: ResourceChange): boolean {
  const attribute = nameAttribute(created.type, created.after);
  return attribute !== undefined && isSame(at(created.after, attribute), at(deleted.before, attribute));
}

/** By everything that the configuration says of it; of a setting, that is nothing until what it is set on is known. */
function agreesInAll({ type, after }: ResourceChange, { before }: ResourceChange): boolean {
  const path = settingPath(type);
  return (path === undefined || isText(at(after, path))) && saysSomething(after) && agrees(after, before);
}

/** By what it is a setting of, like the bucket of a bucket policy. */
function isSameSetting({ type, after }: ResourceChange, { before }: ResourceChange): boolean {
  const path = settingPath(type);
  return path !== undefined && isSame(at(after, path), at(before, path));
}

function settingPath(type: string): string | undefined {
  return STATE_TYPES[type]?.settingOf?.[0];
}

function agrees(planned: Json, live: Json): boolean {
  if (!saysSomething(planned)) return true;
  if (typeof planned === 'string') return isSame(planned, live);
  if (Array.isArray(planned)) {
    return (
      Array.isArray(live) && planned.length === live.length && planned.every((item, index) => agrees(item, live[index]))
    );
  }
  if (planned !== null && typeof planned === 'object') {
    const fields = planned as { readonly [key: string]: Json };
    return Object.keys(fields).every((key) => agrees(fields[key] ?? null, at(live, key) ?? null));
  }
  return planned === live;
}

/** Whether a value is more than "not set": providers write that as null, or as something empty. */
function saysSomething(value: Json): boolean {
  if (value === null || value === '') return false;
  return typeof value !== 'object' || Object.values(value).some(saysSomething);
}

function at(value: Json | undefined, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>(
      (found, key) =>
        found !== null && typeof found === 'object' && !Array.isArray(found)
          ? (found as { readonly [key: string]: Json })[key]
          : undefined,
      value,
    );
}

/** Documents, as policies are, are the same whatever their white space. */
function isSame(planned: Json | undefined, live: Json | undefined): boolean {
  return isText(planned) && isText(live) && (planned === live || normalised(planned) === normalised(live));
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

function normalised(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    return text;
  }
}
