import { describe, expect, it } from '@jest/globals';
import { bindingOf } from '../../../../fakes/bindings.js';
import { policyFact, relation, resourceFact } from '../../../../fakes/separation-evidence.js';
import { documentOf, found, PROD, STAGE } from '../policies/two-environments.js';

const APP = 'arn:aws:iam::111111111111:role/app';
const OPS = 'arn:aws:iam::111111111111:role/ops';
const PROFILE = 'arn:aws:iam::111111111111:instance-profile/app';
const MANAGED = 'arn:aws:iam::111111111111:policy/readers';
const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:mht-api-staging-fn';

const reads = (bucket: string) => documentOf({ Effect: 'Allow', Action: 's3:*', Resource: `${bucket}/*` });
const trusts = (...principals: readonly string[]) =>
  documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: principals } });
const ROOT = 'arn:aws:iam::111111111111:root';
const may = (action: string, resource: string, effect = 'Allow') =>
  documentOf({ Effect: effect, Action: action, Resource: resource });
const trustsIf = (principal: string, condition: Readonly<Record<string, unknown>>) =>
  documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: principal }, Condition: condition });
const environments = (findings: ReturnType<typeof found>) =>
  findings.map(({ environment, other, message }) => ({ environment, other, message }));

describe('a role of nobody that an environment can act as', () => {
  const policy = policyFact('identity', APP, reads(PROD.bucket));
  const finding = {
    environment: 'staging',
    other: 'production',
    message: expect.stringContaining(`of ${APP} as which "staging" can act: statement 1 allows s3:*`),
  };

  it.each([
    ['by an instance profile of its own', [relation('profile-role', STAGE.instance, APP)]],
    [
      'by an instance profile of nobody',
      [relation('instance-profile', STAGE.instance, PROFILE), relation('profile-role', PROFILE, APP)],
    ],
    ['by a function', [relation('service-role', FUNCTION, APP)]],
  ])('is judged %s', (_, relations) => {
    expect(environments(found([policy], { relations }))).toEqual([finding]);
  });

  it('is judged by whom it trusts, directly or by way of others of nobody', () => {
    expect(environments(found([policy, policyFact('trust', APP, trusts(STAGE.role))]))).toEqual([finding]);
    const session = 'arn:aws:sts::111111111111:assumed-role/mht-api-staging-instance/i-0123456789abcdef0';
    expect(environments(found([policy, policyFact('trust', APP, trusts(session))]))).toEqual([finding]);
    const byOps = [policyFact('trust', APP, trusts(OPS)), policyFact('trust', OPS, trusts(STAGE.role, APP))];
    expect(environments(found([policy, ...byOps]))).toEqual([finding]);
  });

  it('is judged by the managed policies of nobody that it has', () => {
    const relations = [relation('service-role', FUNCTION, APP), relation('service-role', APP, MANAGED)];
    expect(found([policyFact('identity', MANAGED, reads(PROD.bucket))], { relations })).toMatchObject([
      { environment: 'staging', other: 'production' },
    ]);
  });

  it('is a finding for each environment that may reach the other by it', () => {
    const both = policyFact('trust', APP, trusts(STAGE.role, PROD.role));
    const findings = found([policy, policyFact('identity', APP, reads(STAGE.bucket)), both]);
    expect(findings.map(({ environment, other }) => [environment, other])).toEqual([
      ['staging', 'production'],
      ['production', 'staging'],
    ]);
  });

  it('is found once, as shared, when both environments hand it out', () => {
    const relations = [relation('profile-role', STAGE.instance, APP), relation('profile-role', PROD.instance, APP)];
    expect(found([policy], { relations })).toMatchObject([
      { message: expect.stringContaining(`both use ${APP}, which belongs to neither`) },
    ]);
  });

  it('is found, once and as shared, by whatever they hand it out', () => {
    const relations = [relation('service-role', FUNCTION, APP), relation('profile-role', PROD.instance, APP)];
    expect(found([policy], { relations })).toMatchObject([
      { message: expect.stringContaining(`both use ${APP}, which belongs to neither`) },
    ]);
  });

  it('is judged by both when they come to it each by something else of nobody', () => {
    const relations = [
      relation('instance-profile', STAGE.instance, PROFILE),
      relation('profile-role', PROFILE, APP),
      relation('profile-role', PROD.instance, APP),
    ];
    expect(environments(found([policy], { relations }))).toEqual([finding]);
  });

  it('that two environments share is judged by each against a third', () => {
    const bindings = [bindingOf('staging'), bindingOf('production'), bindingOf('dev')];
    const dev = 'arn:aws:lambda:us-east-1:111111111111:function:mht-api-dev-fn';
    const relations = [relation('service-role', FUNCTION, APP), relation('service-role', dev, APP)];
    const findings = found([policy], { relations, bindings });
    expect(findings.map(({ environment, other, message }) => [environment, other, /both use/.test(message)])).toEqual(
      expect.arrayContaining([
        ['dev', 'production', false],
        ['staging', 'production', false],
        ['dev', 'staging', true],
      ]),
    );
    expect(findings).toHaveLength(3);
  });

  it.each([
    ['it reaches its own environment alone', [policyFact('identity', APP, reads(STAGE.bucket))], STAGE.instance],
    ['nobody acts as it', [policy], OPS],
  ])('is no finding when %s', (_, policies, user) => {
    expect(found(policies, { relations: [relation('profile-role', user, APP)] })).toEqual([]);
  });

  it('is not judged by whom a statement excludes or denies', () => {
    const spared = documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', NotPrincipal: { AWS: STAGE.role } });
    const denied = documentOf({ Effect: 'Deny', Action: 'sts:AssumeRole', Principal: { AWS: STAGE.role } });
    const both = policyFact('identity', APP, reads(STAGE.bucket));
    expect(found([policy, both, policyFact('trust', APP, spared), policyFact('trust', APP, denied)])).toEqual([]);
  });

  it('is none of those that AWS made for its services', () => {
    const linked =
      'arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
    const relations = [relation('service-role', STAGE.instance, linked)];
    expect(found([policyFact('identity', linked, reads(PROD.bucket))], { relations })).toEqual([]);
  });
});

