import { describe, expect, it } from '@jest/globals';
import { differencesIn, isAdoption, type Written } from '../../../../src/domain/migration/differences.js';
import type { ResourceChange } from '../../../../src/domain/plan.js';
import { changeOf, planOf } from '../../../fakes/plans.js';

const AT = { file: 'terraform/modules/queues/main.tf', line: 12, column: 1 };
const WRITTEN: Written = { variables: {}, location: () => AT };

function differences(change: Partial<ResourceChange>, written: Written = WRITTEN) {
  return differencesIn(planOf([changeOf('aws_sqs_queue.this', { actions: ['update'], ...change })]), written);
}

describe('a plan', () => {
  it('is an adoption where it only moves and imports', () => {
    const move = changeOf('a.b', { actions: ['no-op'], previousAddress: 'c.d' });
    const imported = changeOf('e.f', { actions: ['no-op'], importId: 'x' });
    expect(isAdoption(planOf([move, imported]))).toBe(true);
    expect(differencesIn(planOf([move, imported]), WRITTEN)).toEqual([]);
  });

  it.each([
    ['creates', ['create']],
    ['updates', ['update']],
    ['deletes', ['delete']],
    ['replaces', ['delete', 'create']],
    ['forgets', ['forget']],
  ] as const)('is none where it %s', (_, actions) => {
    expect(isAdoption(planOf([changeOf('a.b', { actions, previousAddress: 'c.d' })]))).toBe(false);
  });
});

describe('what differs', () => {
  it('is told by attribute, with what is live and where to correct it', () => {
    expect(
      differences({
        before: { visibility_timeout_seconds: 300, name: 'q', tags: null, tags_all: { A: '1' }, arn: 'arn' },
        after: { visibility_timeout_seconds: 60, name: 'q', tags: {}, tags_all: { A: '2' } },
        afterUnknown: { arn: true },
      }),
    ).toEqual([
      {
        address: 'aws_sqs_queue.this',
        kind: 'update',
        attribute: 'visibility_timeout_seconds',
        live: '300',
        configured: '60',
        fix: 'set visibility_timeout_seconds to 300 (terraform/modules/queues/main.tf:12)',
      },
    ]);
  });

  it('is told by the line of the tfvars file that says it', () => {
    const location = { file: 'terraform/terraform.tfvars.production', line: 24, column: 1 };
    const value = { feedback: { visibility_timeout_seconds: 60 } };
    const [found] = differences(
      { before: { visibility_timeout_seconds: 300 }, after: { visibility_timeout_seconds: 60 } },
      { ...WRITTEN, variables: { queues: { name: 'queues', value, location } } },
    );
    expect(found?.fix).toBe(
      'set queues.feedback.visibility_timeout_seconds = 300 at terraform/terraform.tfvars.production:24',
    );
  });

  it('is told to its leaf, in lists and objects', () => {
    const before = { rule: [{ status: 'Enabled', days: 1 }], tags: { Name: 'a', Owner: 'ops' } };
    const after = { rule: [{ status: 'Disabled', days: 1 }], tags: { Name: 'a' } };
    expect(
      differences({ before, after }).map(({ attribute, live, configured }) => [attribute, live, configured]),
    ).toEqual([
      ['rule[0].status', '"Enabled"', '"Disabled"'],
      ['tags.Owner', '"ops"', null],
    ]);
  });

  it('never shows what is sensitive', () => {
    const found = differences({
      before: { a: { key: 's3cr3t' } },
      after: { a: { key: 'other' } },
      beforeSensitive: { a: true },
    });
    expect(found).toMatchObject([{ attribute: 'a.key', live: null, configured: null }]);
    expect(JSON.stringify(found)).not.toMatch(/s3cr3t|other/);
  });

  it('is the whole resource where it would be made or lost', () => {
    expect(differences({ actions: ['create'] })[0]).toMatchObject({ kind: 'create', attribute: null });
    expect(differences({ actions: ['create'] })[0]?.fix).toContain('if it exists, import it');
    expect(differences({ actions: ['delete'], before: {}, after: null })[0]?.fix).toContain('it is live');
  });

  it('is said even where no attribute tells', () => {
    expect(differences({ before: {}, after: {} })).toMatchObject([{ kind: 'update', attribute: null }]);
  });
});
