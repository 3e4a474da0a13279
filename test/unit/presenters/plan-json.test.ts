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

  it('holds no value of a resource or an output', () => {
    const change = changeOf('aws_secretsmanager_secret_version.this', {
      actions: ['update'],
      before: { secret_string: 'OLD-SECRET' },
      after: { secret_string: 'NEW-SECRET at mht-api-production-db' },
      afterSensitive: { secret_string: true },
    });
    const plan = planOf([change], { outputChanges: [outputChangeOf('password', { after: 'OUT-SECRET' })] });
    const risks = judgePlan({ plan, file: planFileOf(STAGING), binding: STAGING, others: [PRODUCTION] });
    expect(risks).not.toEqual([]);
    expect(JSON.stringify(planJson(preparedOf({ plan, risks })))).not.toMatch(/SECRET/);
  });
});
