import type { Plan, ResourceChange } from '../plan.js';
import { partsAddedOutside } from './added-parts.js';
import { type AttributeChange, attributeChanges } from './attribute-changes.js';
import type { ChangedResource, DriftedResource } from './changed-resource.js';

/** What was changed outside Terraform since the state was written. */
export interface Drift {
  readonly drift: readonly DriftedResource[];
  /** What else has changed: attributes that the configuration leaves to AWS, or wants as they are now. */
  readonly unmanaged: readonly ChangedResource[];
}

/**
 * Tells drift from the two other things that a plan finds: what AWS sets by itself, and what the configuration wants
 * changed. An attribute has drifted when it is not as the state says, and the plan would change it again.
 */
export function driftOf(plan: Plan): Drift {
  const planned = new Map(plan.changes.map((change) => [change.address, change]));
  const added = new Map(partsAddedOutside(plan).map((resource) => [resource.address, resource]));
  const sorted = plan.drift.map((change) => sortOut(change, planned.get(change.address), added.get(change.address)));
  const seen = new Set(plan.drift.map(({ address }) => address));
  return {
    drift: [
      ...sorted.flatMap(({ drift }) => drift),
      ...[...added.values()].filter(({ address }) => !seen.has(address)),
    ],
    unmanaged: sorted.flatMap(({ unmanaged }) => unmanaged),
  };
}

/** What of a resource's changes is drift, together with what was added to it, and what is not. */
function sortOut(
  change: ResourceChange,
  planned: ResourceChange | undefined,
  added: DriftedResource | undefined,
): Drift {
  const { address, type } = change;
  if (change.actions.includes('delete')) {
    const gone = [{ address, type, action: 'delete', attributes: [] }] as const;
    // Gone, and not wanted back: nothing to undo.
    const isWanted = planned?.actions.includes('create') === true;
    return isWanted ? { drift: gone, unmanaged: [] } : { drift: [], unmanaged: gone };
  }
  const attributes = withoutRepeatedTags(attributeChanges(change));
  const undone = planned === undefined || planned.after === null ? [] : attributeChanges(planned);
  const isUndone = ({ path }: AttributeChange) => undone.some((other) => overlap(path, other.path));
  const isTold = ({ path }: AttributeChange) => added?.attributes.some((other) => overlap(path, other.path)) === true;
  const drifted = attributes.filter(isUndone).map((attribute) => ({ ...attribute, undoneByDeploy: true }));
  const resourceWith = <Attribute extends AttributeChange>(of: readonly Attribute[]): ChangedResource<Attribute>[] =>
    of.length === 0 ? [] : [{ address, type, action: 'update', attributes: of }];
  return {
    drift: resourceWith([...drifted, ...(added?.attributes ?? [])]),
    unmanaged: resourceWith(attributes.filter((attribute) => !isUndone(attribute) && !isTold(attribute))),
  };
}

/** Whether one path leads to the other, or to a part of it. */
function overlap(left: string, right: string): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return long.startsWith(short) && ['', '.', '['].includes(long.charAt(short.length));
}

/** `tags_all` has what `tags` has, and the provider's default tags: those alone are told by it. */
function withoutRepeatedTags(changes: readonly AttributeChange[]): readonly AttributeChange[] {
  const told = new Set(changes.map(({ path }) => path));
  return changes.filter(({ path }) => !told.has(path.replace(/^tags_all\b/, 'tags')) || !path.startsWith('tags_all'));
}
