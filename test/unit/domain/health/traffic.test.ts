import { describe, expect, it } from '@jest/globals';
import { judgeAnswer } from '../../../../src/domain/health/http-answer.js';
import { judgeResolution, type Resolution } from '../../../../src/domain/health/name-resolution.js';
import { judgeTargets } from '../../../../src/domain/health/targets.js';
import { targetGroupOf } from '../../../fakes/health-ports.js';

describe('a target', () => {
  it.each([
    { state: 'healthy', status: 'healthy' },
    { state: 'initial', status: 'unhealthy' },
    { state: 'unhealthy', status: 'unhealthy' },
    { state: 'unhealthy.draining', status: 'unhealthy' },
    { state: 'draining', status: 'unhealthy' },
    { state: 'unavailable', status: 'not-checked' },
  ])('that is $state is $status', ({ state, status }) => {
    expect(judgeTargets(targetGroupOf(state))).toMatchObject([
      { group: 'traffic', name: 'target i-0 of app', status, detail: state },
    ]);
  });

  it.each(['unused', 'a-state-of-the-future'])('that is %s is never healthy', (state) => {
    expect(judgeTargets(targetGroupOf(state))[0]?.status).not.toBe('healthy');
  });

  it('tells why', () => {
    expect(judgeTargets(targetGroupOf('unhealthy', 'Target.Timeout: Request timed out'))).toMatchObject([
      { detail: 'unhealthy (Target.Timeout: Request timed out)' },
    ]);
  });
});

describe('a target group', () => {
  it.each([
    { targets: [], detail: 'no target is registered' },
    { targets: null, detail: 'the outputs name it, but it is not there' },
  ])('with the targets $targets serves nobody', ({ targets, detail }) => {
    expect(judgeTargets({ name: 'app', targets })).toMatchObject([
      { name: 'targets of app', status: 'unhealthy', detail },
    ]);
  });
});

describe('an answer', () => {
  it.each([
    [200, 'healthy'],
    [204, 'healthy'],
    [299, 'healthy'],
    [101, 'unhealthy'],
    [301, 'unhealthy'],
    [404, 'unhealthy'],
    [503, 'unhealthy'],
  ])('of %i is %s', (answered, status) => {
    expect(judgeAnswer('GET /', { status: answered })).toMatchObject({ status, detail: `answered ${answered}` });
  });

  it('that never came is unhealthy, saying why', () => {
    expect(judgeAnswer('GET /', { failure: 'ECONNREFUSED' })).toMatchObject({
      status: 'unhealthy',
      detail: 'ECONNREFUSED',
    });
  });
});

describe('the name of an environment', () => {
  const judge = (resolved: Resolution, own: Resolution = { addresses: ['192.0.2.1', '192.0.2.2'] }) =>
    judgeResolution({ host: 'api.example.com', resolved }, { host: 'lb-1.elb.amazonaws.com', resolved: own });

  it('is healthy when it leads to the load balancer, if only to one of its addresses', () => {
    expect(judge({ addresses: ['192.0.2.2', '192.0.2.9'] })).toMatchObject({
      name: 'DNS of api.example.com',
      status: 'healthy',
      nextSteps: [],
    });
  });

  it('is unhealthy when it leads elsewhere, telling both', () => {
    expect(judge({ addresses: ['203.0.113.7'] })).toMatchObject({
      status: 'unhealthy',
      detail: 'resolves to 203.0.113.7, not to the load balancer lb-1.elb.amazonaws.com (192.0.2.1, 192.0.2.2)',
      nextSteps: ['dig +short api.example.com lb-1.elb.amazonaws.com'],
    });
  });

  it.each(['ENOTFOUND', 'ENODATA'])('is unhealthy when there is none: %s', (failure) => {
    expect(judge({ failure })).toMatchObject({ status: 'unhealthy', detail: `does not resolve (${failure})` });
  });

  it.each<[string, Resolution, Resolution]>([
    ['no resolver answers', { failure: 'EAI_AGAIN' }, { addresses: ['192.0.2.1'] }],
    ["the load balancer's own name is not known", { addresses: ['192.0.2.1'] }, { failure: 'ENOTFOUND' }],
  ])('is not checked when %s', (_, resolved, own) => {
    expect(judge(resolved, own)).toMatchObject({ status: 'not-checked' });
  });
});
