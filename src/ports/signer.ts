import type { Binding } from '../domain/environment.js';
import type { Signature } from '../domain/separation/report.js';

/** Signs with a key that never leaves its keeper. */
export interface Signer {
  /**
   * The key's signature over a text, with what it takes to verify it without the keeper. Fails (exit 2) with
   * `KeyCannotSign` when the key is not one for signing, and (exit 5) when AWS refuses.
   * @param key id, ARN or alias of an asymmetric KMS key
   */
  sign(where: Pick<Binding, 'region' | 'roleArn'>, key: string, text: string): Promise<Signature>;
}
