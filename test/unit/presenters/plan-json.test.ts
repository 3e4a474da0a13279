import { describe, expect, it } from '@jest/globals';
import { judgePlan } from '../../../src/domain/plan-checks/index.js';
import { planJson } from '../../../src/presenters/plan-json.js';
import { PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { changeOf, outputChangeOf, planFileOf, planOf, preparedOf } from '../../fakes/plans.js';

describe('the JSON of a prepared plan', () => {
  it('is what the contract promises', () => {
    const change = changeOf('module.q.aws_sqs_queue.this', {
      actions: ['delete', 'create'],
      reasons: ['changes name'],
    });
    const risk = { rule: 'r', severity: 'consent' as const, address: 'a', message: 'm' };
    expect(planJson(preparedOf({ plan: planOf([change]), risks: [risk] }))).toEqual({
      environment: 'staging',
      digest: 'sha256:1',
      summary: { create: 1, update: 0, delete: 0, replace: 0 },
      changes: [
        {
          address: 'module.q.aws_sqs_queue.this',
          type: 'aws_sqs_queue',
          actions: ['delete', 'create'],
          reasons: ['changes name'],
        },
      ],
      risks: [risk],
      cost: null,
    });
  });

  it('tells the cost before and after, its kinds apart, and what is unknown by name', () => {
    const cost = {
      currency: 'USD',
      before: { fixed: 1000, usage: 50 },
      after: { fixed: 1847, usage: 20 },
      modules: [{ name: 'module.q', before: { fixed: 0, usage: 50 }, after: { fixed: 847, usage: 20 } }],
      unknown: [{ address: 'aws_mq_broker.a', reasons: ['no prices for aws_mq_broker'] }],
    };
    expect(planJson(preparedOf({ cost })).cost).toEqual({
      before: 10,
      after: 18.47,
      delta: 8.47,
      currency: 'USD',
      usage: { before: 0.5, after: 0.2, delta: -0.3 },
      byModule: [
        { module: 'module.q', before: 0, after: 8.47, delta: 8.47, usage: { before: 0.5, after: 0.2, delta: -0.3 } },
      ],
      unknown: [{ address: 'aws_mq_broker.a', reasons: ['no prices for aws_mq_broker'] }],
    });
  });

  it('holds no value of a resource or an output', () => {
    const change = changeOf('aws_secretsmanager_secret_version.this', {
      actions: ['update'],
      before: { secret_string: 'OLD-SECRET' },
      after: { secret_string: 'NEW-SECRET at mht-api-production-db' },
      afterSensitive: { secret_string: true },
    });
    const plan = planOf([change], { outputChanges: [outputChangeOf('password', { after: 'OUT-SECRET' })] });
    const risks = judgePlan({ plan, file: planFileOf(STAGING), binding: STAGING, others: [PRODUCTION], cost: null });
    expect(risks).not.toEqual([]);
    expect(JSON.stringify(planJson(preparedOf({ plan, risks })))).not.toMatch(/SECRET/);
  });
});
