import type { Json } from '../plan.js';
import type { StateResource } from './state-facts.js';

type Tags = Readonly<Record<string, Json>>;

/** Attributes of a resource, or of a block in it. */
type Fields = Readonly<Record<string, Json>>;

/** Something in AWS with the tags that a state says it has. */
export interface TaggedInState {
  /** Canonical identifier. */
  readonly id: string;
  /** Undefined where the state tells no tags of it, though it is there. */
  readonly tags: Tags | undefined;
}

const TAG_PATH = /(?:^|\.)(?:tags|tags_all|volume_tags|tag_specifications)(?:\.|$)/;

/** Whether an attribute is of tags, wherever they stand: rules of their own judge them. @param path without indexes */
export function isTagPath(path: string): boolean {
  return TAG_PATH.test(path);
}

/** The tags of a resource in a state, default tags included; undefined for a type without tags. */
export function stateTags({ instance }: Pick<StateResource, 'instance'>): Tags | undefined {
  const { type, attributes } = instance;
  // The one type that takes its tags in blocks, and default tags not at all.
  return type === 'aws_autoscaling_group' ? tagsOfBlocks(attributes['tag']) : allTags(attributes);
}

/** All tags of what has both lists, or the list that it has; undefined for what has neither. */
function allTags({ tags, tags_all: all }: Fields): Tags | undefined {
  if (tags === undefined && all === undefined) return undefined;
  return [all, tags].find(isFields) ?? {};
}

/**
 * What the tags of a resource's own configuration say otherwise than all its tags; Terraform writes the same in both.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/guides/resource-tagging
 */
function contradicting({ tags, tags_all: all }: Fields): readonly Tags[] {
  if (!isFields(tags) || !isFields(all)) return [];
  const { Environment: own = null } = tags;
  return own === null || own === all['Environment'] ? [] : [{ ...all, Environment: own }];
}

/**
 * Everything that a resource of a state tags in AWS: itself and its parts, like the volumes of an instance, or the one
 * tag `Environment` of something that it did not make. What the state tells in two ways is in it twice.
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
  const volumes = type === 'aws_instance' ? volumeTags(attributes) : new Map<string, readonly Tags[]>();
  return [
    ...(tags === undefined ? [] : [tags, ...contradicting(attributes)].map((each) => ({ id: own, tags: each }))),
    ...parts.flatMap((id) => (volumes.get(id) ?? [undefined]).map((each) => ({ id, tags: each }))),
  ];
}

/** What an instance says of its volumes, each in its own block, or all of them at once. */
function volumeTags(attributes: Fields): ReadonlyMap<string, readonly Tags[]> {
  const { root_block_device: root, ebs_block_device: others, volume_tags: ofAll } = attributes;
  const found = new Map<string, readonly Tags[]>();
  for (const block of [...listOf(root), ...listOf(others)]) {
    const { volume_id: id } = block;
    const own = allTags(block) ?? {};
    const tags = Object.keys(own).length > 0 ? own : ofAll;
    if (typeof id === 'string' && isFields(tags)) found.set(id, [tags, ...contradicting(block)]);
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
