import { describe, expect, it } from '@jest/globals';
import { readElasticLoadBalancing } from '../../../../src/adapters/aws/facts/elastic-load-balancing.js';
import { factsOfRecorded, idsOf, listedTypes, told, toldOf } from '../../../support/fact-reading.js';
import type { RecordedAnswer } from '../../../support/recorded-aws.js';

const ARN = 'arn:aws:elasticloadbalancing:us-east-1:123456789012';
const BALANCERS = ['app', 'web'].map((name) => `${ARN}:loadbalancer/app/${name}/50dc6c495c0c9188`);
const LISTENER = `${ARN}:listener/app/app/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const CERTIFICATES = ['one', 'two'].map((name) => `arn:aws:acm:us-east-1:123456789012:certificate/${name}`);

const answered = (action: string, result: string): RecordedAnswer => ({
  status: 200,
  body: `<${action}Response xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
    <${action}Result>${result}</${action}Result></${action}Response>`,
});
const member = (field: string, value = '') => `<member><${field}>${value}</${field}></member>`;
const actionOf = (body: string) => new URLSearchParams(body).get('Action') ?? '';

/** Two load balancers, each on a page of its own; the first has a listener with two certificates. */
function asDocumented(body: string): RecordedAnswer {
  const request = new URLSearchParams(body);
  const action = actionOf(body);
  const [first = '', second = ''] = BALANCERS;
  if (action === 'DescribeLoadBalancers') {
    return request.get('Marker') === null
      ? answered(action, `<LoadBalancers>${member('LoadBalancerArn', first)}</LoadBalancers><NextMarker>2</NextMarker>`)
      : answered(action, `<LoadBalancers>${member('LoadBalancerArn', second)}</LoadBalancers>`);
  }
  if (action === 'DescribeListeners' && request.get('LoadBalancerArn') === first) {
    return answered(
      action,
      `<Listeners><member><ListenerArn>${LISTENER}</ListenerArn><LoadBalancerArn>${first}</LoadBalancerArn>
        <Protocol>TLS</Protocol><Certificates>${member('CertificateArn', CERTIFICATES[0])}</Certificates>
        </member></Listeners>`,
    );
  }
  if (action === 'DescribeListenerCertificates') {
    const certificates = CERTIFICATES.map(
      (arn, index) => `<member><CertificateArn>${arn}</CertificateArn><IsDefault>${index === 0}</IsDefault></member>`,
    );
    return answered(action, `<Certificates>${certificates.join('')}</Certificates>`);
  }
  return answered(action, '');
}

const denying = (denied: string) =>
  factsOfRecorded(readElasticLoadBalancing, ({ body }) =>
    actionOf(body) === denied
      ? {
          status: 403,
          body: `<ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><Error><Type>Sender</Type>
            <Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>`,
        }
      : asDocumented(body),
  );

describe('load balancing, as AWS documents its answers', () => {
  it('is read over all pages', async () => {
    const read = await factsOfRecorded(readElasticLoadBalancing, ({ body }) => asDocumented(body));
    expect(idsOf(read, 'aws_lb')).toEqual(BALANCERS);
    expect(read.unread).toEqual([]);
    expect(listedTypes(read)).toEqual(
      expect.arrayContaining(BALANCERS.map((id) => `aws_lb_listener in us-east-1 of ${id}`)),
    );
  });

  it('tells the default certificate from the further ones', async () => {
    const read = await factsOfRecorded(readElasticLoadBalancing, ({ body }) => asDocumented(body));
    expect(toldOf(read, 'certificate', LISTENER)).toEqual([
      `${CERTIFICATES[0]}: Certificates`,
      `${CERTIFICATES[1]}: further certificates`,
    ]);
  });

  it('asks for no rules of a listener that has none', async () => {
    const { asked } = await factsOfRecorded(readElasticLoadBalancing, ({ body }) => asDocumented(body));
    expect(asked.map(({ body }) => actionOf(body))).not.toContain('DescribeRules');
  });

  it.each([
    { denied: 'DescribeLoadBalancers', areas: ['existence', 'network', 'data-flow', 'traffic', 'tags'], left: [] },
    { denied: 'DescribeTargetGroups', areas: ['existence', 'network', 'traffic', 'tags'], left: BALANCERS },
    { denied: 'DescribeTags', areas: ['tags'], left: BALANCERS },
  ])('without $denied has that gap, and what else there is', async ({ denied, areas, left }) => {
    const read = await denying(denied);
    expect(read.unread[0]).toEqual({
      environments: ['production', 'staging'],
      areas,
      action: `elasticloadbalancing:${denied}`,
      subject: expect.any(String),
      reason: expect.stringContaining('AccessDenied'),
    });
    expect(idsOf(read, 'aws_lb')).toEqual(left);
  });

  it('does not count listeners as listed when the load balancers are not', async () => {
    expect(listedTypes(await denying('DescribeLoadBalancers'))).toEqual(['aws_lb_target_group in us-east-1']);
  });

  it('does not count listeners as listed when those of one load balancer are not', async () => {
    const read = await denying('DescribeListeners');
    expect(listedTypes(read)).toEqual(['aws_lb in us-east-1', 'aws_lb_target_group in us-east-1']);
    expect(read.unread.map(({ subject }) => subject).sort()).toEqual(BALANCERS);
    expect(told(read, 'certificate')).toEqual([]);
  });
});
