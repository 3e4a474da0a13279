import type { AttributeChange } from './attribute-changes.js';

/** An attribute, or a part of one, that is not as it was left. */
export interface DriftedAttribute extends AttributeChange {
  /** Whether a deployment would set it back. What was added beside parts of the configuration's own stays. */
  readonly undoneByDeploy: boolean;
}

/** A resource that was changed outside Terraform. */
export interface ChangedResource<Attribute extends AttributeChange = AttributeChange> {
  readonly address: string;
  readonly type: string;
  /** `delete` for one that is gone, which has no attributes any more. */
  readonly action: 'update' | 'delete';
  /** What the state says, and what is there now. */
  readonly attributes: readonly Attribute[];
}

/** A resource that is not as the configuration wants it, or that has more than the configuration gave it. */
export type DriftedResource = ChangedResource<DriftedAttribute>;
