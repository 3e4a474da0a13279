import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { parseState, type State } from '../domain/state.js';
import type { StateCopy } from '../domain/state-archive.js';
import type { Ports } from '../ports/index.js';

/** An environment's state as it is now, whatever has become of it. */
export type StateNow =
  | { readonly kind: 'readable'; readonly copy: StateCopy; readonly state: State }
  /** A whole state, but not the one that Terraform wrote last; it refuses to read it. */
  | { readonly kind: 'unexpected'; readonly copy: StateCopy; readonly state: State }
  /** Something that is no state. */
  | { readonly kind: 'unreadable'; readonly copy: StateCopy }
  | { readonly kind: 'none' };

/** Reads the state as it is. Fails only as AWS does, and for a state of a format that is newer than ours. */
export async function readStateNow({ stateArchive }: Pick<Ports, 'stateArchive'>, binding: Binding): Promise<StateNow> {
  const copy = await stateArchive.read(binding, { kind: 'current' });
  if (copy === null) return { kind: 'none' };
  const { bucket, key } = binding.backend;
  const text = new TextDecoder().decode(copy.bytes);
  try {
    const state = parseState(text, `s3://${bucket}/${key}`);
    const expected = await stateArchive.isExpected(binding, copy);
    return { kind: expected ? 'readable' : 'unexpected', copy, state };
  } catch (error) {
    // What a later Terraform wrote is whole, and not to be taken for garbage.
    if (!(error instanceof MhtctlError) || !error.code.startsWith('State') || isOfLaterFormat(text)) throw error;
    return { kind: 'unreadable', copy };
  }
}

function isOfLaterFormat(text: string): boolean {
  try {
    const { version } = JSON.parse(text) as { readonly version?: unknown };
    return typeof version === 'number' && version > 4;
  } catch {
    return false;
  }
}

/** The present state in a few words. */
export function describeStateNow(now: StateNow): string {
  switch (now.kind) {
    case 'readable':
      return `serial ${now.state.serial}, ${now.state.instances.length} resources`;
    case 'unexpected':
      return `serial ${now.state.serial}, which is not what Terraform wrote last`;
    case 'unreadable':
      return 'what is there is no state';
    case 'none':
      return 'there is none';
  }
}
