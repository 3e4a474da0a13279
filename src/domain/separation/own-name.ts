import type { Binding } from '../environment.js';
import { carriesName, physicalName } from '../physical-name.js';
import type { StateInstance } from '../state.js';
import { parseArn } from './identifiers.js';
import { environmentsNamed } from './names.js';

/**
 * The name a resource of a state has in AWS; of a type whose names are not listed, the one that its ARN ends with.
 * Undefined where it has none of ours: AWS gives service roles theirs.
 */
export function ownName({ type, attributes }: StateInstance): string | undefined {
  const listed = physicalName(type, attributes);
  if (listed !== undefined || !type.startsWith('aws_')) return listed;
  const { name, arn } = attributes;
  const resource = typeof arn === 'string' ? parseArn(arn)?.resource : undefined;
  if (typeof name !== 'string' || name === '' || resource?.startsWith('role/aws-service-role/') === true)
    return undefined;
  return resource === name || resource?.endsWith(`/${name}`) || resource?.endsWith(`:${name}`) ? name : undefined;
}

/** What is wrong with a name. */
export interface NameFault {
  /** The environment that it names instead of its own; null where it names none. */
  readonly other: string | null;
  /** As in "which ...". */
  readonly problem: string;
}

/** Judges the name of an environment's resource; undefined where it carries that environment's name and no other's. */
export function judgeName(name: string, environment: string, bindings: readonly Binding[]): NameFault | undefined {
  const other = environmentsNamed(name, bindings, 'reference').find((each) => each !== environment);
  if (other !== undefined) return { other, problem: `names "${other}"` };
  return carriesName(name, environment) ? undefined : { other: null, problem: `does not contain "${environment}"` };
}
