import type { HealthPolicy, Policy } from '../environment.js';
import type { HclAttribute, HclBlock, HclBody, SourceLocation } from '../hcl-value.js';
import { nearestName } from '../nearest-name.js';
import { decodeCostLimit } from './cost-limit.js';
import { editLine, invalidConfiguration, place, written } from './invalid-configuration.js';
import { KnownAttributes } from './known-attributes.js';

/** The environment that is protected although no policy says so. */
export const PROTECTED_BY_DEFAULT = 'production';

const DEFAULT_HEALTH: HealthPolicy = { path: '/health', url: undefined, deadlineSeconds: 300, intervalSeconds: 5 };

/** The policy of an environment that no file says anything about. */
export function defaultPolicy(name: string): Policy {
  return {
    protected: name === PROTECTED_BY_DEFAULT,
    promotedFrom: undefined,
    promotedAfterMinutes: 0,
    health: DEFAULT_HEALTH,
    onUnhealthy: 'offer',
    destroyable: name !== PROTECTED_BY_DEFAULT,
    offHours: name !== PROTECTED_BY_DEFAULT,
    costLimit: undefined,
  };
}

/**
 * Decodes a policy file into the policy of every environment, with the defaults for what it leaves out.
 * Fails (exit 2) on anything it does not know: a policy that is silently ignored protects nothing.
 */
export function decodePolicies(body: HclBody, environments: readonly string[]): ReadonlyMap<string, Policy> {
  const [stray] = body.attributes;
  if (stray !== undefined) {
    throw invalidPolicy(
      stray.location,
      `unknown policy attribute "${stray.name}" at ${place(stray.location)}; a policy file holds environment blocks`,
      `move ${stray.name} into an environment "NAME" { } block`,
    );
  }
  const entries = new Map<string, Entry>();
  for (const block of body.blocks) {
    const entry = decodeEntry(block, environments);
    const earlier = entries.get(entry.name);
    if (earlier !== undefined) {
      throw invalidPolicy(
        entry.location,
        `a second policy of ${entry.name} at ${place(entry.location)}; the first is on line ${earlier.location.line}`,
        'join the two blocks',
      );
    }
    entries.set(entry.name, entry);
  }
  for (const entry of entries.values()) refuseCycle(entry, entries);
  return new Map(environments.map((name) => [name, entries.get(name)?.policy ?? defaultPolicy(name)]));
}

interface Entry {
  readonly name: string;
  readonly policy: Policy;
  readonly promotedFrom: HclAttribute | undefined;
  readonly location: SourceLocation;
}

function decodeEntry(block: HclBlock, environments: readonly string[]): Entry {
  refuseUnknownBlock(block, ['environment'], 'policy block');
  const { location } = block;
  const [name, ...others] = block.labels;
  if (name === undefined || others.length > 0) {
    throw invalidPolicy(
      location,
      `environment block at ${place(location)} has ${block.labels.length} labels; it needs one, the environment's name`,
      'environment "NAME" {',
    );
  }
  if (!environments.includes(name)) {
    throw invalidPolicy(
      location,
      `policy of ${written(name)} at ${place(location)}, but there is no such environment; the environments are ${environments.join(', ')}`,
      correction(name, environments) ?? `remove the block of ${name}`,
    );
  }
  const attributes = new KnownAttributes(block.body.attributes, {
    known: {
      protected: 'boolean',
      promoted_from: 'string',
      promoted_after_minutes: 'number',
      destroyable: 'boolean',
      off_hours: 'boolean',
      on_unhealthy: 'string',
    },
    what: 'policy attribute',
    code: 'InvalidPolicy',
  });
  const promotedFrom = attributes.get('promoted_from');
  refuseUnknownSource(name, promotedFrom, environments);
  for (const inner of block.body.blocks) refuseUnknownBlock(inner, ['health', 'cost'], 'block of an environment');
  const blocksOf = (type: string) => block.body.blocks.filter((inner) => inner.type === type);
  const isProtected = attributes.boolean('protected') ?? defaultPolicy(name).protected;
  return {
    name,
    location,
    promotedFrom,
    policy: {
      protected: isProtected,
      promotedFrom: attributes.string('promoted_from'),
      promotedAfterMinutes: decodePromotedAfter(attributes),
      onUnhealthy: decodeOnUnhealthy(attributes, isProtected),
      health: decodeHealth(blocksOf('health')),
      // What is protected stays and runs at all hours, unless somebody has decided otherwise.
      destroyable: attributes.boolean('destroyable') ?? !isProtected,
      offHours: attributes.boolean('off_hours') ?? !isProtected,
      costLimit: decodeCostLimit(blocksOf('cost')),
    },
  };
}

function decodePromotedAfter(attributes: KnownAttributes): number {
  const minutes = attributes.number('promoted_after_minutes') ?? 0;
  const attribute = attributes.get('promoted_after_minutes');
  refuse(
    attribute,
    Number.isInteger(minutes) && minutes >= 0,
    'is no whole number of minutes',
    'promoted_after_minutes = 10',
  );
  refuse(
    attribute,
    attributes.get('promoted_from') !== undefined,
    'waits for nothing: the environment is promoted from no other',
    'add promoted_from, or remove promoted_after_minutes',
  );
  return minutes;
}

