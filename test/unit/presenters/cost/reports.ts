import { actualCost } from '../../../../src/domain/cost/actual.js';
import { Decimal } from '../../../../src/domain/cost/decimal.js';
import { type CostReport, reportCosts } from '../../../../src/domain/cost/report.js';
import { demoEvidence } from '../../../support/cost.js';

/** A name that would do harm wherever it is not taken for text. */
export const HARMFUL = `<script>alert("x")</script>`;

const arn = (resource: string) => ({ arn: `arn:aws:ec2:us-east-1:1:${resource}`, tags: { Name: HARMFUL } });

/** Staging beside production, with an orphan, an unknown, the state's backend, savings and a bill. */
export async function fullReport(): Promise<CostReport> {
  const tagged = [
    arn('elastic-ip/eipalloc-0123456789abcdef0'),
    arn('instance/i-0123456789abcdef0'),
    { arn: 'arn:aws:s3:::mht-api-terraform-state-staging', tags: { Name: '=1+1' } },
  ];
  const bill = actualCost({
    from: '2026-11-01',
    to: '2026-11-04',
    currency: 'USD',
    amounts: [
      { day: '2026-11-01', service: 'EC2 - Other', amount: Decimal.of('1.105') },
      { day: '2026-11-02', service: 'EC2 - Other', amount: Decimal.of('1.204') },
      { day: '2026-11-03', service: 'Tax & fees', amount: Decimal.of('0.333') },
    ],
    expected: { from: '2026-11-04', amount: Decimal.of('30.5') },
    noForecast: null,
    askedAt: '2026-11-04T08:00:00.000Z',
  });
  return reportCosts(await demoEvidence('staging', { tagged }), await demoEvidence('production'), bill);
}

/** Staging before its first deployment. */
export async function emptyReport(): Promise<CostReport> {
  return reportCosts(await demoEvidence('staging', { state: null }), undefined, null);
}
