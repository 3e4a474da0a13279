import type { Binding } from '../environment.js';
import type { HclValue } from '../hcl-value.js';
import { type ComparedSetting, compareSetting, NOT_SET, type SettingValue } from './setting.js';

/** An input variable of the root module, as it is declared. */
export interface DeclaredVariable {
  readonly name: string;
  /** Undefined where a value has to be given. */
  readonly default:
    | {
        /** Undefined where the expression is no literal. */
        readonly value: HclValue | undefined;
        /** The expression as written. */
        readonly expression: string;
      }
    | undefined;
  readonly sensitive: boolean;
  /** Whether null is a value; otherwise it stands for the default. */
  readonly nullable: boolean;
}

/**
 * The variables of two environments side by side: what the tfvars file says, else the default. In the order in which
 * they are declared, then what only a tfvars file has.
 */
export function compareVariables(
  own: Pick<Binding, 'name' | 'variables'>,
  other: Pick<Binding, 'name' | 'variables'>,
  declared: readonly DeclaredVariable[],
): readonly ComparedSetting[] {
  const known = new Map(declared.map((variable) => [variable.name, variable]));
  const names = new Set([...known.keys(), ...Object.keys(own.variables), ...Object.keys(other.variables)]);
  return [...names].flatMap((name) => {
    const variable = known.get(name);
    const [one, two] = [own, other].map(({ variables }) => effective(variables, name, variable));
    return compareSetting([name], one ?? NOT_SET, two ?? NOT_SET, [own.name, other.name], variable?.sensitive ?? false);
  });
}

function effective(
  variables: Binding['variables'],
  name: string,
  variable: DeclaredVariable | undefined,
): SettingValue {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  const standsForDefault = value === null && variable?.nullable === false;
  if (value !== undefined && !standsForDefault) return { value, expression: undefined, source: 'file' };
  const written = variable?.default;
  if (written === undefined) return NOT_SET;
  const expression = written.value === undefined ? written.expression : undefined;
  return { value: written.value, expression, source: 'default' };
}
