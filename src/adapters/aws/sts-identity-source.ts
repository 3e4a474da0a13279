import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import type { Identity } from '../../domain/identity.js';
import type { IdentitySource } from '../../ports/identity-source.js';
import { awsFailure } from './aws-failure.js';
import type { ClientConfigurations } from './client-configuration.js';

/** The caller's identity by AWS STS. */
export class StsIdentitySource implements IdentitySource {
  readonly #configurations: ClientConfigurations;

  constructor(configurations: ClientConfigurations) {
    this.#configurations = configurations;
  }

  async whoAmI(binding: Binding): Promise<Identity> {
    const { STSClient, GetCallerIdentityCommand } = await import('./sdk/sts.js');
    const client = new STSClient(await this.#configurations.of(binding));
    try {
      const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
      return { accountId: Account ?? '', arn: Arn ?? '' };
    } catch (error) {
      const failure = awsFailure(error, 'sts:GetCallerIdentity', `"${binding.name}"`);
      if (failure.code !== 'AwsDenied' || binding.roleArn === undefined) throw failure;
      throw new MhtctlError({
        code: 'RoleRefused',
        outcome: 'wrongIdentity',
        message: `the role ${binding.roleArn} of "${binding.name}" cannot be assumed with the current credentials`,
        nextSteps: ['see who you are: aws sts get-caller-identity', `check the trust policy of ${binding.roleArn}`],
        cause: error,
      });
    } finally {
      client.destroy();
    }
  }
}