function decodeOnUnhealthy(attributes: KnownAttributes, isProtected: boolean): Policy['onUnhealthy'] {
  const value = attributes.string('on_unhealthy') ?? 'offer';
  const attribute = attributes.get('on_unhealthy');
  refuse(
    attribute,
    value === 'offer' || value === 'rollback',
    'is neither "offer" nor "rollback"',
    'on_unhealthy = "offer"',
  );
  refuse(
    attribute,
    value !== 'rollback' || !isProtected,
    'would change a protected environment without its confirmation',
    'on_unhealthy = "offer"',
  );
  return value === 'rollback' ? 'rollback' : 'offer';
}

function decodeHealth(blocks: readonly HclBlock[]): HealthPolicy {
  const [block, second] = blocks;
  if (block === undefined) return DEFAULT_HEALTH;
  const extra = second ?? block.body.blocks[0];
  if (extra !== undefined || block.labels.length > 0) {
    const { type, location } = extra ?? block;
    throw invalidPolicy(
      location,
      `unexpected "${type}" block at ${place(location)}; an environment has one health block, without labels and blocks`,
      'health {',
    );
  }
  const attributes = new KnownAttributes(block.body.attributes, {
    known: { path: 'string', url: 'string', deadline_seconds: 'number', interval_seconds: 'number' },
    what: 'health attribute',
    code: 'InvalidPolicy',
  });
  const path = attributes.string('path') ?? DEFAULT_HEALTH.path;
  const url = attributes.string('url');
  refuse(attributes.get('path'), path.startsWith('/'), 'does not start with a slash', 'path = "/health"');
  refuse(attributes.get('url'), url === undefined || isWebAddress(url), 'is no http or https URL', 'url = "https://…"');
  const deadlineSeconds = seconds(attributes, 'deadline_seconds') ?? DEFAULT_HEALTH.deadlineSeconds;
  const intervalSeconds = seconds(attributes, 'interval_seconds') ?? DEFAULT_HEALTH.intervalSeconds;
  refuse(
    attributes.get('interval_seconds') ?? attributes.get('deadline_seconds'),
    intervalSeconds <= deadlineSeconds,
    `does not fit: probing every ${intervalSeconds} seconds for ${deadlineSeconds} seconds never probes twice`,
    'make interval_seconds smaller than deadline_seconds',
  );
  return { path, url, deadlineSeconds, intervalSeconds };
}

function seconds(attributes: KnownAttributes, name: string): number | undefined {
  const value = attributes.number(name);
  const positive = value === undefined || (Number.isInteger(value) && value > 0);
  refuse(attributes.get(name), positive, 'is not a whole number of seconds above zero', `${name} = 5`);
  return value;
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

function refuse(attribute: HclAttribute | undefined, accepted: boolean, problem: string, change: string): void {
  if (accepted || attribute === undefined) return;
  const { name, value, location } = attribute;
  throw invalidPolicy(location, `${name} = ${written(value)} at ${place(location)} ${problem}`, change);
}

function refuseUnknownBlock({ type, location }: HclBlock, known: readonly string[], what: string): void {
  if (known.includes(type)) return;
  const nearest = nearestName(type, known);
  throw invalidPolicy(
    location,
    `unknown ${what} "${type}" at ${place(location)}; expected ${known.map((name) => `"${name}"`).join(' or ')}`,
    nearest === undefined ? `remove the block ${type}` : `write ${nearest} instead of ${type}`,
  );
}

function refuseUnknownSource(name: string, source: HclAttribute | undefined, environments: readonly string[]): void {
  if (source === undefined || typeof source.value !== 'string') return;
  refuse(source, source.value !== name, `promotes ${name} from itself`, 'name the environment that comes before it');
  refuse(
    source,
    environments.includes(source.value),
    `names no environment; the environments are ${environments.join(', ')}`,
    correction(source.value, environments) ?? `promoted_from = "${environments.find((other) => other !== name) ?? ''}"`,
  );
}

function refuseCycle(entry: Entry, entries: ReadonlyMap<string, Entry>): void {
  const chain = [entry.name];
  let next = entry.policy.promotedFrom;
  while (next !== undefined && next !== entry.name && !chain.includes(next)) {
    chain.push(next);
    next = entries.get(next)?.policy.promotedFrom;
  }
  refuse(
    entry.promotedFrom,
    next !== entry.name,
    `closes a cycle of promotions: ${[...chain, entry.name].join(' from ')}`,
    'remove promoted_from from the environment that comes first',
  );
}

function correction(name: string, environments: readonly string[]): string | undefined {
  const nearest = nearestName(name, environments);
  return nearest === undefined ? undefined : `write ${nearest} instead of ${name}`;
}

function invalidPolicy(location: SourceLocation, message: string, change: string) {
  return invalidConfiguration('InvalidPolicy', message, [editLine(location, change)]);
}
