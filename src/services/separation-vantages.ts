import type { Binding } from '../domain/environment.js';
import type { Identity } from '../domain/identity.js';
import { parseArn } from '../domain/separation/identifiers.js';
import type { State } from '../domain/state.js';
import type { Vantage } from '../ports/aws-facts.js';

/** An environment, who looks at it, and the regions to look at. */
export interface Seen {
  readonly binding: Binding;
  readonly identity: Identity;
  readonly regions: readonly string[];
}

/** The regions that an environment's files name: of its resources and of its state. */
export function regionsOfFiles({ region, backend }: Binding): readonly string[] {
  return [...new Set([region, backend.region])];
}

/** Further regions that its state has resources in. What is in another account is somebody else's. */
export function regionsOfState(binding: Binding, identity: Identity, state: State | null): readonly string[] {
  const known = regionsOfFiles(binding);
  const regions = new Set<string>();
  for (const { attributes } of state?.instances ?? []) {
    const arn = typeof attributes['arn'] === 'string' ? parseArn(attributes['arn']) : undefined;
    if (arn === undefined || arn.region === '' || arn.accountId !== identity.accountId) continue;
    if (!known.includes(arn.region)) regions.add(arn.region);
  }
  return [...regions];
}

/**
 * One for each account, role and region that an environment is in, its state's other regions included. What is the same in
 * every region is read from the first of an account's; what cannot be read there is missing for all its environments.
 */
export function vantagesOf(environments: readonly Seen[]): readonly Vantage[] {
  const vantages = new Map<string, Vantage>();
  const first = new Map<string, string>();
  for (const environment of environments) {
    const { binding, identity, regions } = environment;
    const { accountId } = identity;
    const credentials = `${accountId} ${binding.roleArn ?? ''}`;
    for (const region of regions) {
      const key = `${credentials} ${region}`;
      if (!first.has(credentials)) first.set(credentials, key);
      const global = first.get(credentials) === key;
      const partition = parseArn(identity.arn)?.partition ?? 'aws';
      const place = { region, roleArn: binding.roleArn, accountId, partition, global };
      const seen = vantages.get(key)?.environments ?? [];
      vantages.set(key, { ...place, environments: [...seen, binding.name] });
    }
    const globalKey = first.get(credentials) ?? '';
    const global = vantages.get(globalKey);
    if (global !== undefined && !global.environments.includes(binding.name))
      vantages.set(globalKey, { ...global, environments: [...global.environments, binding.name] });
  }
  return [...vantages.values()];
}
