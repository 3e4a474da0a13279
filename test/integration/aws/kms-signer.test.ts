import { generateKeyPairSync, sign } from 'node:crypto';
import { CreateAliasCommand, CreateKeyCommand, type CreateKeyCommandInput, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { KmsSigner } from '../../../src/adapters/aws/kms-signer.js';
import { checkSeal } from '../../../src/domain/separation/seal.js';
import { CLEAN } from '../../fakes/separation-reports.js';
import { bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EMULATED_ACCOUNT, EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { RecordedAws } from '../../support/recorded-aws.js';

const staging = bindingOf('staging');
const signer = new KmsSigner(new ClientConfigurations());
const idOf = (arn: string) => arn.slice(arn.indexOf('/') + 1);

describe('a signature by a key of an emulated AWS', () => {
  let aws: EmulatedAws;
  let kms: KMSClient;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    kms = new KMSClient();
  });
  afterAll(async () => {
    kms.destroy();
    await aws.stop();
  });
  beforeEach(() => aws.reset());

  const keyOf = async (input: CreateKeyCommandInput, client = kms): Promise<string> =>
    (await client.send(new CreateKeyCommand(input))).KeyMetadata?.Arn ?? '';
  const sealed = async (key: string) => ({ ...CLEAN, signature: await signer.sign(staging, key, CLEAN.digest) });

  it.each([
    ['RSA_2048', 'RSASSA_PSS_SHA_256'],
    ['RSA_4096', 'RSASSA_PSS_SHA_256'],
    ['ECC_NIST_P256', 'ECDSA_SHA_256'],
    ['ECC_NIST_P384', 'ECDSA_SHA_384'],
  ] as const)('of the kind %s is verified without KMS', async (KeySpec, algorithm) => {
    const key = await keyOf({ KeySpec, KeyUsage: 'SIGN_VERIFY' });
    const report = await sealed(key);
    expect(report.signature).toMatchObject({ keyArn: idOf(key), algorithm });
    expect(report.signature.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    expect(checkSeal(report)).toMatchObject({ intact: true, signature: 'valid' });
    expect(checkSeal({ ...report, digest: report.digest.replace(/.$/, 'x') }).signature).toBe('invalid');
  });

  it('names the key itself, whatever name it was asked by: the emulator by its id', async () => {
    const key = await keyOf({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/separation', TargetKeyId: key }));
    for (const name of ['alias/separation', idOf(key)]) {
      expect((await sealed(name)).signature.keyArn).toBe(idOf(key));
    }
  });

  it('is made in the region of the key', async () => {
    const abroad = new KMSClient({ region: 'eu-west-1' });
    const key = await keyOf({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, abroad);
    abroad.destroy();
    expect(key).toContain(`:eu-west-1:${EMULATED_ACCOUNT}:`);
    expect(checkSeal(await sealed(key)).signature).toBe('valid');
  });

  it('cannot be had of a key that is not there (exit 5)', async () => {
    const failure = await failureOf(sealed('alias/nowhere'));
    expect(failure).toMatchObject({ exitCode: 5 });
    expect(failure.message).toContain('kms:GetPublicKey on alias/nowhere');
  });
});

describe('as AWS is documented to answer', () => {
  let aws: RecordedAws;
  const environment = new CallerEnvironment();
  const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1';
  const failing = (type: string, message = 'no') => ({ status: 400, body: JSON.stringify({ __type: type, message }) });
  let answers: Readonly<Record<string, { readonly status: number; readonly body: string }>> = {};

  beforeAll(async () => {
    aws = await RecordedAws.start(({ body }) => {
      const asked = 'SigningAlgorithm' in (JSON.parse(body) as object) ? 'Sign' : 'GetPublicKey';
      return answers[asked] ?? failing('InternalException');
    });
    environment.useAws({
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_REGION: 'us-east-1',
    });
  });
  afterAll(async () => {
    environment.restore();
    await aws.stop();
  });

  // Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html
  it('a key is named by its ARN', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const PublicKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const Signature = sign('sha256', Buffer.from(CLEAN.digest), privateKey).toString('base64');
    const answer = (body: object) => ({ status: 200, body: JSON.stringify({ KeyId: KEY, ...body }) });
    answers = {
      GetPublicKey: answer({ PublicKey, SigningAlgorithms: ['ECDSA_SHA_256'] }),
      Sign: answer({ Signature, SigningAlgorithm: 'ECDSA_SHA_256' }),
    };
    const signature = await signer.sign(staging, 'alias/separation', CLEAN.digest);
    expect(checkSeal({ ...CLEAN, signature })).toMatchObject({ signature: 'valid', keyArn: KEY });
    expect(aws.asked.slice(-2).map(({ body }) => JSON.parse(body))).toEqual([
      { KeyId: 'alias/separation' },
      {
        KeyId: 'alias/separation',
        Message: Buffer.from(CLEAN.digest).toString('base64'),
        MessageType: 'RAW',
        SigningAlgorithm: 'ECDSA_SHA_256',
      },
    ]);
  });

  it.each([
    ['is symmetric', failing('UnsupportedOperationException')],
    ['is for message authentication', failing('InvalidKeyUsageException')],
    [
      'is for encryption',
      {
        status: 200,
        body: JSON.stringify({ KeyId: KEY, KeyUsage: 'ENCRYPT_DECRYPT', EncryptionAlgorithms: ['RSAES_OAEP_SHA_256'] }),
      },
    ],
    [
      'signs in a way that nobody here can verify',
      { status: 200, body: JSON.stringify({ KeyId: KEY, PublicKey: 'AAAA', SigningAlgorithms: ['SM2DSA'] }) },
    ],
  ])('a key that %s cannot sign (exit 2)', async (_, answer) => {
    answers = { GetPublicKey: answer };
    const failure = await failureOf(signer.sign(staging, KEY, 'text'));
    expect(failure).toMatchObject({ code: 'KeyCannotSign', exitCode: 2 });
    expect(failure.message).toContain(KEY);
    expect(failure.nextSteps.join()).toContain('--key-usage SIGN_VERIFY');
  });

  it.each([
    ['kms:GetPublicKey', { GetPublicKey: failing('AccessDeniedException', 'is not authorized') }],
    [
      'kms:Sign',
      {
        GetPublicKey: {
          status: 200,
          body: JSON.stringify({ KeyId: KEY, PublicKey: 'AAAA', SigningAlgorithms: ['ECDSA_SHA_256'] }),
        },
        Sign: failing('AccessDeniedException', 'is not authorized'),
      },
    ],
  ])('a denial names the permission: %s (exit 5)', async (action, recorded) => {
    answers = recorded;
    const failure = await failureOf(signer.sign(staging, KEY, 'text'));
    expect(failure).toMatchObject({ code: 'AwsDenied', exitCode: 5 });
    expect(failure.message).toContain(`AWS denied ${action} on ${KEY}`);
  });
});
