import { describe, expect, it } from '@jest/globals';
import { confirmationFor } from '../../../src/domain/confirmation.js';
import { bindingOf } from '../../fakes/bindings.js';

type Row = readonly [
  isProtected: boolean,
  yes: boolean,
  confirm: string | undefined,
  interactive: boolean,
  expected: object,
];

const GIVEN = { kind: 'given' };
const WRONG = { kind: 'wrong-name', name: 'staging' };
const NAMELESS = { kind: 'wrong-name', name: '' };
const NAME_MISSING = { kind: 'missing', flag: '--confirm prod' };
const YES_MISSING = { kind: 'missing', flag: '--yes' };

/** The whole truth table: protected, --yes, --confirm, a terminal. */
const TABLE: readonly Row[] = [
  [true, false, undefined, false, NAME_MISSING],
  [true, false, undefined, true, { kind: 'ask-name' }],
  [true, true, undefined, false, NAME_MISSING],
  [true, true, undefined, true, { kind: 'ask-name' }],
  [false, false, undefined, false, YES_MISSING],
  [false, false, undefined, true, { kind: 'ask-yes' }],
  [false, true, undefined, false, GIVEN],
  [false, true, undefined, true, GIVEN],
  ...[true, false].flatMap((isProtected) =>
    [true, false].flatMap((yes) =>
      [true, false].flatMap((interactive): Row[] => [
        [isProtected, yes, 'prod', interactive, GIVEN],
        [isProtected, yes, 'staging', interactive, WRONG],
        [isProtected, yes, '', interactive, NAMELESS],
      ]),
    ),
  ),
];

describe('the confirmation of a change of "prod"', () => {
  it.each(TABLE)(
    'protected %j, --yes %j, --confirm %j, terminal %j: %j',
    (isProtected, yes, confirm, interactive, expected) => {
      const { policy } = bindingOf('prod', { policy: { protected: isProtected } });
      expect(confirmationFor('prod', policy, { yes, confirm, interactive })).toEqual(expected);
    },
  );

  it.each([['PROD'], [' prod'], ['prod '], ['prod-eu'], ['pro']])(
    'takes no name that is only like it: "%s"',
    (confirm) => {
      const { policy } = bindingOf('prod');
      expect(confirmationFor('prod', policy, { yes: true, confirm, interactive: true })).toEqual({
        kind: 'wrong-name',
        name: confirm,
      });
    },
  );
});
