import { describe, expect, it } from '@jest/globals';
import type { EnvironmentLock } from '../../../src/domain/environment-locks.js';
import { locksText, unlockedText } from '../../../src/presenters/locks-text.js';
import { textStyle } from '../../../src/presenters/style.js';
import { NOW } from '../../fakes/plans.js';
import { later } from '../../fakes/states.js';

const PLAIN = textStyle(false);
const OPERATION: EnvironmentLock = {
  kind: 'operation',
  id: '20261123T095900Z-bbbbbb',
  operation: 'deploy',
  holder: 'arn:aws:iam::111111111111:user/grace on grace@desk',
  since: '2026-11-23T09:59:00.000Z',
  expires: later(60).toISOString(),
};
const TERRAFORM: EnvironmentLock = {
  kind: 'terraform',
  id: '9d1a0000-0000-0000-0000-000000000001',
  operation: 'OperationTypeApply',
  holder: 'grace@desk',
  since: '2026-11-23T09:59:30.000Z',
  expires: null,
};

describe('the text of locks', () => {
  it('says of each whose it is, who holds it, for what, and since when', () => {
    expect(locksText([OPERATION, TERRAFORM], NOW, PLAIN).split('\n')).toEqual([
      "mhtctl's lock 20261123T095900Z-bbbbbb",
      '  deploy by arn:aws:iam::111111111111:user/grace on grace@desk',
      '  since 2026-11-23T09:59:00.000Z; its holder is alive, as far as is known',
      "Terraform's lock 9d1a0000-0000-0000-0000-000000000001",
      '  OperationTypeApply by grace@desk',
      '  since 2026-11-23T09:59:30.000Z',
    ]);
  });

  it('says for how long nothing was heard of a holder, and by whose clock', () => {
    const text = locksText([{ ...OPERATION, expires: later(-600).toISOString() }], NOW, PLAIN);
    expect(text).toContain("should have been heard of 10 minutes ago, by this machine's clock");
  });

  it('says nothing of a time that cannot be read, and lets no name move the cursor', () => {
    const text = locksText([{ ...OPERATION, expires: 'unknown', holder: 'x\u001B[2J' }], NOW, PLAIN);
    expect(text).not.toContain('heard of');
    expect(text).not.toContain('\u001B');
  });
});

describe('the text of what was unlocked', () => {
  it('names what was removed and what is still held', () => {
    expect(unlockedText('staging', [OPERATION, TERRAFORM], [TERRAFORM.id], PLAIN).split('\n')).toEqual([
      `staging: removed ${TERRAFORM.id}`,
      `still held: ${OPERATION.id}`,
    ]);
    expect(unlockedText('staging', [], [], PLAIN)).toBe('staging: nothing is locked');
  });
});
