import type { Binding } from '../../domain/environment.js';

/** The part of an AWS client's configuration that every client of an environment shares. */
export interface ClientConfiguration {
  readonly region: string;
  readonly maxAttempts: number;
  /** Milliseconds; without them a network that swallows packets would be waited for for minutes. */
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
  readonly credentials?: ReturnType<typeof import('./sdk/credentials.js')['fromTemporaryCredentials']>;
}

/** Name of the sessions mhtctl opens when it assumes a role; CloudTrail shows it. */
const SESSION_NAME = 'mhtctl';

/**
 * Region and credentials of the environment: the caller's own, or the environment's role assumed with them.
 * Endpoints come from the standard variables (`AWS_ENDPOINT_URL`), which the SDK reads itself.
 */
export async function clientConfiguration(
  binding: Pick<Binding, 'region' | 'roleArn'>,
  region: string = binding.region,
): Promise<ClientConfiguration> {
  const base = { region, maxAttempts: 4, requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 } };
  if (binding.roleArn === undefined) return base;
  const { fromTemporaryCredentials } = await import('./sdk/credentials.js');
  const credentials = fromTemporaryCredentials({
    params: { RoleArn: binding.roleArn, RoleSessionName: SESSION_NAME },
    clientConfig: { region },
  });
  return { ...base, credentials };
}
