import { describe, expect, it } from '@jest/globals';
import type { MigrationView } from '../../../../src/domain/migration/view.js';
import { migrationText } from '../../../../src/presenters/migration/prepared-text.js';
import type { MigrateResult } from '../../../../src/presenters/migration/result.js';
import { migrateResultText } from '../../../../src/presenters/migration/result-text.js';
import { textStyle } from '../../../../src/presenters/style.js';
import { PRODUCTION } from '../../../fakes/bindings.js';
import { stateOf } from '../../../fakes/states.js';

const VIEW: MigrationView = {
  binding: PRODUCTION,
  former: {
    place: { kind: 's3', bucket: 'old', key: 'terraform.tfstate', region: 'us-east-1' },
    text: '{}',
    state: stateOf({ lineage: 'old-lineage', serial: 27 }),
  },
  identification: {
    environment: 'production',
    evidence: [{ environment: 'production', resources: 2, tags: 2, names: 1, output: true, examples: ['a is tagged'] }],
    overridden: null,
  },
  adoption: { moves: [{ from: 'a.b', to: 'module.c.a.b' }], imports: [{ to: 'd.e', id: 'mht-e' }] },
  byHand: [],
  differences: [],
  notChecked: [],
  dns: [{ environment: 'staging', name: 'staging.x', pointsAt: ['lb'], wanted: null, task: 'remove-first' }],
};

const plain = textStyle(false);

describe('a rehearsed migration', () => {
  it('says what the live stack is, by what, and what would be taken over', () => {
    expect(migrationText(VIEW, plain).split('\n')).toEqual([
      'The live stack is production, and stays it',
      '  from s3://old/terraform.tfstate (lineage old-lineage, serial 27)',
      '  to   s3://mht-api-terraform-state-production/production/terraform.tfstate (a lineage of its own)',
      '  production: 2 tags, 1 name, the output "environment" (a is tagged)',
      '  → a.b  is module.c.a.b now',
      '  ↓ d.e  takes over mht-e',
      '  the plan is empty: nothing in AWS would be changed',
      '  DNS staging.x (staging) points at lb; exists: remove it before the environment is deployed, which makes it anew',
    ]);
  });

  it('says what differs and how to correct it, what is left to people, and what was not checked', () => {
    const text = migrationText(
      {
        ...VIEW,
        identification: { ...VIEW.identification, overridden: 'named so in 2019' },
        byHand: [{ address: 'q.r', reason: 'mht-r exists' }],
        notChecked: ['iam:ListRoles on all roles: denied'],
        differences: [
          { address: 's.t', kind: 'update', attribute: 'days', live: '30', configured: null, fix: 'set days to 30' },
          { address: 'u.v', kind: 'create', attribute: null, live: null, configured: null, fix: 'import it' },
        ],
      },
      plain,
    );
    expect(text).toContain('  against the evidence: named so in 2019');
    expect(text).toContain('  ! by hand: q.r: mht-r exists');
    expect(text).toContain('  · not checked whether more exists: iam:ListRoles on all roles: denied');
    expect(text).toContain('  ✖ update s.t days\n      live 30, configured (not set)\n      set days to 30');
    expect(text).toContain('  ✖ create u.v\n      import it');
    expect(text).toContain('the plan is not empty');
  });

  it('spells out what a name would do to the terminal, and stays within its width', () => {
    const evil = { ...VIEW, adoption: { moves: [], imports: [{ to: 'd.e', id: 'mht-\u001B[2Je' }] } };
    const text = migrationText(evil, textStyle(false, 60));
    expect(text).toContain('mht-\\u001b[2Je');
    expect(text).not.toContain('\u001B');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(77);
  });
});

describe('the result', () => {
  const result = (outcome: MigrateResult['outcome']): MigrateResult => ({
    environment: 'production',
    outcome,
    from: 's3://old/terraform.tfstate',
    to: 's3://new/production/terraform.tfstate',
    lineage: { old: 'a', new: 'b' },
    steps: [],
    backup: { file: '/w/x.tfstate', object: 's3://new/x.tfstate' },
    evidence: [],
    moves: [{ from: 'a.b', to: 'c.d' }],
    imports: [],
    byHand: [],
    differences: [],
    notChecked: [],
    dns: [],
  });

  it('says where the state is now, and how the others are made', () => {
    expect(migrateResultText(result('migrated'), ['staging'], plain).split('\n')).toEqual([
      'migrated: the state of production is s3://new/production/terraform.tfstate now; nothing in AWS was changed',
      '  the old one, s3://old/terraform.tfstate, is untouched and marked; do not deploy with it any more',
      '  backed up in /w/x.tfstate and s3://new/x.tfstate',
      '  commit terraform/migrated.tf',
      '  then make staging beside it: mhtctl bootstrap staging, mhtctl deploy staging',
    ]);
  });

  it.each([
    ['dry-run', 'production: nothing was changed'],
    [
      'undone',
      'taken back: the state of production is s3://old/terraform.tfstate again; s3://new/production/terraform.tfstate is empty',
    ],
    ['already-migrated', 'production was migrated from s3://old/terraform.tfstate before; there is nothing to do'],
  ] as const)('of %s is one line', (outcome, line) => {
    expect(migrateResultText(result(outcome), ['staging'], plain)).toBe(line);
  });
});
