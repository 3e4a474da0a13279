import type { SourceLocation } from '../hcl-value.js';
import type { ConfiguredResource, Evidence } from './evidence.js';

// A key is a number or a quoted text, which may hold anything: dots, brackets, escaped quotes.
const INSTANCE_KEY = /\[(?:\d+|"(?:\\.|[^"\\])*")\]/g;

/**
 * The address of the block that an instance comes from: `module.alb.aws_lb.this` for `module.alb[0].aws_lb.this["a.b"]`.
 * Source: https://developer.hashicorp.com/terraform/cli/state/resource-addressing
 */
export function blockAddress(address: string): string {
  return address.replace(INSTANCE_KEY, '');
}

/** The innermost module around a block that could not be read; undefined when all of them were. */
export function unreadModuleOf(
  configuration: Evidence['configuration'],
  block: string,
): ({ readonly address: string } & ConfiguredResource) | undefined {
  const names = block.split('.');
  for (let length = names.length; length >= 0; length -= 1) {
    const isModule = length % 2 === 0 && (length === 0 || names[length - 2] === 'module');
    if (!isModule) continue;
    const address = names.slice(0, length).join('.');
    const module = configuration.get(address);
    if (module !== undefined) return { address, ...module };
  }
  return undefined;
}

/**
 * Where the configuration writes a resource of a state: its block, or the call of the module that brings it when that
 * module could not be read. Null when there is neither.
 * @param address as in the state, with instance keys; null for what is in none
 */
export function locationOf(evidence: Pick<Evidence, 'configuration'>, address: string | null): SourceLocation | null {
  if (address === null) return null;
  const block = blockAddress(address);
  const written = evidence.configuration.get(block);
  if (written !== undefined) return written.location;
  const module = unreadModuleOf(evidence.configuration, block);
  // Of the root, what could not be read is one of its files: that tells nothing of the resource.
  return module === undefined || module.address === '' ? null : module.location;
}
