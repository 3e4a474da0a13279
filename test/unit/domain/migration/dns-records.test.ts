import { expect, it } from '@jest/globals';
import { dnsRecords } from '../../../../src/domain/migration/dns-records.js';
import type { Facts } from '../../../../src/domain/separation/facts.js';
import { PRODUCTION, STAGING } from '../../../fakes/bindings.js';

const LB = 'mht-api-production-lb-1.us-east-1.elb.amazonaws.com';

/** Address records, and where they point. */
function live(records: Readonly<Record<string, string>>): Pick<Facts, 'resources' | 'relations'> {
  const entries = Object.entries(records).map(([name, to]) => ({ id: `Z/${name}/A`, name, to }));
  return {
    resources: entries.map(({ id, name }) => ({
      id,
      name,
      type: 'aws_route53_record',
      aliases: [],
      tags: undefined,
      partOf: 'zone',
    })),
    relations: entries.map(({ id, to }) => ({ kind: 'dns-record', from: id, to, where: 'AliasTarget', source: 'aws' })),
  };
}

const tasks = (records: Parameters<typeof live>[0] | null, loadBalancer: string | undefined = LB) =>
  dnsRecords(
    [PRODUCTION, STAGING],
    { environment: 'production', loadBalancer },
    records === null ? null : live(records),
  ).map(({ name, task }) => `${name}: ${task}`);

it.each([
  [
    'all is well',
    { 'api.example.com': LB.toLowerCase() },
    ['api.example.com: none', 'staging.api.example.com: made-by-deploy'],
  ],
  ['there is no record', {}, ['api.example.com: create', 'staging.api.example.com: made-by-deploy']],
  [
    'one points elsewhere and the other is there already',
    { 'api.example.com': 'old.example.com', 'staging.api.example.com': LB.toLowerCase() },
    ['api.example.com: change', 'staging.api.example.com: remove-first'],
  ],
])('says what to do where %s', (_, records, expected) => {
  expect(tasks(records as Record<string, string>)).toEqual(expected);
});

it('is not said to be right where it was not asked, or the load balancer is not known', () => {
  expect(tasks(null)).toEqual(['api.example.com: not-checked', 'staging.api.example.com: not-checked']);
  expect(
    dnsRecords(
      [PRODUCTION],
      { environment: 'production', loadBalancer: undefined },
      live({ 'api.example.com': LB }),
    )[0],
  ).toMatchObject({ task: 'not-checked', pointsAt: [LB], wanted: null });
});
