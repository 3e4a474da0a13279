import { describe, expect, it } from '@jest/globals';
import { driftOf } from '../../../../src/domain/drift/drift.js';
import type { Json } from '../../../../src/domain/plan.js';
import { changeOf, planOf } from '../../../fakes/plans.js';

const QUEUE = 'module.queues.aws_sqs_queue.this["feedback"]';
const update = (before: Json, after: Json, address = QUEUE) =>
  changeOf(address, { type: 'aws_sqs_queue', actions: ['update'], before, after });
const gone = changeOf(QUEUE, { type: 'aws_sqs_queue', actions: ['delete'], before: { name: 'q' }, after: null });
const queue = { address: QUEUE, type: 'aws_sqs_queue' };

describe('drift', () => {
  it('is what differs from the state and would be changed again', () => {
    const plan = planOf([update({ timeout: 77, delay: 0 }, { timeout: 60, delay: 0 })], {
      drift: [update({ timeout: 60, delay: 0 }, { timeout: 77, delay: 0 })],
    });
    expect(driftOf(plan)).toEqual({
      drift: [
        { ...queue, action: 'update', attributes: [{ path: 'timeout', before: 60, after: 77, undoneByDeploy: true }] },
      ],
      unmanaged: [],
    });
  });

  it('is not what the configuration wants changed', () => {
    const plan = planOf([update({ timeout: 60 }, { timeout: 90 })]);
    expect(driftOf(plan)).toEqual({ drift: [], unmanaged: [] });
  });

  it('is told apart from it, key by key', () => {
    const plan = planOf([update({ tags: { Owner: 'me', Team: 'a' } }, { tags: { Team: 'b' } })], {
      drift: [update({ tags: { Team: 'a' } }, { tags: { Owner: 'me', Team: 'a' } })],
    });
    expect(driftOf(plan).drift.flatMap(({ attributes }) => attributes.map(({ path }) => path))).toEqual(['tags.Owner']);
  });

  it('is not what the configuration already wants as it is now, nor what it leaves to AWS: that is counted', () => {
    const plan = planOf([update({ arn: 'new', timeout: 77 }, { arn: 'new', timeout: 77, size: 2 })], {
      drift: [update({ arn: 'old', timeout: 60 }, { arn: 'new', timeout: 77 })],
    });
    expect(driftOf(plan)).toEqual({
      drift: [],
      unmanaged: [
        {
          ...queue,
          action: 'update',
          attributes: [
            { path: 'arn', before: 'old', after: 'new' },
            { path: 'timeout', before: 60, after: 77 },
          ],
        },
      ],
    });
  });

  it('is not what the plan only does not know yet', () => {
    const plan = planOf([{ ...update({ arn: 'new', size: 1 }, { size: 2 }), afterUnknown: { arn: true } }], {
      drift: [update({ arn: 'old', size: 1 }, { arn: 'new', size: 1 })],
    });
    expect(driftOf(plan)).toMatchObject({ drift: [], unmanaged: [{ attributes: [{ path: 'arn' }] }] });
  });

  it('is a change that makes a resource be replaced', () => {
    const replaced = { ...update({ name: 'by-hand' }, { name: 'q' }), actions: ['delete', 'create'] as const };
    const plan = planOf([replaced], { drift: [update({ name: 'q' }, { name: 'by-hand' })] });
    expect(driftOf(plan).drift).toMatchObject([{ attributes: [{ path: 'name', before: 'q', after: 'by-hand' }] }]);
  });

  it('is a resource that is gone and wanted', () => {
    const plan = planOf([changeOf(QUEUE, { actions: ['create'] })], { drift: [gone] });
    expect(driftOf(plan)).toEqual({ drift: [{ ...queue, action: 'delete', attributes: [] }], unmanaged: [] });
  });

  it('is not a resource that is gone and not wanted any more: that is counted', () => {
    expect(driftOf(planOf([], { drift: [gone] }))).toEqual({
      drift: [],
      unmanaged: [{ ...queue, action: 'delete', attributes: [] }],
    });
  });

  it('is not a resource that the configuration gives up, whatever has become of it', () => {
    const plan = planOf([changeOf(QUEUE, { actions: ['delete'], before: { timeout: 77 }, after: null })], {
      drift: [update({ timeout: 60 }, { timeout: 77 })],
    });
    expect(driftOf(plan)).toMatchObject({ drift: [], unmanaged: [{ attributes: [{ path: 'timeout' }] }] });
  });

  it('tells a tag once, and a default tag of the provider by the list of all', () => {
    const before = { tags: { Name: 'q' }, tags_all: { Name: 'q', Environment: 'staging' } };
    const now = { tags: { Name: 'q', Owner: 'me' }, tags_all: { Name: 'q', Owner: 'me' } };
    const plan = planOf([update(now, before)], { drift: [update(before, now)] });
    expect(driftOf(plan).drift[0]?.attributes.map(({ path }) => path)).toEqual(['tags.Owner', 'tags_all.Environment']);
  });
});
