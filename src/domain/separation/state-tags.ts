import type { Json } from '../plan.js';
import type { StateResource } from './state-facts.js';

type Tags = Readonly<Record<string, Json>>;

/** Something in AWS with the tags that a state says it has. */
export interface TaggedInState {
  /** Canonical identifier. */
  readonly id: string;
  /** Undefined where the state tells no tags of it, though it is there. */
  readonly tags: Tags | undefined;
}

/** The tags of a resource in a state, default tags included; undefined for a type without tags. */
export function stateTags({ instance }: Pick<StateResource, 'instance'>): Tags | undefined {
  const { type, attributes } = instance;
  // The one type that takes its tags in blocks, and default tags not at all.
  const tags = type === 'aws_autoscaling_group' ? tagsOfBlocks(attributes['tag']) : attributes['tags_all'];
  if (tags === undefined) return undefined;
  return isFields(tags) ? tags : {};
}

/**
 * Everything that a resource of a state tags in AWS: itself and its parts, like the volumes of an instance, or the one
 * tag `Environment` of something that it did not make.
 * Sources: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/instance,
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ec2_tag
 */
export function taggedInState(resource: StateResource): readonly TaggedInState[] {
  const { ids, settingOf, instance } = resource;
  const { type, attributes } = instance;
  const [own, ...parts] = ids;
  if (own === undefined) {
    const { key, value = null } = attributes;
    return type === 'aws_ec2_tag' && settingOf !== undefined && key === 'Environment'
      ? [{ id: settingOf, tags: { [key]: value } }]
      : [];
  }
  const tags = stateTags(resource);
  const volumes = type === 'aws_instance' ? volumeTags(attributes) : new Map<string, Tags>();
  return [...(tags === undefined ? [] : [{ id: own, tags }]), ...parts.map((id) => ({ id, tags: volumes.get(id) }))];
}

/** What an instance says of its volumes, each in its own block, or all of them at once. */
function volumeTags(attributes: StateResource['instance']['attributes']): ReadonlyMap<string, Tags> {
  const { root_block_device: root, ebs_block_device: others, volume_tags: ofAll } = attributes;
  const found = new Map<string, Tags>();
  for (const block of [...listOf(root), ...listOf(others)]) {
    const { volume_id: id, tags_all: own } = block;
    const tags = isFields(own) && Object.keys(own).length > 0 ? own : ofAll;
    if (typeof id === 'string' && isFields(tags)) found.set(id, tags);
  }
  return found;
}

function tagsOfBlocks(blocks: Json | undefined): Tags {
  return Object.fromEntries(
    listOf(blocks).flatMap(({ key, value = null }) => (typeof key === 'string' ? [[key, value] as const] : [])),
  );
}

function listOf(value: Json | undefined): readonly Tags[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function isFields(value: unknown): value is Tags {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
