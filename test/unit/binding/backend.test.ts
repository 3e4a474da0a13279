import { describe, expect, it } from '@jest/globals';
import { decodeBackend } from '../../../src/domain/binding/backend.js';
import { failureOf } from '../hcl/failure.js';
import { bodyOf } from './hcl-body.js';

const FILE = 'terraform/backend-staging.tfbackend';
const COMPLETE = ['bucket = "b"', 'key = "staging/terraform.tfstate"', 'region = "us-east-1"'];

async function decode(...lines: readonly string[]) {
  return decodeBackend(FILE, await bodyOf(FILE, lines));
}

describe('a backend', () => {
  it('needs no more than bucket, key and region', async () => {
    expect((await decode(...COMPLETE)).backend).toEqual({
      bucket: 'b',
      key: 'staging/terraform.tfstate',
      region: 'us-east-1',
      lockTable: undefined,
      useLockfile: false,
      allowedAccountIds: [],
      roleArn: undefined,
      kmsKeyId: undefined,
    });
  });

  it('may set everything the S3 backend knows, and null for nothing', async () => {
    const lines = [
      'encrypt = true',
      'kms_key_id = "k"',
      'profile = "p"',
      'workspace_key_prefix = "w"',
      'max_retries = 3',
      'endpoints = { s3 = "http://x" }',
      'dynamodb_table = null',
      'use_lockfile = null',
    ];
    expect((await decode(...COMPLETE, ...lines)).backend).toMatchObject({ lockTable: undefined, useLockfile: false });
  });

  it('names its role by assume_role', async () => {
    const line = 'assume_role = { role_arn = "arn:aws:iam::111122223333:role/state", session_name = "s" }';
    expect((await decode(...COMPLETE, line)).backend.roleArn).toBe('arn:aws:iam::111122223333:role/state');
  });
});

describe('a wrong backend', () => {
  it.each([
    [
      ['buket = "b"'],
      `unknown backend attribute "buket" at ${FILE}:1; did you mean "bucket"?`,
      `edit line 1 of ${FILE}: write bucket instead of buket`,
    ],
    [[...COMPLETE, 'lock = 1'], `unknown backend attribute "lock" at ${FILE}:4`, `edit line 4 of ${FILE}: remove lock`],
    [
      [...COMPLETE, 'constructor = 1'],
      `unknown backend attribute "constructor" at ${FILE}:4`,
      `edit line 4 of ${FILE}: remove constructor`,
    ],
    [
      ['key = "k"', 'region = "us-east-1"'],
      `the backend's bucket is missing in ${FILE}`,
      `add this line to ${FILE}: bucket = "NAME-OF-THE-STATE-BUCKET"`,
    ],
    [
      ['bucket = "b"', 'region = "us-east-1"'],
      `the backend's key is missing in ${FILE}`,
      `add this line to ${FILE}: key = "PATH/terraform.tfstate"`,
    ],
    [
      ['bucket = "b"', 'key = "k"'],
      `the backend's region is missing in ${FILE}`,
      `add this line to ${FILE}: region = "us-east-1"`,
    ],
    [
      ['bucket = ""', 'key = "k"', 'region = "us-east-1"'],
      `the backend's bucket is missing in ${FILE}:1`,
      `edit line 1 of ${FILE}: bucket = "NAME-OF-THE-STATE-BUCKET"`,
    ],
    [
      [...COMPLETE, 'use_lockfile = "yes"'],
      `backend attribute use_lockfile = "yes" at ${FILE}:4 is a string; it has to be true or false`,
      `edit line 4 of ${FILE}: make use_lockfile true or false`,
    ],
    [
      [...COMPLETE, 'allowed_account_ids = [111122223333]'],
      `backend attribute allowed_account_ids = [111122223333] at ${FILE}:4 is a list; it has to be a list of strings`,
      `edit line 4 of ${FILE}: make allowed_account_ids a list of strings`,
    ],
    [
      [...COMPLETE, 'allowed_account_ids = ["1111"]'],
      `allowed_account_ids contains "1111" at ${FILE}:4, which is not an account id of 12 digits`,
      `edit line 4 of ${FILE}: allowed_account_ids = ["123456789012"]`,
    ],
    [
      ['bucket = "b"', 'key = "k"', 'region = "Ireland"'],
      `region = "Ireland" at ${FILE}:3 is no AWS region`,
      `edit line 3 of ${FILE}: region = "us-east-1"`,
    ],
    [
      ['bucket = "b"', 'key = "/k"', 'region = "us-east-1"'],
      `key = "/k" at ${FILE}:2 has an empty segment, which Terraform refuses`,
      `edit line 2 of ${FILE}: key = "PATH/terraform.tfstate"`,
    ],
    [
      [...COMPLETE, 'assume_role = { external_id = "x" }'],
      `assume_role = { external_id = "x" } at ${FILE}:4 does not name the ARN of an IAM role`,
      `edit line 4 of ${FILE}: assume_role = { role_arn = "arn:aws:iam::123456789012:role/NAME" }`,
    ],
    [
      [...COMPLETE, 'assume_role {', '}'],
      `unexpected block "assume_role" at ${FILE}:4; a backend file holds name = value lines`,
      `edit line 4 of ${FILE}: write assume_role = { ... }`,
    ],
    [
      [...COMPLETE, 'role_arn = "arn:aws:iam::111122223333:role/state"'],
      `backend attribute "role_arn" at ${FILE}:4 was removed in Terraform 1.10; it is the entry role_arn of assume_role now`,
      `edit line 4 of ${FILE}: assume_role = { role_arn = ... }`,
    ],
  ])('%j is refused', async (lines, message, step) => {
    expect(await failureOf(decode(...lines))).toMatchObject({
      code: 'InvalidBackend',
      outcome: 'usage',
      exitCode: 2,
      message,
      nextSteps: [step],
    });
  });
});
