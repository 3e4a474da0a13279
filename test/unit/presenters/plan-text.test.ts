import { describe, expect, it } from '@jest/globals';
import type { ResourceChange } from '../../../src/domain/plan.js';
import { summarise } from '../../../src/domain/plan.js';
import type { PreparedDeployment } from '../../../src/domain/prepared-deployment.js';
import { planText, summaryText } from '../../../src/presenters/plan-text.js';
import { textStyle } from '../../../src/presenters/style.js';
import { changeOf, outputChangeOf, planOf, preparedOf } from '../../fakes/plans.js';
import { MARKED } from './marked-style.js';

const text = (changes: readonly ResourceChange[], parts: Partial<PreparedDeployment> = {}, style = textStyle(false)) =>
  planText(preparedOf({ plan: planOf(changes), summary: summarise(changes), ...parts }), style);
const lines = (...parts: Parameters<typeof text>) => text(...parts).split('\n');
const created = (count: number) => Array.from({ length: count }, (_, index) => changeOf(`aws_sqs_queue.q[${index}]`));

describe('the text of a plan', () => {
  it('begins with what it is and ends with its digest', () => {
    const all = lines(created(1));
    expect(all[0]).toBe('Plan for staging: 1 to create');
    expect(all.at(-1)).toBe('  digest sha256:1');
  });

  it('names the gravest first, whatever the order of the plan', () => {
    const all = lines([
      changeOf('aws_a.created'),
      changeOf('aws_a.imported', { actions: ['no-op'], importId: 'x' }),
      changeOf('aws_a.updated', { actions: ['update'] }),
      changeOf('aws_a.moved', { actions: ['no-op'], previousAddress: 'aws_a.old' }),
      changeOf('aws_a.forgotten', { actions: ['forget'] }),
      changeOf('aws_a.replaced', { actions: ['create', 'delete'] }),
      changeOf('aws_a.deleted', { actions: ['delete'] }),
    ]);
    expect(all.slice(1, -1)).toEqual([
      '  . aws_a.forgotten',
      '  ± aws_a.replaced',
      '  - aws_a.deleted',
      '  ↓ aws_a.imported',
      '  ~ aws_a.updated',
      '  → aws_a.moved',
      '  + aws_a.created',
    ]);
  });

  it('says why', () => {
    const change = changeOf('aws_a.b', { actions: ['update'], reasons: ['changes name', 'moved from aws_a.a'] });
    expect(lines([change])).toContain('  ~ aws_a.b  changes name; moved from aws_a.a');
  });

  it('lists up to twelve creations', () => {
    const all = lines(created(12));
    expect(all.filter((line) => line.startsWith('  + '))).toHaveLength(12);
    expect(all).toContain('  + aws_sqs_queue.q[11]');
  });

  it('groups more than twelve by module and type', () => {
    const all = lines([
      ...created(11),
      changeOf('aws_kms_key.this'),
      changeOf('module.alb[0].aws_lb.app_lb'),
      changeOf('module.queues["a.b"].aws_sqs_queue.this'),
      changeOf('module.queues["a.b"].aws_sqs_queue.dead["x"]', { type: 'aws_sqs_queue' }),
      changeOf('module.outer.module.inner[1].aws_vpc.this'),
    ]);
    expect(all.slice(1, -1)).toEqual([
      '  + (root)  12: sqs_queue ×11, kms_key',
      '  + module.alb[0]  1: lb',
      '  + module.queues["a.b"]  2: sqs_queue ×2',
      '  + module.outer.module.inner[1]  1: vpc',
    ]);
  });

  it('groups creations only: what is lost is always named', () => {
    const deleted = Array.from({ length: 20 }, (_, index) => changeOf(`aws_a.d[${index}]`, { actions: ['delete'] }));
    expect(lines([...created(20), ...deleted]).filter((line) => line.startsWith('  - '))).toHaveLength(20);
  });

  it('names outputs where nothing else changes', () => {
    const outputChanges = [outputChangeOf('url'), outputChangeOf('name')];
    expect(lines([], { plan: planOf([], { outputChanges }) })).toEqual([
      'Plan for staging: no resource changes',
      '  outputs: url, name',
      '  digest sha256:1',
    ]);
    expect(text([], { plan: planOf(created(1), { outputChanges }) })).not.toContain('outputs:');
  });

  it('names risks, the gravest first, with what to do', () => {
    const risk = (severity: 'forbidden' | 'consent' | 'notice', address: string | null) => ({
      rule: 'r',
      severity,
      address,
      message: `${severity} message`,
    });
    const all = lines(created(1), { risks: [risk('notice', 'a'), risk('consent', 'b'), risk('forbidden', null)] });
    expect(all.slice(2, -1)).toEqual([
      '  ✖ refused: forbidden message',
      '  ! needs --allow-destroy: b: consent message',
      '  · note: a: notice message',
    ]);
    expect(text([], { hasChanges: false, risks: [risk('forbidden', null)] })).toContain('✖ refused: forbidden message');
  });

  it('of no change is one line', () => {
    expect(text([], { hasChanges: false })).toBe('staging: nothing to change');
  });

  it('does not call a plan empty that was refused unread', () => {
    const risks = [{ rule: 'wrong-environment', severity: 'forbidden' as const, address: null, message: 'foreign' }];
    expect(text([], { hasChanges: false, risks })).not.toContain('nothing to change');
  });

  it('stays within the terminal, set off as before', () => {
    const names = Array.from({ length: 12 }, (_, index) => `attribute_${index}`).join(', ');
    const change = changeOf('aws_a.b', { actions: ['delete', 'create'], reasons: [`changes ${names}`] });
    const risk = { rule: 'r', severity: 'consent' as const, address: 'aws_a.b', message: `lost because of ${names}` };
    const all = lines([change], { risks: [risk], digest: 'sha256:1' }, { ...MARKED, width: 60 });
    expect(all.length).toBeGreaterThan(6);
    expect(all.some((line) => line.startsWith('  <red>± aws_a.b</red>'))).toBe(true);
    for (const line of all) expect(line.replaceAll(/<\/?[a-z]+>/g, '').length).toBeLessThanOrEqual(60);
  });

  it('says nothing by colour alone', () => {
    const marked = text([changeOf('aws_a.b', { actions: ['delete'] })], {}, MARKED);
    expect(marked).toContain('<red>- aws_a.b</red>');
    expect(marked.replaceAll(/<\/?[a-z]+>/g, '')).toBe(text([changeOf('aws_a.b', { actions: ['delete'] })]));
  });

  it.each([
    [{ create: 44, update: 0, delete: 0, replace: 1 }, '44 to create, 1 to replace'],
    [{ create: 0, update: 2, delete: 3, replace: 0 }, '2 to update, 3 to delete'],
    [{ create: 0, update: 0, delete: 0, replace: 0 }, 'no resource changes'],
  ])('sums %j up as "%s"', (summary, said) => {
    expect(summaryText(summary)).toBe(said);
  });
});
