import type { Binding } from '../environment.js';
import type { State } from '../state.js';

/** Names of variables that say an instance type, or several. */
const VARIABLE = /(^|_)instance_types?$/;
/** Resource types with an `instance_type`. */
const RESOURCES = new Set(['aws_instance', 'aws_launch_template', 'aws_spot_instance_request']);

/** The instance types an environment has by its state, and those its tfvars ask for. */
export function instanceTypesOf({ variables }: Pick<Binding, 'variables'>, state: State | null): readonly string[] {
  const asked = Object.entries(variables).flatMap(([name, value]) => (VARIABLE.test(name) ? [value].flat() : []));
  const there = (state?.instances ?? []).flatMap(({ type, attributes }) =>
    RESOURCES.has(type) ? [attributes['instance_type']] : [],
  );
  return [
    ...new Set([...asked, ...there].filter((value): value is string => typeof value === 'string' && value !== '')),
  ];
}
