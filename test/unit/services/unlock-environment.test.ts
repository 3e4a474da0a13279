import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OperationClaim } from '../../../src/domain/operation-lock.js';
import type { TerraformLock } from '../../../src/domain/terraform-lock.js';
import { readLocks, removeLocks } from '../../../src/services/unlock-environment.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { FakePrompter } from '../../fakes/prompter.js';

const CLAIM: OperationClaim = {
  id: '20261123T095900Z-bbbbbb',
  operation: 'deploy',
  actor: 'arn:aws:iam::111111111111:user/grace',
  origin: 'grace@desk',
  commit: null,
  since: '2026-11-23T09:59:00.000Z',
  expires: '2026-11-23T10:09:00.000Z',
};
const LOCK: TerraformLock = {
  id: '9d1a0000-0000-0000-0000-000000000001',
  operation: 'OperationTypeApply',
  who: 'grace@desk',
  created: '2026-11-23T09:59:30.000Z',
  kept: 'table',
};

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
  lockBoth();
});

function lockBoth(): void {
  ports.operationLock.held = CLAIM;
  ports.terraformLocks.locks = [LOCK, { ...LOCK, kept: 'file' }];
  ports.terraform.unlocking = (id) => {
    ports.terraformLocks.locks = ports.terraformLocks.locks.filter((lock) => lock.id !== id);
  };
}

/** Somebody at a terminal who answers in that order. */
function atTerminal(...answers: readonly string[]): void {
  ports = fakePorts({ prompter: new FakePrompter(...answers) });
  lockBoth();
}

const found = () => readLocks(ports, STAGING);
const remove = async (...ids: readonly string[]) => removeLocks(ports, { binding: STAGING, found: await found(), ids });

describe('the locks of an environment', () => {
  it("are mhtctl's and Terraform's, the latter once although it is kept twice", async () => {
    expect((await found()).locks).toEqual([
      {
        kind: 'operation',
        id: CLAIM.id,
        operation: 'deploy',
        holder: 'arn:aws:iam::111111111111:user/grace on grace@desk',
        since: CLAIM.since,
        expires: CLAIM.expires,
      },
      {
        kind: 'terraform',
        id: LOCK.id,
        operation: 'OperationTypeApply',
        holder: 'grace@desk',
        since: LOCK.created,
        expires: null,
      },
    ]);
  });

  it('are not read with the credentials of another account', async () => {
    ports.identities.identity = { accountId: '222222222222', arn: 'arn:aws:iam::222222222222:user/eve' };
    expect(await failureOf(found)).toMatchObject({ exitCode: 7 });
  });
});

describe('removing locks', () => {
  it('removes those whose ids are given, and no other', async () => {
    expect(await remove(CLAIM.id)).toEqual([CLAIM.id]);
    expect(ports.operationLock.held).toBeNull();
    expect(ports.terraform.unlocked).toEqual([]);
  });

  it("removes Terraform's by Terraform itself", async () => {
    expect(await remove(LOCK.id)).toEqual([LOCK.id]);
    expect(ports.terraform.unlocked).toEqual([LOCK.id]);
    expect(ports.operationLock.held).toBe(CLAIM);
  });

  it('records each, with whose it was', async () => {
    await remove(CLAIM.id, LOCK.id);
    expect(ports.ledger.records).toMatchObject([
      {
        operation: 'unlock',
        status: 'done',
        planDigest: null,
        about: { lock: `operation ${CLAIM.id}`, holder: 'arn:aws:iam::111111111111:user/grace on grace@desk' },
      },
      { operation: 'unlock', about: { lock: `terraform ${LOCK.id}`, holder: 'grace@desk' } },
    ]);
  });

  it('has nothing to do where nothing is locked', async () => {
    ports.operationLock.held = null;
    ports.terraformLocks.locks = [];
    expect(await remove()).toEqual([]);
    expect(ports.ledger.records).toEqual([]);
  });

  it('refuses an id that no lock has, naming those there are', async () => {
    const failure = await failureOf(() => remove('bbbbbb'));
    expect(failure).toMatchObject({ code: 'UnknownLock', exitCode: 2 });
    expect(failure.message).toContain(CLAIM.id);
    expect(failure.message).toContain(LOCK.id);
    expect(ports.operationLock.held).toBe(CLAIM);
  });

  it('never asks without a terminal, and says how to remove each', async () => {
    const failure = await failureOf(() => remove());
    expect(failure).toMatchObject({ code: 'ConfirmationMissing', exitCode: 4 });
    expect(failure.nextSteps.join('\n')).toContain(`mhtctl unlock staging --id ${LOCK.id}`);
    expect(ports.operationLock.held).toBe(CLAIM);
  });

  it('removes at a terminal what is typed letter for letter, and keeps the rest', async () => {
    atTerminal('', LOCK.id);
    expect(await remove()).toEqual([LOCK.id]);
    expect(ports.operationLock.held).toBe(CLAIM);
  });

  it('removes nothing when something else is typed, even after a right id', async () => {
    atTerminal(CLAIM.id, 'yes');
    expect(await failureOf(() => remove())).toMatchObject({ code: 'Declined', exitCode: 4 });
    expect(ports.operationLock.held).toBe(CLAIM);
  });

  it('removes nothing when nothing is typed', async () => {
    atTerminal('', '');
    expect(await failureOf(() => remove())).toMatchObject({ code: 'Declined', exitCode: 4 });
  });

  it('says how to remove by hand what Terraform did not remove, with both of its places', async () => {
    ports.terraform.unlocking = () => undefined;
    const failure = await failureOf(() => remove(LOCK.id));
    expect(failure).toMatchObject({ code: 'LockNotRemoved', exitCode: 5 });
    expect(failure.nextSteps.join('\n')).toContain(`${STAGING.backend.key}.tflock`);
    expect(failure.nextSteps.join('\n')).toContain(`${STAGING.backend.lockTable}`);
  });

  it('fails as Terraform does', async () => {
    ports.terraform.failures = { forceUnlock: toolFailure('lock id does not match') };
    expect(await failureOf(() => remove(LOCK.id))).toMatchObject({ message: 'lock id does not match' });
    expect(ports.ledger.records).toEqual([]);
  });
});
