import { describe, expect, it } from '@jest/globals';
import { PLAN_RULES } from '../../../../src/domain/plan-checks/index.js';
import { bindingOf, PRODUCTION, STAGING } from '../../../fakes/bindings.js';
import { changeOf, planFileOf } from '../../../fakes/plans.js';
import { found, judge } from './judge.js';

const GOOD = changeOf('aws_sqs_queue.this', {
  after: { name: 'mht-api-staging-q', tags_all: { Environment: 'staging' } },
});

describe('the rules', () => {
  it('object to nothing in a plan that is as it should be', () => {
    expect(judge([GOOD])).toEqual([]);
  });

  it('have ids of their own, and say what they hold', () => {
    expect(new Set(PLAN_RULES.map(({ id }) => id)).size).toBe(PLAN_RULES.length);
    for (const { id, title } of PLAN_RULES)
      expect([id, title]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.stringMatching(/./)]);
  });

  it('name themselves in what they find, the gravest first', () => {
    const change = changeOf('aws_sqs_queue.this', {
      actions: ['delete', 'create'],
      after: { name: 'nameless', tags_all: {}, policy: 'mht-api-production-q' },
    });
    const risks = judge([change], {
      environment: 'production',
      region: 'eu-west-1',
      file: { workspace: 'other' },
    });
    expect(risks.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'wrong-environment forbidden',
      'wrong-backend forbidden',
      'wrong-region forbidden',
      'names-other-environment forbidden',
      'destroys-data-or-traffic consent',
      'missing-environment-tag notice',
      'name-without-environment notice',
    ]);
  });
});

describe("the plan's own environment", () => {
  it.each([
    ['production', {}, 'was made for environment "production"'],
    ['staging-eu', {}, 'was made for environment "staging-eu"'],
    ['Staging', {}, 'was made for environment "Staging"'],
    [undefined, { variables: { environment: 'production' } }, 'was made for environment "production"'],
    [undefined, { variables: {} }, 'has no `environment` variable'],
    ['production', { variables: { environment: 'staging' } }, 'was made for environment "production"'],
  ])('%j with the file %j is forbidden', (environment, file, said) => {
    expect(found('wrong-environment', [], { environment, file })).toEqual([
      {
        rule: 'wrong-environment',
        severity: 'forbidden',
        address: null,
        message: `the plan ${said}, not for "staging"`,
      },
    ]);
  });

  it('is taken from the file where the plan does not say it', () => {
    expect(judge([], { environment: undefined, file: { variables: { environment: 'staging' } } })).toEqual([]);
  });
});

describe("the plan's own backend", () => {
  const { backend } = planFileOf(STAGING);

  it.each([
    ['bucket', { ...backend, bucket: 'mht-api-terraform-state-production' }],
    ['key', { ...backend, key: 'production/terraform.tfstate' }],
    ['region', { ...backend, region: 'eu-west-1' }],
    ['type', { ...backend, type: 'local' }],
  ])('of another %s is forbidden, both named', (_, other) => {
    const risks = found('wrong-backend', [], { file: { backend: other } });
    expect(risks).toMatchObject([{ severity: 'forbidden', address: null }]);
    expect(risks[0]?.message).toContain(`${other.type}://${other.bucket}/${other.key} (${other.region})`);
    expect(risks[0]?.message).toContain('s3://mht-api-terraform-state-staging/staging/terraform.tfstate (us-east-1)');
  });

  it('in another workspace is forbidden', () => {
    const risks = found('wrong-backend', [], { file: { workspace: 'production' } });
    expect(risks).toMatchObject([{ severity: 'forbidden', address: null }]);
    expect(risks[0]?.message).toContain('"production"');
    expect(risks[0]?.message).toContain('mhtctl terraform staging -- workspace select default');
  });

  it('and another workspace are said both', () => {
    const file = { backend: planFileOf(PRODUCTION).backend, workspace: 'x' };
    expect(found('wrong-backend', [], { file })).toHaveLength(2);
  });

  it("may differ from what is usual, as long as it is the binding's", () => {
    const binding = bindingOf('staging', { backend: { bucket: 'b', key: 'k', region: 'eu-west-1' } });
    expect(judge([], { binding })).toEqual([]);
  });
});

describe("the plan's own region", () => {
  it.each(['us-east-1', undefined])('may be %s', (region) => {
    expect(judge([], { region })).toEqual([]);
  });

  it.each(['eu-west-1', 'us-east-2', ''])('is forbidden when it is "%s", both named', (region) => {
    expect(judge([], { region })).toEqual([
      {
        rule: 'wrong-region',
        severity: 'forbidden',
        address: null,
        message: `the plan creates in ${region}, "staging" lives in us-east-1`,
      },
    ]);
  });
});
