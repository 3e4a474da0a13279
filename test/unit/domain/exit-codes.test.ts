import { describe, expect, it } from '@jest/globals';
import { EXIT_CODES, exitCodeOf, type Outcome } from '../../../src/domain/exit-codes.js';

/** The public contract: a code that changes here breaks the scripts of users. */
const CONTRACT: readonly (readonly [Outcome, number, RegExp])[] = [
  ['done', 0, /nothing to do/],
  ['bug', 1, /bug in mhtctl/],
  ['usage', 2, /arguments, flags, configuration files/],
  ['refused', 3, /drift found, plan denied by policy, promotion gate closed/],
  ['declined', 4, /declined at a prompt/],
  ['toolFailed', 5, /Terraform, AWS or another tool failed/],
  ['locked', 6, /holds the lock/],
  ['wrongIdentity', 7, /AWS account, region or role/],
  ['unhealthy', 8, /not healthy/],
  ['interrupted', 130, /interrupted/],
];

describe('the exit codes', () => {
  it.each(CONTRACT)('%s is %d', (outcome, code, meaning) => {
    expect(exitCodeOf(outcome)).toBe(code);
    expect(EXIT_CODES[outcome].meaning).toMatch(meaning);
  });

  it('are these and no more', () => {
    expect(Object.keys(EXIT_CODES).sort()).toEqual(CONTRACT.map(([outcome]) => outcome).sort());
  });
});
