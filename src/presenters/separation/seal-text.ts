import type { SealCheck } from '../../domain/separation/seal.js';
import { printable } from '../printable.js';
import type { Style } from '../style.js';

/** What a kept report is worth. */
export function sealText(seal: SealCheck, file: string, style: Style): string {
  const { intact, digest, signature, keyFingerprint } = seal;
  const keyArn = printable(seal.keyArn ?? '');
  const stated = printable(digest.stated);
  const signed = {
    valid: `${style.green('✔')} signed by ${keyArn}`,
    invalid: `${style.red('✖')} the signature is not that of ${keyArn}`,
    unsigned: `${style.yellow('·')} it carries no signature: anybody could have written it`,
  }[signature];
  return [
    intact
      ? `${style.green('✔')} ${file} is as it was written: ${digest.computed}`
      : `${style.red('✖')} ${file} was changed: its content is ${digest.computed}, it states ${stated}`,
    signed,
    ...(keyFingerprint === null
      ? []
      : [style.dim(`  public key ${keyFingerprint}; compare it with: aws kms get-public-key --key-id ${keyArn}`)]),
  ].join('\n');
}
