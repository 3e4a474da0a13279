import type { HclAttribute, HclValue } from '../hcl-value.js';
import { nearestName } from '../nearest-name.js';
import {
  type ConfigurationCode,
  editLine,
  invalidConfiguration,
  kindOf,
  place,
  written,
} from './invalid-configuration.js';

/** What an attribute has to be. */
export type Kind = keyof typeof KINDS;

const KINDS = {
  string: { means: 'a string', accepts: (value: HclValue) => typeof value === 'string' },
  boolean: { means: 'true or false', accepts: (value: HclValue) => typeof value === 'boolean' },
  number: { means: 'a number', accepts: (value: HclValue) => typeof value === 'number' },
  strings: {
    means: 'a list of strings',
    accepts: (value: HclValue) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  },
  object: {
    means: 'an object',
    accepts: (value: HclValue) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
} as const;

/** Where attributes stand and what may stand there. */
export interface AttributeRules {
  /** Every attribute that may be set, with its type. */
  readonly known: Readonly<Record<string, Kind>>;
  /** What to call one in a message, such as `backend attribute`. */
  readonly what: string;
  readonly code: ConfigurationCode;
}

/** Attributes that are known and of their type. One that is set to null counts as not set, as in Terraform. */
export class KnownAttributes {
  readonly #byName: ReadonlyMap<string, HclAttribute>;

  /** Fails on an attribute that is not known, with the nearest known name, and on a value of another type. */
  constructor(attributes: readonly HclAttribute[], rules: AttributeRules) {
    for (const attribute of attributes) refuseUnknown(attribute, rules);
    this.#byName = new Map(attributes.filter(({ value }) => value !== null).map((entry) => [entry.name, entry]));
  }

  /** The attribute with its place, when it is set. */
  get(name: string): HclAttribute | undefined {
    return this.#byName.get(name);
  }

  string(name: string): string | undefined {
    const value = this.get(name)?.value;
    return typeof value === 'string' ? value : undefined;
  }

  boolean(name: string): boolean | undefined {
    const value = this.get(name)?.value;
    return typeof value === 'boolean' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.get(name)?.value;
    return typeof value === 'number' ? value : undefined;
  }

  strings(name: string): readonly string[] {
    const value = this.get(name)?.value;
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }
}

function refuseUnknown({ name, value, location }: HclAttribute, { known, what, code }: AttributeRules): void {
  const kind = Object.hasOwn(known, name) ? known[name] : undefined;
  if (kind === undefined) {
    const nearest = nearestName(name, Object.keys(known));
    const suggestion = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    throw invalidConfiguration(code, `unknown ${what} "${name}" at ${place(location)}${suggestion}`, [
      editLine(location, nearest === undefined ? `remove ${name}` : `write ${nearest} instead of ${name}`),
    ]);
  }
  const { means, accepts } = KINDS[kind];
  if (value === null || accepts(value)) return;
  throw invalidConfiguration(
    code,
    `${what} ${name} = ${written(value)} at ${place(location)} is ${kindOf(value)}; it has to be ${means}`,
    [editLine(location, `make ${name} ${means}`)],
  );
}
