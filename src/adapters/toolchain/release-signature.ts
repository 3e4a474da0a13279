import { MhtctlError } from '../../domain/errors.js';

/** How far a signer's clock may be ahead of this machine's. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/**
 * Verifies a detached OpenPGP signature; fails (`SignatureInvalid`) unless the key made it over exactly these bytes.
 * Whether the key was valid is judged at the time of the signature, not now: a key's expiry does not unsign a release
 * that was published before it.
 */
export async function verifyReleaseSignature(content: {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  /** ASCII-armoured public key. */
  readonly publicKey: string;
  /** What was signed, for the message: a URL. */
  readonly source: string;
}): Promise<void> {
  const openpgp = await import('openpgp');
  try {
    const signature = await openpgp.readSignature({ binarySignature: content.signature });
    const signedAt = signature.packets[0]?.created;
    if (!(signedAt instanceof Date)) throw new Error('there is no signature in it');
    if (signedAt.getTime() > Date.now() + CLOCK_TOLERANCE_MS) {
      throw new Error(`it is dated ${signedAt.toISOString()}, which is in the future`);
    }
    await openpgp.verify({
      message: await openpgp.createMessage({ binary: content.bytes }),
      signature,
      verificationKeys: await openpgp.readKey({ armoredKey: content.publicKey }),
      date: signedAt,
      format: 'binary',
      expectSigned: true,
    });
  } catch (cause) {
    throw new MhtctlError({
      code: 'SignatureInvalid',
      outcome: 'toolFailed',
      message: `the signature of ${content.source} is not its publisher's: ${cause instanceof Error ? cause.message : cause}`,
      nextSteps: ['do not use what was downloaded; try again from a network that you trust'],
      cause,
    });
  }
}
