import type { DecodedBackend } from './backend.js';
import { editLine, invalidConfiguration, place } from './invalid-configuration.js';

/** The backend of a named environment. */
export interface EnvironmentBackend {
  readonly name: string;
  readonly decoded: DecodedBackend;
}

/**
 * Fails (exit 2) when two environments would share a state object or a lock table: then neither is safe from the
 * other, whatever the rest of the configuration says.
 */
export function refuseSharedBackends(environments: readonly EnvironmentBackend[]): void {
  for (const [index, first] of environments.entries()) {
    for (const second of environments.slice(index + 1)) refuseShared(first, second);
  }
}

function refuseShared(first: EnvironmentBackend, second: EnvironmentBackend): void {
  const [one, other] = [first.decoded.backend, second.decoded.backend];
  // Bucket names are unique across regions and accounts, so the same name is the same bucket.
  if (one.bucket === other.bucket && one.key === other.key) {
    throw shared(first, second, 'key', `state s3://${one.bucket}/${one.key}`);
  }
  if (
    one.lockTable !== undefined &&
    one.lockTable === other.lockTable &&
    one.region === other.region &&
    !provablyDifferentAccounts(one.allowedAccountIds, other.allowedAccountIds)
  ) {
    throw shared(first, second, 'dynamodb_table', `lock table ${one.lockTable} in ${one.region}`);
  }
}

function provablyDifferentAccounts(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && other.length > 0 && !one.some((id) => other.includes(id));
}

function shared(first: EnvironmentBackend, second: EnvironmentBackend, attribute: string, what: string) {
  const places = [first, second].map(({ name, decoded }) => {
    const location = decoded.attribute(attribute)?.location;
    return { name, location: location ?? { file: decoded.file, line: 1, column: 1 } };
  });
  const [one, other] = places.map(({ name, location }) => `${name} (${place(location)})`);
  return invalidConfiguration(
    'SharedBackend',
    `environments ${one} and ${other} share the ${what}; each needs its own`,
    places.map(({ name, location }) => editLine(location, `give ${name} a ${attribute} of its own`)),
  );
}
