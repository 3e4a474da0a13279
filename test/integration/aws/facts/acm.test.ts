import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAcm } from '../../../../src/adapters/aws/facts/acm.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes } from '../../../support/fact-reading.js';

const arn = (name: string) => `arn:aws:acm:us-east-1:123456789012:certificate/${name}`;
const page = (name: string, NextToken?: string) =>
  JSON.stringify({ CertificateSummaryList: [{ CertificateArn: arn(name), DomainName: `${name}.com` }], NextToken });

describe('certificates, read from ACM', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
  });

  afterAll(() => aws.stop());

  it('are told by their ARN and domain name, whatever their key is', async () => {
    const acm = new ACMClient();
    const request = async (DomainName: string, KeyAlgorithm: 'RSA_2048' | 'EC_prime256v1') =>
      (await acm.send(new RequestCertificateCommand({ DomainName, KeyAlgorithm }))).CertificateArn ?? '';
    const [rsa, elliptic] = [
      await request('a.example.com', 'RSA_2048'),
      await request('b.example.com', 'EC_prime256v1'),
    ];
    acm.destroy();
    const read = await factsBy(readAcm);
    const certificate = { type: 'aws_acm_certificate', aliases: [], tags: undefined, partOf: undefined };
    expect(read.facts.resources).toHaveLength(2);
    expect(read.facts.resources).toEqual(
      expect.arrayContaining([
        { id: rsa, name: 'a.example.com', ...certificate },
        { id: elliptic, name: 'b.example.com', ...certificate },
      ]),
    );
    expect(listedTypes(read)).toEqual(['aws_acm_certificate in us-east-1']);
  });

  it('are asked for with every algorithm, and over all pages, as AWS answers them', async () => {
    const read = await factsOfRecorded(readAcm, ({ body }) => ({
      status: 200,
      body: body.includes('NextToken') ? page('two') : page('one', 'more'),
    }));
    expect(idsOf(read, 'aws_acm_certificate')).toEqual([arn('one'), arn('two')]);
    const { Includes } = JSON.parse(read.asked[0]?.body ?? '{}') as { Includes?: { keyTypes?: readonly string[] } };
    expect(Includes?.keyTypes).toEqual(expect.arrayContaining(['EC_prime256v1', 'EC_secp384r1', 'RSA_4096']));
  });

  it('leave a gap where they are denied, as AWS documents it', async () => {
    const read = await factsOfRecorded(readAcm, () => ({
      status: 400,
      body: JSON.stringify({ __type: 'AccessDeniedException', Message: 'not authorized' }),
    }));
    expect(read.unread).toEqual([
      expect.objectContaining({ action: 'acm:ListCertificates', areas: ['existence', 'traffic'] }),
    ]);
    expect(listedTypes(read)).toEqual([]);
  });
});
