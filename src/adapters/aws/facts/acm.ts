import { listAll } from './listing.js';
import type { Reading } from './reading.js';

/**
 * Certificates. Their tags are left to the tagging API: ACM tells them for one certificate at a time.
 * Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html
 */
export async function readAcm(reading: Reading): Promise<void> {
  const { ACMClient, KeyAlgorithm, paginateListCertificates } = await import('../sdk/acm.js');
  const client = new ACMClient(reading.configuration);
  // Unless other algorithms are asked for, only RSA certificates of up to 2048 bits are listed.
  const Includes = { keyTypes: Object.values(KeyAlgorithm) };
  try {
    const certificates = await listAll(reading, {
      action: 'acm:ListCertificates',
      subject: 'all certificates',
      areas: ['existence', 'traffic'],
      types: ['aws_acm_certificate'],
      pages: () => paginateListCertificates({ client, pageSize: 1000 }, { Includes }),
      items: ({ CertificateSummaryList }) => CertificateSummaryList,
    });
    for (const { CertificateArn: id = '', DomainName: name } of certificates)
      reading.resource({ id, type: 'aws_acm_certificate', name });
  } finally {
    client.destroy();
  }
}
