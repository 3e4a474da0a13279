import { createPublicKey } from 'node:crypto';
import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import { parseArn } from '../../domain/separation/identifiers.js';
import type { Signature } from '../../domain/separation/report.js';
import type { Signer } from '../../ports/signer.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { ClientConfigurations } from './client-configuration.js';

/** Signatures by AWS KMS. Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
export class KmsSigner implements Signer {
  readonly #configurations: ClientConfigurations;

  constructor(configurations: ClientConfigurations) {
    this.#configurations = configurations;
  }

  async sign(where: Pick<Binding, 'region' | 'roleArn'>, key: string, text: string): Promise<Signature> {
    const { KMSClient, GetPublicKeyCommand, SignCommand } = await import('./sdk/kms-signing.js');
    // A key is used in its own region.
    const client = new KMSClient(await this.#configurations.of(where, parseArn(key)?.region ?? where.region));
    let action = 'kms:GetPublicKey';
    try {
      const { KeyId, PublicKey, SigningAlgorithms = [] } = await client.send(new GetPublicKeyCommand({ KeyId: key }));
      const algorithm = preferred(SigningAlgorithms);
      if (algorithm === undefined || PublicKey === undefined) throw cannotSign(key);
      action = 'kms:Sign';
      const answer = await client.send(
        new SignCommand({ KeyId: key, Message: Buffer.from(text), MessageType: 'RAW', SigningAlgorithm: algorithm }),
      );
      return {
        keyArn: KeyId ?? key,
        algorithm,
        publicKey: createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' })
          .export({ type: 'spki', format: 'pem' })
          .toString(),
        value: Buffer.from(answer.Signature ?? []).toString('base64'),
      };
    } catch (error) {
      if (isAwsError(error, 'InvalidKeyUsageException', 'UnsupportedOperationException')) throw cannotSign(key, error);
      throw awsFailure(error, action, key);
    } finally {
      client.destroy();
    }
  }
}

/** The strongest that a key of its kind offers and everybody can verify. */
function preferred<T extends string>(algorithms: readonly T[]): T | undefined {
  const families = [/^RSASSA_PSS_SHA_256$/, /^ECDSA_SHA_(256|384|512)$/, /^RSASSA_/];
  for (const family of families) {
    const found = algorithms.find((algorithm) => family.test(algorithm));
    if (found !== undefined) return found;
  }
  return undefined;
}

function cannotSign(key: string, cause?: unknown): MhtctlError {
  return new MhtctlError({
    code: 'KeyCannotSign',
    outcome: 'usage',
    message: `the KMS key ${key} is not one for signing; expected an asymmetric key of usage SIGN_VERIFY`,
    nextSteps: ['aws kms create-key --key-usage SIGN_VERIFY --key-spec ECC_NIST_P256'],
    cause,
  });
}
