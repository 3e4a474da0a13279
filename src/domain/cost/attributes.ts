import type { Json } from '../plan.js';
import { Decimal } from './decimal.js';

type Fields = { readonly [name: string]: Json };

/** More than any attribute that money hangs on can sensibly be. */
const MOST = 1_000_000_000;

/** An attribute that is not what its type in Terraform says: nothing can be reckoned with it. */
export class OddAttribute extends Error {}

/** A value that a plan does not know before it is applied. */
export class UnknownAttribute extends Error {}

/**
 * The attributes of a resource, read for its cost. A value of another kind than asked for throws {@link OddAttribute},
 * one that the plan does not know yet {@link UnknownAttribute}; the estimate makes `unknown` of both.
 */
export class Attributes {
  /** @param after what Terraform calls `after_unknown`: true wherever the value is known only after the apply */
  constructor(
    private readonly values: Fields,
    private readonly after: Json = false,
    private readonly path: string = '',
  ) {}

  /** Whether the plan knows the value only after the apply. */
  isUnknown(name: string): boolean {
    return this.after === true || fieldsOf(this.after)?.[name] === true;
  }

  /** A text; undefined when it is not set, or empty, as providers write "not set". */
  text(name: string): string | undefined {
    const value = this.#known(name);
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string') return value;
    throw this.#odd(name, value, 'a text');
  }

  /** As {@link text}, and undefined too where only the apply tells: what nobody has set is AWS's default. */
  textIfKnown(name: string): string | undefined {
    return this.isUnknown(name) ? undefined : this.text(name);
  }

  /** A number from zero to a thousand million; undefined when it is not set. */
  number(name: string): Decimal | undefined {
    const value = this.#known(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= 0 && value <= MOST) return Decimal.of(value);
    throw this.#odd(name, value, `a number from 0 to ${MOST}`);
  }

  /** True or false; false when it is not set. */
  flag(name: string): boolean {
    const value = this.#known(name);
    if (value === undefined) return false;
    if (typeof value === 'boolean') return value;
    throw this.#odd(name, value, 'true or false');
  }

  /** As {@link flag}, and false too where only the apply tells. */
  flagIfKnown(name: string): boolean {
    return !this.isUnknown(name) && this.flag(name);
  }

  /** How many values a list or a set has; 0 when it is not set. */
  count(name: string): number {
    return this.#list(name).length;
  }

  /** The texts of a list or a set. */
  texts(name: string): readonly string[] {
    return this.#list(name).filter((value): value is string => typeof value === 'string');
  }

  /** The blocks of that name, in order; empty when there are none. */
  blocks(name: string): readonly Attributes[] {
    const unknown = fieldsOf(this.after)?.[name];
    return this.#list(name).map((value, index) => {
      const fields = fieldsOf(value);
      if (fields === undefined) throw this.#odd(`${name}[${index}]`, value, 'a block');
      return new Attributes(fields, Array.isArray(unknown) ? unknown[index] : false, `${this.path}${name}[${index}].`);
    });
  }

  /** As {@link blocks}, and none where only the apply tells. */
  blocksIfKnown(name: string): readonly Attributes[] {
    return this.isUnknown(name) ? [] : this.blocks(name);
  }

  #list(name: string): readonly Json[] {
    const value = this.#known(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    throw this.#odd(name, value, 'a list');
  }

  #known(name: string): Json | undefined {
    if (this.isUnknown(name)) throw new UnknownAttribute(`${this.path}${name} is not known yet`);
    return this.values[name] ?? undefined;
  }

  #odd(name: string, value: Json, expected: string): OddAttribute {
    const kind = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : JSON.stringify(value);
    return new OddAttribute(`${this.path}${name} is ${kind.slice(0, 60)}; expected ${expected}`);
  }
}

function fieldsOf(value: Json | undefined): Fields | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : undefined;
}
