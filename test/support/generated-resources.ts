import type { TaggedResource } from '../../src/domain/separation/inventory.js';

/** Any number of resources of which none is held in memory: each is made from its index when it is asked for. */
export interface GeneratedResources {
  readonly count: number;
  /** The resource of an index from 0, with all its tags. */
  at(index: number): TaggedResource;
  /** The index of a resource; undefined when it is none of these. */
  indexOf(arn: string): number | undefined;
}

/** What a project of several environments is made of. */
export interface GeneratedProject {
  readonly project: string;
  readonly environments: readonly string[];
  /** Resources of each environment. */
  readonly each: number;
  readonly accountId: string;
  readonly region: string;
}

/** The resources of the environments in turn, of several kinds, tagged as Terraform's `default_tags` would. */
export function generatedResources({
  project,
  environments,
  each,
  accountId,
  region,
}: GeneratedProject): GeneratedResources {
  const count = environments.length * each;
  const place = `${region}:${accountId}`;
  const kinds: readonly ((name: string, index: number) => string)[] = [
    (name) => `arn:aws:sqs:${place}:${name}`,
    (_, index) => `arn:aws:ec2:${place}:instance/i-${String(index).padStart(17, '0')}`,
    (name) => `arn:aws:s3:::${name}`,
    (name) => `arn:aws:dynamodb:${place}:table/${name}`,
  ];
  const at = (index: number): TaggedResource => {
    const Environment = environments[index % environments.length] ?? '';
    const Name = `${project}-${Environment}-${index}`;
    const arn = kinds[Math.floor(index / environments.length) % kinds.length]?.(Name, index) ?? '';
    return { arn, tags: { Environment, Project: project, Name, ManagedBy: 'terraform', CostCenter: '4711' } };
  };
  const indexOf = (arn: string): number | undefined => {
    const index = Number(/\d+$/.exec(arn)?.[0]);
    return index < count && at(index).arn === arn ? index : undefined;
  };
  return { count, at, indexOf };
}
