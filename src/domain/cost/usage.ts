import { editLine, invalidConfiguration, place, written } from '../binding/invalid-configuration.js';
import { KnownAttributes } from '../binding/known-attributes.js';
import type { HclBlock, HclBody, SourceLocation } from '../hcl-value.js';
import { nearestName } from '../nearest-name.js';
import { Decimal } from './decimal.js';
import type { Assumptions } from './resource-type.js';
import { RESOURCE_TYPES } from './types/index.js';

/** What a usage file says of one resource, or of all of a type. */
interface Statement {
  readonly type: string;
  /** Address of the resource that is meant; undefined when all of the type are. */
  readonly address: string | undefined;
  readonly values: ReadonlyMap<string, Decimal>;
  readonly location: SourceLocation;
}

const NOWHERE: SourceLocation = { file: '', line: 0, column: 0 };

/** The use of an environment's resources a month, as far as its team has said it. */
export class Usage {
  /** Nothing is said: everything is assumed. */
  static readonly NONE = new Usage([]);
  readonly #byType = new Map<string, Statement>();
  readonly #byAddress = new Map<string, Statement>();

  constructor(statements: readonly Statement[]) {
    for (const statement of statements) {
      if (statement.address === undefined) this.#byType.set(statement.type, statement);
      else this.#byAddress.set(statement.address, statement);
    }
  }

  /** The same, except that every resource of a type, whatever was said of it, has this use. */
  having(type: string, name: string, value: Decimal): Usage {
    const statements = [...this.#byType.values(), ...this.#byAddress.values()];
    const changed = statements.map((statement) =>
      statement.type === type ? { ...statement, values: new Map(statement.values).set(name, value) } : statement,
    );
    if (this.#byType.has(type)) return new Usage(changed);
    return new Usage([...changed, { type, address: undefined, values: new Map([[name, value]]), location: NOWHERE }]);
  }

  /** What is said of a resource: of itself, else of its type; undefined when neither. */
  stated(type: string, address: string, name: string): Decimal | undefined {
    return this.#byAddress.get(address)?.values.get(name) ?? this.#byType.get(type)?.values.get(name);
  }

  /** Statements about resources that are not among these: probably misspelt, and without effect. */
  strays(addresses: Iterable<string>): readonly { readonly address: string; readonly location: SourceLocation }[] {
    const known = new Set(addresses);
    return [...this.#byAddress].flatMap(([address, { location }]) =>
      known.has(address) ? [] : [{ address, location }],
    );
  }
}

/**
 * Decodes a usage file into the use of every environment it names. It holds a block for each environment, in it a
 * block for each resource type, with an address as its label where one resource alone is meant.
 * Fails (exit 2, `InvalidUsage`) on a name that is not known, with the nearest, and on a number that cannot be.
 */
export function decodeUsage(body: HclBody, environments: readonly string[]): ReadonlyMap<string, Usage> {
  const [stray] = body.attributes;
  if (stray !== undefined) {
    throw invalid(
      stray.location,
      `unknown usage attribute "${stray.name}" at ${place(stray.location)}; a usage file holds environment blocks`,
      `move ${stray.name} into environment "NAME" { RESOURCE_TYPE { } }`,
    );
  }
  const blocks = new Map<string, HclBlock>();
  for (const block of body.blocks) {
    const name = environmentOf(block, environments);
    const earlier = blocks.get(name);
    if (earlier !== undefined) throw second(block.location, `a second environment "${name}"`, earlier.location);
    blocks.set(name, block);
  }
  return new Map([...blocks].map(([name, block]) => [name, new Usage(statementsOf(block))]));
}

function environmentOf({ type, labels, location }: HclBlock, environments: readonly string[]): string {
  if (type !== 'environment') throw unknownName(location, 'usage block', type, ['environment']);
  const [name, ...others] = labels;
  if (name === undefined || others.length > 0) {
    throw invalid(
      location,
      `environment block at ${place(location)} has ${labels.length} labels; it needs one, the environment's name`,
      'environment "NAME" {',
    );
  }
  if (!environments.includes(name)) throw unknownName(location, 'environment', name, environments);
  return name;
}

function statementsOf(environment: HclBlock): readonly Statement[] {
  const [stray] = environment.body.attributes;
  if (stray !== undefined) throw unknownName(stray.location, 'usage attribute', stray.name, billedByUse());
  const statements = new Map<string, Statement>();
  for (const block of environment.body.blocks) {
    const statement = statementOf(block);
    const key = statement.address ?? statement.type;
    const earlier = statements.get(key);
    if (earlier !== undefined) throw second(block.location, `a second block of ${key}`, earlier.location);
    statements.set(key, statement);
  }
  return [...statements.values()];
}

function statementOf({ type, labels, body, location }: HclBlock): Statement {
  if (!billedByUse().includes(type)) throw unknownName(location, 'resource type with usage', type, billedByUse());
  const [address, ...others] = labels;
  const [nested] = body.blocks;
  if (others.length > 0 || nested !== undefined) {
    throw invalid(
      nested?.location ?? location,
      `${type} at ${place(nested?.location ?? location)} has ${nested === undefined ? 'several labels' : 'a block inside'}; it holds numbers by name`,
      `${type} "ADDRESS" {`,
    );
  }
  const assumptions = RESOURCE_TYPES[type]?.usage ?? {};
  return { type, address, location, values: valuesOf(type, body, assumptions) };
}

function valuesOf(type: string, { attributes }: HclBody, assumptions: Assumptions): ReadonlyMap<string, Decimal> {
  const known = new KnownAttributes(attributes, {
    known: Object.fromEntries(Object.keys(assumptions).map((name) => [name, 'number'] as const)),
    what: `usage of ${type}`,
    code: 'InvalidUsage',
  });
  const values = new Map<string, Decimal>();
  for (const [name, { most }] of Object.entries(assumptions)) {
    const attribute = known.get(name);
    const value = known.number(name);
    if (attribute === undefined || value === undefined) continue;
    if (value < 0 || value > most) {
      throw invalid(
        attribute.location,
        `${name} = ${written(value)} at ${place(attribute.location)} ${value < 0 ? 'is below zero' : `is more than ${most}`}; it is the use of a month`,
        `make ${name} a number from 0 to ${most}`,
      );
    }
    values.set(name, Decimal.of(value));
  }
  return values;
}

/** Types whose cost depends on use. */
function billedByUse(): readonly string[] {
  return Object.entries(RESOURCE_TYPES).flatMap(([name, { usage }]) => (Object.keys(usage).length > 0 ? [name] : []));
}

function unknownName(location: SourceLocation, what: string, name: string, known: readonly string[]) {
  const nearest = nearestName(name, known);
  const suggestion = nearest === undefined ? `; expected one of ${known.join(', ')}` : `; did you mean "${nearest}"?`;
  return invalid(
    location,
    `unknown ${what} "${name}" at ${place(location)}${suggestion}`,
    nearest === undefined ? `remove ${name}` : `write ${nearest} instead of ${name}`,
  );
}

function second(location: SourceLocation, what: string, first: SourceLocation) {
  return invalid(location, `${what} at ${place(location)}; the first is on line ${first.line}`, 'join the two blocks');
}

function invalid(location: SourceLocation, message: string, change: string) {
  return invalidConfiguration('InvalidUsage', message, [editLine(location, change)]);
}
