import { describe, expect, it } from '@jest/globals';
import { terraformFailure } from '../../../../src/adapters/terraform/diagnose.js';
import type { Diagnostic } from '../../../../src/domain/terraform-event.js';
import { STAGING } from '../../../fakes/bindings.js';

const LOG = '/project/.mhtctl/apply.jsonl';
const SEE_LOG = `read the whole log: less ${LOG}`;
const error = (summary: string, detail = '', parts: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: 'error',
  summary,
  detail,
  address: undefined,
  location: undefined,
  ...parts,
});
const failure = (diagnostics: readonly Diagnostic[], logFile: string | undefined = LOG) =>
  terraformFailure(STAGING, 'apply', diagnostics, logFile, 'it ended with code 1');

/** As Terraform 1.11.4 says it. */
const LOCKED = error(
  'Error acquiring the state lock',
  [
    'Error message: operation error DynamoDB: PutItem, https response error StatusCode: 400, RequestID: 0AB1,',
    'ConditionalCheckFailedException: The conditional request failed',
    'Lock Info:',
    '  ID:        3f2c1b9a-8a60-57e3-4ef0-8a4c2d7c1a55',
    '  Path:      mht-api-terraform-state-staging/staging/terraform.tfstate',
    '  Operation: OperationTypeApply',
    '  Who:       ada@laptop',
    '  Version:   1.11.4',
    '  Created:   2026-11-23 09:58:00.123 +0000 UTC',
    '  Info:      ',
    '',
    'Terraform acquires a state lock to protect the state from being written',
    'by multiple users at the same time.',
  ].join('\n'),
);

describe('what Terraform reported', () => {
  it('is that the configuration forbids to destroy: a refusal, with every resource', () => {
    const prevented = error(
      'Instance cannot be destroyed',
      'Resource aws_s3_bucket.data has lifecycle.prevent_destroy set',
    );
    const { code, exitCode, message, nextSteps } = failure([prevented, error('Something else')]);
    expect({ code, exitCode }).toEqual({ code: 'DestroyPrevented', exitCode: 3 });
    expect(message).toContain('aws_s3_bucket.data');
    expect(nextSteps[0]).toContain('prevent_destroy');
  });

  it('is a lock: who holds it, since when, and how to break it', () => {
    const locked = failure([LOCKED]);
    expect(locked).toMatchObject({ code: 'StateLocked', exitCode: 6 });
    for (const part of [
      '"staging"',
      'ada@laptop',
      '2026-11-23 09:58:00.123 +0000 UTC',
      '3f2c1b9a-8a60-57e3-4ef0-8a4c2d7c1a55',
    ]) {
      expect(locked.message).toContain(part);
    }
    expect(locked.nextSteps).toContainEqual(
      expect.stringContaining('mhtctl unlock staging --id 3f2c1b9a-8a60-57e3-4ef0-8a4c2d7c1a55'),
    );
  });

  it('is no lock of somebody when the lock table could not be asked', () => {
    const denied = error('Error acquiring the state lock', 'Error message: AccessDeniedException: not authorised');
    expect(failure([denied])).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
  });

  it('is a full disk', () => {
    const full = failure([error('Failed to write', 'write /tmp/x: no space left on device')]);
    expect(full).toMatchObject({ code: 'DiskFull', exitCode: 5 });
    expect(full.nextSteps).toContain(SEE_LOG);
  });

  it('is a stale plan', () => {
    expect(failure([error('Saved plan is stale', 'The given plan file can no longer be applied')])).toMatchObject({
      code: 'PlanStale',
      exitCode: 3,
      nextSteps: ['plan again: mhtctl plan staging'],
    });
  });

  it('is every error with its place, and no warning', () => {
    const several = failure([
      error('creating SQS Queue', ' AccessDenied \n', { address: 'aws_sqs_queue.this', location: 'main.tf:8' }),
      { ...error('Deprecated Parameter', 'no space left on device'), severity: 'warning' },
      error('Invalid value', '', { location: 'variables.tf:3' }),
      error('Plain'),
    ]);
    expect(several).toMatchObject({ code: 'TerraformFailed', exitCode: 5, nextSteps: [SEE_LOG] });
    expect(several.message).toBe(
      'terraform apply for "staging" failed: creating SQS Queue (aws_sqs_queue.this, main.tf:8)\nAccessDenied\n' +
        'Invalid value (variables.tf:3)\nPlain',
    );
  });

  it('is how it ended where it reported nothing', () => {
    expect(failure([]).message).toBe('terraform apply for "staging" failed: it ended with code 1');
  });

  it.each([
    ['StateLocked', `Error: ${LOCKED.summary}\n\n${LOCKED.detail}`, 6],
    ['DiskFull', 'Error: Failed to install provider\n\nwrite /data/providers/x: no space left on device', 5],
  ])('is %s by its plain text alone', (code, text, exitCode) => {
    expect(terraformFailure(STAGING, 'init', [], undefined, text)).toMatchObject({ code, exitCode });
  });

  it('names a log only where there is one', () => {
    expect(terraformFailure(STAGING, 'init', [], undefined, 'x').nextSteps).toEqual([]);
  });
});
