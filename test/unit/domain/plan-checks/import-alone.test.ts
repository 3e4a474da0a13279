import { describe, expect, it } from '@jest/globals';
import type { ResourceChange } from '../../../../src/domain/plan.js';
import { judgeImport } from '../../../../src/domain/plan-checks/import-alone.js';
import { changeOf, planOf } from '../../../fakes/plans.js';

const TARGET = { address: 'aws_s3_bucket.data', id: 'bucket-1' };
const imported = (parts: Partial<ResourceChange> = {}) =>
  changeOf(TARGET.address, { actions: ['no-op'], importId: TARGET.id, ...parts });
const messages = (...changes: readonly ResourceChange[]) =>
  judgeImport(planOf(changes), TARGET).map(({ severity, address, message }) => `${severity} ${address}: ${message}`);

describe('the plan of an import', () => {
  it('may import, and change what it imports in place', () => {
    expect(messages(imported())).toEqual([]);
    expect(messages(imported({ actions: ['update'] }))).toEqual([]);
  });

  it('is refused without the import, and with another id', () => {
    const missing = ['forbidden aws_s3_bucket.data: the plan does not import bucket-1'];
    expect(messages()).toEqual(missing);
    expect(messages(imported({ importId: 'bucket-2' }))).toEqual(missing);
    expect(messages(imported({ importId: undefined, actions: ['create'] }))).toEqual(missing);
  });

  it('is refused when it would replace what it imports', () => {
    const reasons = ['bucket cannot be changed in place'];
    expect(messages(imported({ actions: ['delete', 'create'], reasons }))).toEqual([
      'forbidden aws_s3_bucket.data: it would be replaced at once (bucket cannot be changed in place): make the configuration say what exists',
    ]);
  });

  it('is refused with anything else that it would change', () => {
    const others = [changeOf('aws_kms_key.this', { actions: ['update'] }), changeOf('aws_vpc.this')];
    expect(messages(imported(), ...others)).toEqual([
      'forbidden aws_kms_key.this: is no part of the import (update); deploy it first',
      'forbidden aws_vpc.this: is no part of the import (create); deploy it first',
    ]);
  });
});
