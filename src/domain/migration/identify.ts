import { MhtctlError } from '../errors.js';
import { nearestName } from '../nearest-name.js';
import { carriesName, physicalName } from '../physical-name.js';
import { type State, type StateInstance, stringOutput } from '../state.js';

/** What in a state says that it is an environment's. */
export interface EnvironmentEvidence {
  readonly environment: string;
  /** How many resources are this environment's: by their tag, or by their name where they have no tag. */
  readonly resources: number;
  /** How many resources have the tag `Environment` with this value. */
  readonly tags: number;
  /** How many resources have a physical name that carries this environment's name, and no other's. */
  readonly names: number;
  /** Whether the output `environment` says so. */
  readonly output: boolean;
  /** A few of those resources, with what they say. */
  readonly examples: readonly string[];
}

/** Which environment a state was found to be, and why. */
export interface Identification {
  readonly environment: string;
  readonly evidence: readonly EnvironmentEvidence[];
  /** The reason that was given against the evidence; null where it agrees. */
  readonly overridden: string | null;
}

/** What the caller said about it. */
export interface Claim {
  /** `--as`. */
  readonly as: string | undefined;
  /** `--override-evidence`: the reason. */
  readonly override: string | undefined;
}

const MOST_EXAMPLES = 2;

/**
 * What a state says of whose it is, the most first.
 * @param known names of the project's environments, by which physical names are read
 */
export function environmentEvidence(state: State, known: readonly string[]): readonly EnvironmentEvidence[] {
  const said = stringOutput(state, 'environment');
  const signs = state.instances.map((instance) => ({ instance, tag: tagOf(instance) }));
  const tags = signs.flatMap(({ tag }) => tag ?? []);
  const names = [...new Set([...known, ...tags, ...(said === undefined ? [] : [said])])];
  const read = signs.map(({ instance, tag }) => ({ ...nameOf(instance, names), tag, address: instance.address }));
  return names
    .map((environment): EnvironmentEvidence => {
      const tagged = read.filter(({ tag }) => tag === environment);
      const named = read.filter(({ named }) => named === environment);
      const examples = [
        ...tagged.map(({ address }) => `${address} is tagged Environment = "${environment}"`).slice(0, MOST_EXAMPLES),
        ...named.map(({ address, physical }) => `${address} is named ${physical}`).slice(0, MOST_EXAMPLES),
      ];
      return {
        environment,
        resources: read.filter(({ tag, named }) => (tag ?? named) === environment).length,
        tags: tagged.length,
        names: named.length,
        output: environment === said,
        examples,
      };
    })
    .filter(({ tags, names, output }) => tags + names > 0 || output)
    .sort((left, right) => right.tags + right.names - (left.tags + left.names));
}

/** A resource's physical name, and the environment whose name it carries; a name that carries several tells nothing. */
function nameOf(
  { type, attributes }: StateInstance,
  names: readonly string[],
): { readonly physical: string; readonly named: string | undefined } {
  const physical = physicalName(type, attributes) ?? '';
  const [only, ...others] = names.filter((name) => carriesName(physical, name));
  return { physical, named: others.length === 0 ? only : undefined };
}

function tagOf({ attributes }: StateInstance): string | undefined {
  for (const field of ['tags_all', 'tags']) {
    const tags = attributes[field];
    if (tags === null || typeof tags !== 'object' || Array.isArray(tags)) continue;
    const value = (tags as { readonly [key: string]: unknown })['Environment'];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/**
 * Decides which environment a state is. What is live is never renamed: the evidence decides, and `--as` confirms it, or
 * says it where there is none. Fails (exit 3) when the evidence is of two environments, of one that the project does not
 * have, or of another than the one claimed; only the last two can be overridden, with a reason.
 */
export function identify(
  evidence: readonly EnvironmentEvidence[],
  known: readonly string[],
  claim: Claim,
): Identification {
  const owners = evidence.filter(({ environment, resources }) => known.includes(environment) && resources > 0);
  if (owners.length > 1) throw twoEnvironments(owners);
  const { as, override } = claim;
  const said = evidence.map(({ environment }) => environment);
  const [only, ...others] = said;
  if (only === undefined) {
    if (as !== undefined) return { environment: as, evidence, overridden: null };
    throw refusal(
      'EnvironmentUnknown',
      'nothing in the state says which environment it is: no tag, no name, no output',
      [],
      [...known.map((name) => `if it is ${name}: add --as ${name}`)],
    );
  }
  const agrees = others.length === 0 && known.includes(only) && (as === undefined || as === only);
  if (agrees) return { environment: only, evidence, overridden: null };
  if (as !== undefined && override !== undefined) return { environment: as, evidence, overridden: override };
  if (others.length > 0) {
    throw refusal('EvidenceConflicts', `the state does not say clearly which environment it is`, evidence, [
      'correct what is wrong where it is deployed now, with Terraform and the old backend',
      `or say which it is, and why: --as ${as ?? known.find((name) => said.includes(name)) ?? 'ENV'} --override-evidence REASON`,
    ]);
  }
  if (as !== undefined && as !== only) {
    throw refusal('EvidenceContradicts', `the state is that of "${only}", not of "${as}"`, evidence, [
      ...(known.includes(only) ? [`keep it as what it is: --as ${only}`] : undefinedEnvironment(only, known)),
      `or say why it is "${as}" all the same: --as ${as} --override-evidence REASON`,
    ]);
  }
  throw refusal('EnvironmentUndefined', `the state is that of "${only}", which the project does not have`, evidence, [
    ...undefinedEnvironment(only, known),
    `or, if one of ${known.join(', ')} is only called otherwise in AWS: --as ${nearestName(only, known) ?? 'ENV'} --override-evidence REASON`,
  ]);
}

function undefinedEnvironment(name: string, known: readonly string[]): readonly string[] {
  const pattern = known[0] ?? 'staging';
  return [
    `make its pair of files: cp terraform/terraform.tfvars.${pattern} terraform/terraform.tfvars.${name} && cp terraform/backend-${pattern}.tfbackend terraform/backend-${name}.tfbackend`,
  ];
}

function twoEnvironments(owners: readonly EnvironmentEvidence[]): MhtctlError {
  return refusal(
    'TwoEnvironments',
    `the state holds resources of ${owners.map(({ environment }) => `"${environment}"`).join(' and ')}; one state is one environment's`,
    owners,
    [
      'decide whose each of them is, and correct its tag or name where it is deployed now',
      'or take the fewer ones out of the old state first: terraform state rm ADDRESS, and import them into their own later: mhtctl import ENV ADDRESS ID',
    ],
  );
}

function refusal(
  code: string,
  message: string,
  evidence: readonly EnvironmentEvidence[],
  nextSteps: readonly string[],
): MhtctlError {
  const found = evidence.map((each) => `  ${describeEvidence(each)}`);
  return new MhtctlError({
    code,
    outcome: 'refused',
    message: found.length === 0 ? message : [`${message}:`, ...found].join('\n'),
    nextSteps,
  });
}

/** The evidence for one environment in a line. */
export function describeEvidence({ environment, tags, names, output, examples }: EnvironmentEvidence): string {
  const parts = [
    ...(tags > 0 ? [`${tags} ${tags === 1 ? 'tag' : 'tags'}`] : []),
    ...(names > 0 ? [`${names} ${names === 1 ? 'name' : 'names'}`] : []),
    ...(output ? ['the output "environment"'] : []),
  ];
  return `${environment}: ${parts.join(', ')}${examples.length === 0 ? '' : ` (${examples.join('; ')})`}`;
}
