import { describe, expect, it } from '@jest/globals';
import { decodeBackend } from '../../../src/domain/binding/backend.js';
import { refuseSharedBackends } from '../../../src/domain/binding/shared-backends.js';
import { failureOf } from '../hcl/failure.js';
import { bodyOf } from './hcl-body.js';

async function backend(name: string, lines: Readonly<Record<string, string>>) {
  const file = `backend-${name}.tfbackend`;
  const all = { bucket: '"state"', key: `"${name}"`, region: '"us-east-1"', ...lines };
  const written = Object.entries(all).map(([attribute, value]) => `${attribute} = ${value}`);
  return { name, decoded: decodeBackend(file, await bodyOf(file, written)) };
}

async function check(...lines: readonly Readonly<Record<string, string>>[]) {
  refuseSharedBackends(
    await Promise.all(lines.map((each, index) => backend(['one', 'two', 'three'][index] ?? '', each))),
  );
}

const TABLE = { dynamodb_table: '"locks"' };
const [FIRST, SECOND] = [{ allowed_account_ids: '["111122223333"]' }, { allowed_account_ids: '["444455556666"]' }];

describe('separate backends', () => {
  it.each([
    ['one bucket with two keys', {}, {}],
    ['no lock table in either', { bucket: '"a"' }, { bucket: '"b"' }],
    ['one table name in two regions', { ...TABLE }, { ...TABLE, region: '"eu-west-1"' }],
    ['one table name in two accounts', { ...TABLE, ...FIRST }, { ...TABLE, ...SECOND }],
  ])('pass with %s', async (_, one, two) => {
    await expect(check(one, two)).resolves.toBeUndefined();
  });
});

describe('shared backends', () => {
  it('are refused with the same bucket and key, whatever else differs', async () => {
    const error = await failureOf(
      check({ key: '"k"', ...FIRST }, {}, { key: '"k"', region: '"eu-west-1"', ...SECOND }),
    );
    expect(error).toMatchObject({ code: 'SharedBackend', outcome: 'usage' });
    expect(error.message).toBe(
      'environments one (backend-one.tfbackend:2) and three (backend-three.tfbackend:2) share the state s3://state/k; each needs its own',
    );
  });

  it.each([
    ['no account pinned', {}, {}],
    ['one account pinned', FIRST, {}],
    ['the same account', FIRST, FIRST],
  ])('are refused with the same lock table and %s', async (_, one, two) => {
    const error = await failureOf(check({ ...TABLE, ...one }, { ...TABLE, ...two }));
    expect(error).toMatchObject({
      code: 'SharedBackend',
      outcome: 'usage',
      message:
        'environments one (backend-one.tfbackend:4) and two (backend-two.tfbackend:4) share the lock table locks in us-east-1; each needs its own',
      nextSteps: [
        'edit line 4 of backend-one.tfbackend: give one a dynamodb_table of its own',
        'edit line 4 of backend-two.tfbackend: give two a dynamodb_table of its own',
      ],
    });
  });
});
