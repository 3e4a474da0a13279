import { constants, createHash, createPublicKey, verify } from 'node:crypto';
import { canonicalJson } from '../plan.js';
import type { SeparationReport, Signature } from './report.js';

/** `sha256:` over the canonical form of a report, its digest and signature left out. */
export function digestOfReport(report: Omit<SeparationReport, 'digest' | 'signature'>): string {
  const { digest: _, signature: __, ...content } = report as SeparationReport;
  return `sha256:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
}

/** What a report that somebody kept is worth. */
export interface SealCheck {
  /** Whether the content is what its digest was made of. */
  readonly intact: boolean;
  readonly digest: { readonly stated: string; readonly computed: string };
  /** `unsigned` when it carries no signature. */
  readonly signature: 'valid' | 'invalid' | 'unsigned';
  /** ARN of the key that is said to have signed it; null without a signature. */
  readonly keyArn: string | null;
  /** `sha256:` over the public key (its SubjectPublicKeyInfo), to compare with one known from elsewhere; null without. */
  readonly keyFingerprint: string | null;
}

/** Checks a report's digest and signature, with nothing but the report. */
export function checkSeal(report: SeparationReport): SealCheck {
  const computed = digestOfReport(report);
  const { digest: stated, signature } = report;
  return {
    intact: computed === stated,
    digest: { stated, computed },
    signature: signature === undefined ? 'unsigned' : isSignedBy(stated, signature) ? 'valid' : 'invalid',
    keyArn: signature?.keyArn ?? null,
    keyFingerprint: signature === undefined ? null : fingerprintOf(signature.publicKey),
  };
}

/**
 * Whether the key made the signature over the digest. KMS hashes the message, the digest's text, by the hash that the
 * algorithm's name ends with.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
 */
export function isSignedBy(digest: string, { algorithm, publicKey, value }: Signature): boolean {
  const [, family, hash] = /^(RSASSA_PSS|RSASSA_PKCS1_V1_5|ECDSA)_SHA_(256|384|512)$/.exec(algorithm) ?? [];
  if (family === undefined) return false;
  try {
    const key = createPublicKey(publicKey);
    if (key.asymmetricKeyType !== (family === 'ECDSA' ? 'ec' : 'rsa')) return false;
    // The salt is as long as the signature says: KMS makes it as long as the hash, the emulator as long as can be.
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
    const options = family === 'RSASSA_PSS' ? { key, ...pss } : { key };
    return verify(`sha${hash}`, Buffer.from(digest), options, Buffer.from(value, 'base64'));
  } catch {
    // A key or a signature that is none signs nothing.
    return false;
  }
}

function fingerprintOf(publicKey: string): string | null {
  try {
    const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
    return `sha256:${createHash('sha256').update(der).digest('hex')}`;
  } catch {
    return null;
  }
}

/** Whether a value is a report, as far as its seal can be checked. */
export function isSeparationReport(value: unknown): value is SeparationReport {
  if (value === null || typeof value !== 'object') return false;
  const { digest, verdict, checks, environments, signature } = value as Partial<
    Record<keyof SeparationReport, unknown>
  >;
  if (
    typeof digest !== 'string' ||
    typeof verdict !== 'string' ||
    !Array.isArray(checks) ||
    !Array.isArray(environments)
  )
    return false;
  if (signature === undefined) return true;
  if (signature === null || typeof signature !== 'object') return false;
  return ['keyArn', 'algorithm', 'publicKey', 'value'].every(
    (field) => typeof (signature as Readonly<Record<string, unknown>>)[field] === 'string',
  );
}