describe('a role of nobody that leaves it to an account who may assume it', () => {
  const reach = policyFact('identity', APP, reads(PROD.bucket));
  const trust = policyFact('trust', APP, trusts(ROOT));
  const assume = policyFact('identity', STAGE.role, may('sts:AssumeRole', APP));
  const attached = [relation('service-role', STAGE.role, MANAGED)];
  const byWhom = (...[policies, parts]: Parameters<typeof found>) =>
    found([reach, ...policies], parts).map(({ environment, other, message }) => [
      environment,
      other,
      message.includes(`of ${APP} as which "staging" can act`),
    ]);
  const FOUND = [['staging', 'production', true]];

  it.each([
    ['of its own', [trust, assume], {}],
    [
      'of its own, where the account is named by its number',
      [policyFact('trust', APP, trusts('111111111111')), assume],
      {},
    ],
    ['with a wildcard', [trust, policyFact('identity', STAGE.role, may('sts:Assume*', 'arn:aws:iam::*:role/a*'))], {}],
    [
      'that is attached to it',
      [trust, policyFact('identity', MANAGED, may('sts:AssumeRole', APP))],
      { relations: attached },
    ],
    ['for everybody whom the trust policy lets in', [policyFact('trust', APP, trusts('*'))], {}],
    [
      'by a condition that it meets',
      [policyFact('trust', APP, trustsIf('*', { ArnLike: { 'aws:PrincipalArn': STAGE.role } }))],
      {},
    ],
    [
      'by way of another such role',
      [
        trust,
        policyFact('identity', OPS, may('sts:AssumeRole', APP)),
        policyFact('trust', OPS, trusts(ROOT)),
        policyFact('identity', STAGE.role, may('sts:AssumeRole', OPS)),
      ],
      {},
    ],
  ])('is judged as the environment that may by a policy %s', (_, policies, parts) => {
    expect(byWhom(policies, parts)).toEqual(FOUND);
  });

  it.each([
    ['no policy lets anybody', [trust]],
    ['only a policy does, and the role trusts nobody', [assume]],
    ['it trusts another account', [policyFact('trust', APP, trusts('arn:aws:iam::333333333333:root')), assume]],
    ['the policy is about another role', [trust, policyFact('identity', STAGE.role, may('sts:AssumeRole', OPS))]],
    ['the policy is about another action', [trust, policyFact('identity', STAGE.role, may('iam:GetRole', APP))]],
    [
      'the trust is in another action',
      [
        policyFact('trust', APP, documentOf({ Effect: 'Allow', Action: 'sts:TagSession', Principal: { AWS: ROOT } })),
        assume,
      ],
    ],
    ['a policy denies it', [trust, assume, policyFact('identity', STAGE.role, may('sts:*', '*', 'Deny'))]],
    ['a boundary does not allow it', [trust, assume, policyFact('boundary', STAGE.role, may('s3:*', '*'))]],
    [
      'a condition of the trust keeps it out',
      [policyFact('trust', APP, trustsIf(ROOT, { StringEquals: { 'aws:PrincipalArn': PROD.role } })), assume],
    ],
    [
      'a condition keeps everybody of staging out',
      [policyFact('trust', APP, trustsIf('*', { StringEquals: { 'aws:PrincipalTag/Environment': 'production' } }))],
    ],
    [
      'the trust policy denies it',
      [
        policyFact(
          'trust',
          APP,
          documentOf(
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ROOT } },
            { Effect: 'Deny', Action: 'sts:AssumeRole', Principal: { AWS: STAGE.role } },
          ),
        ),
        assume,
      ],
    ],
  ])('is no finding when %s', (_, policies) => {
    expect(byWhom(policies)).toEqual([]);
  });

  it.each([
    ['that names it', trusts(STAGE.role)],
    ['that names everybody', trusts('*')],
  ])('is no finding by a trust policy %s, when a policy of its own denies it', (_, document) => {
    const deny = [STAGE.role, STAGE.user].map((holder) => policyFact('identity', holder, may('sts:*', '*', 'Deny')));
    expect(byWhom([policyFact('trust', APP, document)])).toEqual(FOUND);
    expect(byWhom([policyFact('trust', APP, document), ...deny])).toEqual([]);
  });

  it('is no finding when the trust policy denies one of the actions that it allows', () => {
    const Action = ['sts:AssumeRole', 'sts:TagSession'];
    const both = documentOf(
      { Effect: 'Allow', Action, Principal: { AWS: ROOT } },
      { Effect: 'Deny', Action: 'sts:AssumeRole', Principal: { AWS: STAGE.role } },
    );
    expect(byWhom([policyFact('trust', APP, both), assume])).toEqual([]);
  });

  it('is found when a Deny may not apply', () => {
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'false' } };
    const both = documentOf(
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ROOT } },
      { Effect: 'Deny', Action: 'sts:AssumeRole', Principal: '*', Condition },
    );
    expect(byWhom([policyFact('trust', APP, both), assume])).toEqual(FOUND);
  });

  it('is bound by the boundary of a role whom it names, not by that of a user', () => {
    const boundary = (holder: string) => policyFact('boundary', holder, may('s3:*', '*'));
    expect(byWhom([policyFact('trust', APP, trusts(STAGE.role)), boundary(STAGE.role)])).toEqual([]);
    expect(byWhom([policyFact('trust', APP, trusts(STAGE.user)), boundary(STAGE.user)])).toEqual(FOUND);
  });

  describe('with a managed policy of staging that lets those assume it who have the policy', () => {
    const OWN = 'arn:aws:iam::111111111111:policy/mht-api-staging-assume';
    const policy = policyFact('identity', OWN, may('sts:AssumeRole', APP));
    const held = (...holders: readonly string[]) => ({
      relations: holders.map((by) => relation('service-role', by, OWN)),
    });

    it('is found by whom of staging has it', () => {
      expect(byWhom([trust, policy], held(STAGE.role))).toEqual(FOUND);
    });

    it.each([
      ['nobody has it', [trust], held()],
      ['only a role of nobody has it', [trust], held(OPS)],
      [
        'a boundary of the role is in the way',
        [trust, policyFact('boundary', STAGE.role, may('s3:*', '*'))],
        held(STAGE.role),
      ],
      [
        'the trust is in another role by a condition',
        [policyFact('trust', APP, trustsIf(ROOT, { ArnEquals: { 'aws:PrincipalArn': PROD.role } }))],
        held(STAGE.role),
      ],
    ])('is no finding when %s', (_, policies, parts) => {
      expect(byWhom([policy, ...policies], parts)).toEqual([]);
    });
  });

  describe('by way of another role of nobody', () => {
    const toOps = [
      policyFact('trust', OPS, trusts(STAGE.role)),
      policyFact('identity', OPS, may('sts:AssumeRole', APP)),
    ];

    it('tells what leads to it', () => {
      const findings = found([reach, trust, ...toOps]);
      expect(findings.map(({ evidence }) => evidence.at(-1))).toEqual([
        `"staging" comes to it by ${STAGE.role}, then ${OPS}`,
      ]);
    });

    it.each([
      ['a session of that role', trusts('arn:aws:sts::111111111111:assumed-role/ops/ada')],
      ['everybody of its name', trustsIf('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/o*' } })],
    ])('is found when the trust policy names %s', (_, document) => {
      expect(byWhom([policyFact('trust', APP, document), ...toOps])).toEqual(FOUND);
    });

    it.each([
      [
        'denies that role',
        documentOf(
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ROOT } },
          { Effect: 'Deny', Action: 'sts:*', Principal: { AWS: OPS } },
        ),
      ],
      ['admits another alone', trustsIf(ROOT, { StringEquals: { 'aws:PrincipalArn': PROD.role } })],
    ])('is no finding when the trust policy %s', (_, document) => {
      expect(byWhom([policyFact('trust', APP, document), ...toOps])).toEqual([]);
    });
  });

  it('is assumed by roles and users, and by no instance profile', () => {
    const relations = [relation('instance-profile', STAGE.instance, PROFILE)];
    const others = trustsIf('*', { ArnEquals: { 'aws:PrincipalArn': PROD.role } });
    expect(found([reach, policyFact('trust', APP, others)], { relations })).toEqual([]);
  });

  it('is judged with the limits of those alone as whom the environment can act', () => {
    const relations = [relation('service-role', APP, MANAGED), relation('service-role', OPS, MANAGED)];
    const everything = policyFact('identity', MANAGED, may('s3:*', '*'));
    const bound = policyFact('boundary', APP, reads(STAGE.bucket));
    const trusted = policyFact('trust', APP, trusts(STAGE.role));
    expect(found([everything, trusted], { relations })).toMatchObject([
      { environment: 'staging', other: 'production' },
    ]);
    expect(found([everything, trusted, bound], { relations })).toEqual([]);
  });

  it('is not concluded from a principal that two environments claim', () => {
    const contested = 'arn:aws:iam::111111111111:role/contested';
    const resources = [resourceFact(contested, { tags: { Environment: 'production', Project: 'mht-api' } })];
    const states = {
      staging: [
        { address: 'aws_iam_role.contested', type: 'aws_iam_role', attributes: { arn: contested, id: 'contested' } },
      ],
    };
    const policies = [
      reach,
      policyFact('trust', APP, trusts(contested)),
      policyFact('identity', APP, reads(STAGE.bucket)),
    ];
    expect(found(policies, { resources, states })).toEqual([]);
  });

  it('that names a principal which the same policy denies is no finding', () => {
    const both = documentOf(
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: STAGE.role } },
      { Effect: 'Deny', Action: '*', Principal: '*' },
    );
    expect(byWhom([policyFact('trust', APP, both)])).toEqual([]);
  });
});
