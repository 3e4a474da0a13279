import type { EnvironmentDifference } from '../../domain/environment-diff/difference.js';
import type { ComparedResources } from '../../domain/environment-diff/resources.js';
import type { ComparedSetting, SettingValue, ValueSource } from '../../domain/environment-diff/setting.js';
import type { HclValue } from '../../domain/hcl-value.js';

/** What one environment has for a setting. */
interface SettingValueJson {
  /** Null also where it is not set, is sensitive or would have to be evaluated; the source says which. */
  readonly value: HclValue;
  /** A default as it is written, where it is no literal. */
  readonly expression: string | null;
  readonly source: ValueSource;
}

/** A setting of both environments. */
export interface ComparedSettingJson {
  /** The variable, or the attribute of the file. */
  readonly name: string;
  /** The way into it, with dots. */
  readonly path: string;
  /** By environment. */
  readonly values: Readonly<Record<string, SettingValueJson>>;
  readonly same: boolean;
  /** Whether they differ by nothing but the environments' own names. */
  readonly byName: boolean;
  readonly sensitive: boolean;
}

/** What `diff --json` returns. Everything that differs by environment is an object by their names. */
export interface DiffJson {
  readonly environments: readonly [string, string];
  readonly variables: readonly ComparedSettingJson[];
  readonly backend: readonly ComparedSettingJson[];
  readonly policy: readonly ComparedSettingJson[];
  /** Null without `--resources`. */
  readonly resources: {
    /** How many each state has; null where there is no state. */
    readonly count: Readonly<Record<string, number | null>>;
    readonly both: number;
    readonly types: readonly { readonly type: string; readonly count: Readonly<Record<string, number>> }[];
    /** Addresses of which not every instance is in both. */
    readonly unpaired: readonly {
      readonly address: string;
      readonly instances: Readonly<Record<string, readonly string[]>>;
    }[];
    /** Attributes that differ in kind. */
    readonly different: readonly {
      readonly address: Readonly<Record<string, string>>;
      readonly attributes: readonly {
        readonly path: string;
        readonly values: Readonly<Record<string, string | number | boolean | null>>;
      }[];
    }[];
  } | null;
}

type ByName = <T>(own: T, other: T) => Readonly<Record<string, T>>;

/** Two environments side by side, for scripts. Sensitive values are not in it. */
export function diffJson({ names, variables, backend, policy, resources }: EnvironmentDifference): DiffJson {
  const byName: ByName = (own, other) => ({ [names[0]]: own, [names[1]]: other });
  const settings = (list: readonly ComparedSetting[]) => list.map((setting) => settingJson(setting, byName));
  return {
    environments: names,
    variables: settings(variables),
    backend: settings(backend),
    policy: settings(policy),
    resources: resources === null ? null : resourcesJson(resources, byName),
  };
}

function settingJson({ path, own, other, relation, sensitive }: ComparedSetting, byName: ByName): ComparedSettingJson {
  const shown = ({ value, expression, source }: SettingValue): SettingValueJson => ({
    value: sensitive ? null : (value ?? null),
    expression: sensitive ? null : (expression ?? null),
    source,
  });
  return {
    name: path[0] ?? '',
    path: path.join('.'),
    values: byName(shown(own), shown(other)),
    same: relation === 'same',
    byName: relation === 'byName',
    sensitive,
  };
}

function resourcesJson(
  { own, other, both, types, unpaired, different }: ComparedResources,
  byName: ByName,
): DiffJson['resources'] {
  return {
    count: byName(own, other),
    both,
    types: types.map((type) => ({ type: type.type, count: byName(type.own, type.other) })),
    unpaired: unpaired.map((each) => ({ address: each.address, instances: byName(each.own, each.other) })),
    different: different.map((each) => ({
      address: byName(each.address, each.otherAddress),
      attributes: each.attributes.map(({ path, ...values }) => ({ path, values: byName(values.own, values.other) })),
    })),
  };
}
