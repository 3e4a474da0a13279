import { createHash } from 'node:crypto';
import { canonicalJson } from '../plan.js';
import type { State } from '../state.js';
import { withLineage, withSerial } from '../state-text.js';

/** Where the state of the single environment was kept until now. */
export type FormerPlace =
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string; readonly region: string }
  | { readonly kind: 'file'; readonly file: string };

/** The state of the single environment, as it was read. */
export interface FormerState {
  readonly place: FormerPlace;
  /** The state as Terraform wrote it. */
  readonly text: string;
  readonly state: State;
}

/** A place in a sentence: `s3://bucket/key`, or the file. */
export function describePlace(place: FormerPlace): string {
  return place.kind === 's3' ? `s3://${place.bucket}/${place.key}` : place.file;
}

/** Whether two places hold the same state: bucket names are unique, whatever the region. */
export function isSamePlace(one: FormerPlace, other: FormerPlace): boolean {
  return describePlace(one) === describePlace(other);
}

/**
 * `sha256:` over what a state says of resources and outputs, without its lineage and serial: two states that are copies
 * of one another have the same.
 */
export function contentDigest({ instances, outputs }: Pick<State, 'instances' | 'outputs'>): string {
  const sorted = [...instances].sort((left, right) => (left.address < right.address ? -1 : 1));
  return `sha256:${createHash('sha256')
    .update(canonicalJson({ instances: sorted, outputs }))
    .digest('hex')}`;
}

/** The same state as the first of another lineage. */
export function asLineage(text: string, lineage: string): string {
  return withSerial(withLineage(text, lineage), 1);
}

/** The state that follows one of that lineage and serial, without anything in it. */
export function emptied({ lineage, serial, terraformVersion }: State): string {
  const state = {
    version: 4,
    terraform_version: terraformVersion,
    serial: serial + 1,
    lineage,
    outputs: {},
    resources: [],
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}

/** Whether a version of Terraform, like `1.11.4`, is older than the one that wrote a state. */
export function isOlderTerraform(version: string, writtenBy: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
  const [own, other] = [numbers(version), numbers(writtenBy)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (own[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
