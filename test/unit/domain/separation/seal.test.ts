import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { SeparationReport, Signature } from '../../../../src/domain/separation/report.js';
import { checkSeal, digestOfReport, isSignedBy } from '../../../../src/domain/separation/seal.js';
import { CLEAN, VIOLATED } from '../../../fakes/separation-reports.js';

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const RSA: Pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const OTHER_RSA: Pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const [P256, P384, P521]: readonly Pair[] = ['P-256', 'P-384', 'P-521'].map((namedCurve) =>
  generateKeyPairSync('ec', { namedCurve }),
);
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

/** A signature as KMS makes it. Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
function signed(text: string, algorithm: string, { privateKey, publicKey }: Pair): Signature {
  const hash = `sha${algorithm.slice(-3)}`;
  const options = algorithm.startsWith('RSASSA_PSS') ? { key: privateKey, ...PSS } : { key: privateKey };
  return {
    keyArn: 'arn:aws:kms:us-east-1:111111111111:key/1',
    algorithm,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    value: sign(hash, Buffer.from(text), options).toString('base64'),
  };
}

const ALGORITHMS: readonly (readonly [string, Pair])[] = [
  ['RSASSA_PSS_SHA_256', RSA],
  ['RSASSA_PSS_SHA_384', RSA],
  ['RSASSA_PSS_SHA_512', RSA],
  ['RSASSA_PKCS1_V1_5_SHA_256', RSA],
  ['RSASSA_PKCS1_V1_5_SHA_512', RSA],
  ['ECDSA_SHA_256', P256 as Pair],
  ['ECDSA_SHA_384', P384 as Pair],
  ['ECDSA_SHA_512', P521 as Pair],
];
const signedReport = (algorithm: string, pair: Pair): SeparationReport => ({
  ...CLEAN,
  signature: signed(CLEAN.digest, algorithm, pair),
});

describe('the digest of a report', () => {
  it('is the same for the same content, whatever the order of its fields, and whatever seals it', () => {
    const turned = Object.fromEntries(Object.entries(CLEAN).reverse()) as unknown as SeparationReport;
    expect(digestOfReport(turned)).toBe(CLEAN.digest);
    expect(digestOfReport(JSON.parse(JSON.stringify(signedReport('ECDSA_SHA_256', P256 as Pair))))).toBe(CLEAN.digest);
    expect(CLEAN.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('is another for any change of any value', () => {
    const digests = new Set([VIOLATED.digest]);
    const changed = changesOf(VIOLATED).map(digestOfReport);
    for (const digest of changed) digests.add(digest);
    expect(changed.length).toBeGreaterThan(300);
    expect(digests.size).toBe(changed.length + 1);
  });
});

describe('a seal', () => {
  it('is intact without a signature, and says that there is none', () => {
    expect(checkSeal(CLEAN)).toEqual({
      intact: true,
      digest: { stated: CLEAN.digest, computed: CLEAN.digest },
      signature: 'unsigned',
      keyArn: null,
      keyFingerprint: null,
    });
  });

  it.each(ALGORITHMS)('by %s is valid, and names its key', (algorithm, pair) => {
    expect(checkSeal(signedReport(algorithm, pair))).toMatchObject({
      intact: true,
      signature: 'valid',
      keyArn: 'arn:aws:kms:us-east-1:111111111111:key/1',
      keyFingerprint: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
  });

  it('has the same fingerprint for the same key, and another for another', () => {
    const fingerprint = (pair: Pair) => checkSeal(signedReport('RSASSA_PSS_SHA_256', pair)).keyFingerprint;
    expect(fingerprint(RSA)).toBe(checkSeal(signedReport('RSASSA_PKCS1_V1_5_SHA_256', RSA)).keyFingerprint);
    expect(fingerprint(RSA)).not.toBe(fingerprint(OTHER_RSA));
  });

  it('is broken, though well signed, when the content was changed', () => {
    const report = { ...signedReport('ECDSA_SHA_256', P256 as Pair), verdict: 'violated' as const };
    expect(checkSeal(report)).toMatchObject({ intact: false, signature: 'valid' });
  });

  it('is not signed any more when the digest was made anew', () => {
    const { signature, ...content } = signedReport('ECDSA_SHA_256', P256 as Pair);
    const forged = { ...content, verdict: 'violated' as const };
    const report = { ...forged, digest: digestOfReport(forged), ...(signature === undefined ? {} : { signature }) };
    expect(checkSeal(report)).toMatchObject({ intact: true, signature: 'invalid' });
  });
});

describe('a signature', () => {
  const text = CLEAN.digest;

  it.each(ALGORITHMS)('by %s is of one text alone: no byte of it may be another', (algorithm, pair) => {
    const signature = signed(text, algorithm, pair);
    expect(isSignedBy(text, signature)).toBe(true);
    for (const at of [0, 7, text.length - 1])
      expect(isSignedBy(`${text.slice(0, at)}x${text.slice(at + 1)}`, signature)).toBe(false);
    expect(isSignedBy(`${text} `, signature)).toBe(false);
  });

  it.each(ALGORITHMS)('by %s is none with any byte of it changed', (algorithm, pair) => {
    const signature = signed(text, algorithm, pair);
    const bytes = Buffer.from(signature.value, 'base64');
    for (const at of [0, 1, bytes.length >> 1, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(isSignedBy(text, { ...signature, value: changed.toString('base64') })).toBe(false);
    }
  });

  it.each<[string, Partial<Signature>]>([
    ['another key', { publicKey: signed(text, 'RSASSA_PSS_SHA_256', OTHER_RSA).publicKey }],
    ['a key of another kind', { publicKey: signed(text, 'ECDSA_SHA_256', P256 as Pair).publicKey }],
    ['another algorithm', { algorithm: 'RSASSA_PKCS1_V1_5_SHA_256' }],
    ['another hash', { algorithm: 'RSASSA_PSS_SHA_512' }],
    ['an algorithm nobody knows', { algorithm: 'SM2DSA' }],
    ['an algorithm that begins like one', { algorithm: 'RSASSA_PSS_SHA_256_X' }],
    ['no algorithm', { algorithm: '' }],
    ['garbage for a key', { publicKey: 'garbage' }],
    ['half a key', { publicKey: '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n' }],
    ['no key', { publicKey: '' }],
    ['no value', { value: '' }],
    ['garbage for a value', { value: '%%%' }],
    ['the value of another text', { value: signed('x', 'RSASSA_PSS_SHA_256', RSA).value }],
  ])('with %s is none', (_, parts) => {
    const signature = { ...signed(text, 'RSASSA_PSS_SHA_256', RSA), ...parts };
    expect(isSignedBy(text, signature)).toBe(false);
    expect(checkSeal({ ...CLEAN, signature }).signature).toBe('invalid');
  });

  it('is of the kind that its algorithm names', () => {
    const signature = signed(text, 'RSASSA_PKCS1_V1_5_SHA_256', RSA);
    expect(isSignedBy(text, { ...signature, algorithm: 'ECDSA_SHA_256' })).toBe(false);
  });

  it('of a key that is none has no fingerprint', () => {
    const signature = { ...signed(text, 'RSASSA_PSS_SHA_256', RSA), publicKey: 'garbage' };
    expect(checkSeal({ ...CLEAN, signature }).keyFingerprint).toBeNull();
  });
});

/** The report with one value changed, for each value in it but the digest. */
function changesOf(report: SeparationReport): readonly SeparationReport[] {
  const { digest, ...content } = report;
  const changed = (value: unknown): readonly unknown[] => {
    if (Array.isArray(value))
      return [[...value, 'more'], ...value.flatMap((item, at) => changed(item).map((other) => value.with(at, other)))];
    if (value !== null && typeof value === 'object')
      return Object.entries(value).flatMap(([key, item]) => changed(item).map((other) => ({ ...value, [key]: other })));
    return [typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : 'other'];
  };
  return changed(content).map((each) => ({ ...(each as SeparationReport), digest }));
}
