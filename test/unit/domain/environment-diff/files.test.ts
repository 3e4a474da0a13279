import { describe, expect, it } from '@jest/globals';
import { compareBackends, comparePolicies } from '../../../../src/domain/environment-diff/files.js';
import type { ComparedSetting } from '../../../../src/domain/environment-diff/setting.js';
import { bindingOf } from '../../../fakes/bindings.js';

const rows = (settings: readonly ComparedSetting[]) =>
  settings.map(({ path, own, other, relation }) => [path.join('.'), own.value, other.value, relation]);

describe('two backends', () => {
  it('are side by side by the names of the file', () => {
    const own = bindingOf('staging');
    const other = bindingOf('production', { backend: { kmsKeyId: 'alias/state', useLockfile: false } });
    expect(rows(compareBackends(own, other))).toEqual([
      ['bucket', 'mht-api-terraform-state-staging', 'mht-api-terraform-state-production', 'byName'],
      ['key', 'staging/terraform.tfstate', 'production/terraform.tfstate', 'byName'],
      ['region', 'us-east-1', 'us-east-1', 'same'],
      ['dynamodb_table', 'mht-api-terraform-locks-staging', 'mht-api-terraform-locks-production', 'byName'],
      ['use_lockfile', true, false, 'different'],
      ['allowed_account_ids', [], [], 'same'],
      ['kms_key_id', undefined, 'alias/state', 'different'],
    ]);
  });
});

describe('two policies', () => {
  it('are side by side, with what is inside their blocks', () => {
    const limit = { maxMonthly: 300, maxIncrease: undefined, onExcess: 'refuse' as const };
    const other = bindingOf('production', { policy: { promotedFrom: 'staging', costLimit: limit } });
    expect(rows(comparePolicies(bindingOf('staging'), other))).toEqual(
      expect.arrayContaining([
        ['protected', false, true, 'different'],
        ['promoted_from', undefined, 'staging', 'different'],
        ['health.path', '/health', '/health', 'same'],
        ['health.deadline_seconds', 300, 300, 'same'],
        ['cost.max_monthly', undefined, 300, 'different'],
        ['cost.on_excess', undefined, 'refuse', 'different'],
      ]),
    );
  });
});
