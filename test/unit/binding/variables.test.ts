import { describe, expect, it } from '@jest/globals';
import { decodeBackend } from '../../../src/domain/binding/backend.js';
import { decodeVariables } from '../../../src/domain/binding/variables.js';
import { failureOf } from '../hcl/failure.js';
import { bodyOf } from './hcl-body.js';

const FILE = 'terraform/terraform.tfvars.staging';
const BACKEND = 'terraform/backend-staging.tfbackend';
const ACCOUNT = '111122223333';

async function decode(lines: readonly string[], backendLines: readonly string[] = []) {
  const backend = ['bucket = "b"', 'key = "k"', 'region = "us-east-1"', ...backendLines];
  return decodeVariables(
    'staging',
    FILE,
    await bodyOf(FILE, lines),
    decodeBackend(BACKEND, await bodyOf(BACKEND, backend)),
  );
}

const ENVIRONMENT = 'environment = "staging"';

describe('the variables of an environment', () => {
  it('keep their values and places', async () => {
    const decoded = await decode([ENVIRONMENT, 'aws_region = "eu-west-1"', 'queues = { a = [1] }']);
    expect(decoded).toMatchObject({ region: 'eu-west-1', accountId: undefined, roleArn: undefined });
    expect(decoded.variables).toEqual({ environment: 'staging', aws_region: 'eu-west-1', queues: { a: [1] } });
    expect(decoded.variableSources['queues']?.location).toEqual({ file: FILE, line: 3, column: 1 });
  });

  it.each([
    ['the tfvars alone', [`aws_account_id = "${ACCOUNT}"`], []],
    ['the backend alone', [], [`allowed_account_ids = ["${ACCOUNT}"]`]],
    ['both', [`aws_account_id = "${ACCOUNT}"`], [`allowed_account_ids = ["444455556666", "${ACCOUNT}"]`]],
  ])('pin the account in %s', async (_, lines, backendLines) => {
    expect((await decode([ENVIRONMENT, ...lines], backendLines)).accountId).toBe(ACCOUNT);
  });

  it('take null for not set', async () => {
    const lines = [ENVIRONMENT, 'aws_region = null', 'aws_account_id = null', 'assume_role_arn = null'];
    expect(await decode(lines)).toMatchObject({ region: 'us-east-1', accountId: undefined, roleArn: undefined });
  });
});

describe('wrong variables', () => {
  it.each<[readonly string[], readonly string[], string, readonly string[]]>([
    [
      ['# head', 'environment = "production"'],
      [],
      `environment = "production" at ${FILE}:2, but the file is that of staging; expected environment = "staging"`,
      [`edit line 2 of ${FILE}: environment = "staging"`],
    ],
    [
      ['vpc_cidr = "10.0.0.0/16"'],
      [],
      `${FILE} does not set environment; expected environment = "staging"`,
      [`add this line to ${FILE}: environment = "staging"`],
    ],
    [
      [ENVIRONMENT, 'aws_account_id = 111122223333'],
      [],
      `aws_account_id = 111122223333 at ${FILE}:2 is a number, not an account id of 12 digits in quotes`,
      [`edit line 2 of ${FILE}: aws_account_id = "123456789012"`],
    ],
    [
      [ENVIRONMENT, 'aws_account_id = "1111-2222-3333"'],
      [],
      `aws_account_id = "1111-2222-3333" at ${FILE}:2 is not an account id of 12 digits in quotes`,
      [`edit line 2 of ${FILE}: aws_account_id = "123456789012"`],
    ],
    [
      [ENVIRONMENT, 'aws_region = "us-east-1a"'],
      [],
      `aws_region = "us-east-1a" at ${FILE}:2 is not an AWS region`,
      [`edit line 2 of ${FILE}: aws_region = "us-east-1"`],
    ],
    [
      [ENVIRONMENT, `aws_account_id = "${ACCOUNT}"`],
      ['allowed_account_ids = ["444455556666"]'],
      `aws_account_id = "${ACCOUNT}" at ${FILE}:2 contradicts allowed_account_ids = ["444455556666"] at ${BACKEND}:4`,
      [
        `edit line 2 of ${FILE}: aws_account_id = "444455556666"`,
        `or edit line 4 of ${BACKEND}: allowed_account_ids = ["${ACCOUNT}"]`,
      ],
    ],
    [
      [ENVIRONMENT],
      [`allowed_account_ids = ["444455556666", "${ACCOUNT}"]`],
      `allowed_account_ids = ["444455556666", "${ACCOUNT}"] at ${BACKEND}:4 names several accounts, and ${FILE} does not say which one is the environment's`,
      [`add this line to ${FILE}: aws_account_id = "123456789012"`],
    ],
    [
      [ENVIRONMENT, 'assume_role_arn = "deployer"'],
      [],
      `assume_role_arn = "deployer" at ${FILE}:2 is not the ARN of an IAM role`,
      [`edit line 2 of ${FILE}: assume_role_arn = "arn:aws:iam::123456789012:role/NAME"`],
    ],
    [
      [ENVIRONMENT, `aws_account_id = "${ACCOUNT}"`, 'assume_role_arn = "arn:aws:iam::444455556666:role/x"'],
      [],
      `assume_role_arn = "arn:aws:iam::444455556666:role/x" at ${FILE}:3 is a role of account 444455556666, but the environment is pinned to account ${ACCOUNT}`,
      [`edit line 3 of ${FILE}: assume_role_arn = "arn:aws:iam::${ACCOUNT}:role/NAME"`],
    ],
    [
      [ENVIRONMENT, 'tags {', '}'],
      [],
      `unexpected block "tags" at ${FILE}:2; a tfvars file holds name = value lines`,
      [`edit line 2 of ${FILE}: write tags = { ... }`],
    ],
  ])('%j beside %j are refused', async (lines, backendLines, message, nextSteps) => {
    expect(await failureOf(decode(lines, backendLines))).toMatchObject({
      code: 'InvalidVariables',
      outcome: 'usage',
      exitCode: 2,
      message,
      nextSteps,
    });
  });
});
