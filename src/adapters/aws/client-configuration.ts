import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { STSClient } from '@aws-sdk/client-sts';
import type { Binding } from '../../domain/environment.js';

type Logger = NonNullable<S3ClientConfig['logger']>;

/** Where a client looks and as whom. */
type Access = Pick<Binding, 'region' | 'roleArn'>;

/** The part of an AWS client's configuration that every client of an environment shares. */
export interface ClientConfiguration {
  readonly region: string;
  readonly maxAttempts: number;
  /** Milliseconds; without them a network that swallows packets would be waited for for minutes. */
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
  readonly logger: Logger;
  readonly credentials: STSClient['config']['credentials'];
}

const nothing = () => undefined;

/**
 * Warns as Node does, since the SDK's warnings are for people, and lacks `info`: to that the SDK hands each question and
 * answer, in a copy without secrets whose making takes as long as reading the answer. It looks whether there is an `info`
 * before it makes one.
 * Source: https://github.com/aws/aws-sdk-js-v3/tree/main/packages-internal/core/src/submodules/client/middleware-logger
 */
const LOGGER = {
  debug: nothing,
  warn: (...content: unknown[]) => process.emitWarning(content.join(' ')),
  error: nothing,
} as unknown as Logger;

/** Name of the sessions mhtctl opens when it assumes a role; CloudTrail shows it. */
const SESSION_NAME = 'mhtctl';

/** The configurations of all clients of one run. */
export class ClientConfigurations {
  readonly #credentials = new Map<string, Promise<ClientConfiguration['credentials']>>();

  /**
   * Region and credentials of the environment: the caller's own, or the environment's role assumed with them.
   * Endpoints come from the standard variables (`AWS_ENDPOINT_URL`), which the SDK reads itself.
   */
  async of({ region: home, roleArn }: Access, region: string = home): Promise<ClientConfiguration> {
    const configuration = {
      region,
      maxAttempts: 4,
      requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
      logger: LOGGER,
    };
    const who = `${region} ${roleArn ?? ''}`;
    const credentials = this.#credentials.get(who) ?? credentialsOf(configuration, roleArn);
    this.#credentials.set(who, credentials);
    return { ...configuration, credentials: await credentials };
  }
}

/**
 * A client keeps the credentials that it was given until they expire, and others may have them of it: else each would
 * assume the role, or run the program that gives them, by itself.
 */
async function credentialsOf(
  configuration: Omit<ClientConfiguration, 'credentials'>,
  roleArn: string | undefined,
): Promise<ClientConfiguration['credentials']> {
  const { STSClient } = await import('./sdk/sts.js');
  if (roleArn === undefined) return new STSClient(configuration).config.credentials;
  const { fromTemporaryCredentials } = await import('./sdk/credentials.js');
  const role = fromTemporaryCredentials({
    params: { RoleArn: roleArn, RoleSessionName: SESSION_NAME },
    clientConfig: { region: configuration.region },
  });
  return new STSClient({ ...configuration, credentials: role }).config.credentials;
}
