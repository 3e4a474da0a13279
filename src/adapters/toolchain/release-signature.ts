import { MhtctlError } from '../../domain/errors.js';

/**
 * Verifies a detached OpenPGP signature; fails (`SignatureInvalid`) unless the key made it over exactly these bytes.
 * openpgp judges the key's validity at the time of the signature, which must not lie in the future, and not now: a key's
 * expiry does not unsign a release that was published before it.
 */
export async function verifyReleaseSignature(content: {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  /** ASCII-armoured public key. */
  readonly publicKey: string;
  /** What was signed, for the message: a URL. */
  readonly source: string;
}): Promise<void> {
  const openpgp = await import('./openpgp.js');
  try {
    await openpgp.verify({
      message: await openpgp.createMessage({ binary: content.bytes }),
      signature: await openpgp.readSignature({ binarySignature: content.signature }),
      verificationKeys: await openpgp.readKey({ armoredKey: content.publicKey }),
      format: 'binary',
      // Without this a wrong signature is reported in the result instead of thrown.
      expectSigned: true,
    });
  } catch (cause) {
    throw new MhtctlError({
      code: 'SignatureInvalid',
      outcome: 'toolFailed',
      message: `the signature of ${content.source} is not its publisher's: ${(cause as Error).message}`,
      nextSteps: ['do not use what was downloaded; try again from a network that you trust'],
      cause,
    });
  }
}
