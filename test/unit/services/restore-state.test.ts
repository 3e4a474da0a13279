import { beforeEach, describe, expect, it } from '@jest/globals';
import { interrupted } from '../../../src/domain/errors.js';
import type { RestoreSource } from '../../../src/domain/restore-source.js';
import { executeRestore } from '../../../src/services/execute-restore.js';
import { prepareRestore } from '../../../src/services/prepare-restore.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { LINEAGE } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { copyOf, stateText } from '../../fakes/state-archive.js';
import { recordOf, stateOf } from '../../fakes/states.js';

const VERSION: RestoreSource = { kind: 'version', versionId: 'v3' };
const BACKUP_ID = '20261120T080000Z-aaaaaa';
const WANTED = stateText({ serial: 3, resources: { 'aws_sqs_queue.this': 'queue-1', 'aws_vpc.this': 'vpc-1' } });

let ports: ReturnType<typeof fakePorts>;
beforeEach(() => {
  ports = fakePorts();
  ports.stateArchive.copies.set('v3', copyOf(WANTED, 'v3'));
  ports.terraform.pushing = () => {
    ports.stateStore.state = stateOf({ serial: 9 });
  };
});

const prepare = (source: RestoreSource = VERSION, hold: { waitSeconds: number } | undefined = { waitSeconds: 0 }) =>
  prepareRestore(ports, { binding: STAGING, source, hold });
const restore = async (source?: RestoreSource) => executeRestore(ports, await prepare(source));

describe('the restore of a state, before it is confirmed', () => {
  it('says what the state would know otherwise, and changes nothing', async () => {
    const prepared = await prepare();
    expect(prepared).toMatchObject({ unchanged: false, presentSerial: 7, highestSerial: 7 });
    expect(prepared.changes).toMatchObject({ gained: [{ address: 'aws_vpc.this', id: 'vpc-1' }], lost: [] });
    const changing = ['stateArchive.keep', 'stateArchive.putBack', 'terraform.pushState', 'ledger.append done'];
    expect(ports.journal.filter((call) => changing.includes(call))).toEqual([]);
  });

  it('holds the lock from before the state is read until it is released, and not at all without changing anything', async () => {
    const prepared = await prepare();
    expect(ports.journal.indexOf('operationLock.take')).toBeLessThan(
      ports.journal.indexOf('stateArchive.read current'),
    );
    expect(ports.operationLock.held).toMatchObject({ operation: 'state-restore', id: prepared.id });
    await prepared.release();
    expect(ports.operationLock.held).toBeNull();
    await prepareRestore(ports, { binding: STAGING, source: VERSION, hold: undefined });
    expect(ports.journal.filter((call) => call === 'operationLock.take')).toHaveLength(1);
  });

  it('knows the state that is there already, whatever its serial', async () => {
    ports.stateArchive.current = copyOf(WANTED.replace('"serial": 3', '"serial": 8'));
    expect(await prepare()).toMatchObject({ unchanged: true, presentSerial: 8 });
  });

  it('is refused for a state of another lineage, and lets go of the lock', async () => {
    ports.stateArchive.copies.set('v3', copyOf(stateText({ lineage: 'another' })));
    const failure = await failureOf(() => prepare());
    expect(failure).toMatchObject({
      code: 'LineageDiffers',
      exitCode: 3,
      nextSteps: ['list those that are: mhtctl state list staging'],
    });
    expect(failure.message).toContain('another');
    expect(failure.message).toContain(LINEAGE);
    expect(ports.operationLock.held).toBeNull();
  });

  it.each([
    { now: 'there is no state', spoil: () => null },
    { now: 'there is garbage', spoil: () => copyOf('garbage') },
  ])('is refused for another lineage where $now, by what the ledger says', async ({ spoil }) => {
    ports.stateArchive.current = spoil();
    ports.ledger.last = recordOf();
    ports.stateArchive.copies.set('v3', copyOf(stateText({ lineage: 'another' })));
    expect(await failureOf(() => prepare())).toMatchObject({ code: 'LineageDiffers' });
  });

  it('goes by the newest version that can be read where neither the state nor the ledger says a lineage', async () => {
    ports.stateArchive.current = null;
    const listed = { writtenAt: new Date(), current: false, deleted: false };
    ports.stateArchive.listed = ['garbage', 'v5', 'v3'].map((versionId) => ({ ...listed, versionId }));
    ports.stateArchive.copies.set('garbage', copyOf('garbage'));
    ports.stateArchive.copies.set('v5', copyOf(stateText({ lineage: 'another' })));
    expect(await failureOf(() => prepare())).toMatchObject({ code: 'LineageDiffers' });
    ports.stateArchive.copies.set('v5', copyOf(stateText()));
    expect(await prepare()).toMatchObject({ presentSerial: null });
  });

  it.each([VERSION, { kind: 'backup', id: BACKUP_ID } as const])(
    'is refused where there is no $kind',
    async (source) => {
      ports.stateArchive.copies.clear();
      const failure = await failureOf(() => prepare(source));
      expect(failure).toMatchObject({ code: 'VersionUnknown', exitCode: 3 });
      expect(failure.nextSteps).toEqual(['list what there is: mhtctl state list staging']);
    },
  );

  it('is refused for what is no state', async () => {
    ports.stateArchive.copies.set('v3', copyOf('garbage'));
    expect(await failureOf(() => prepare())).toMatchObject({ code: 'StateUnreadable', exitCode: 5 });
  });

  it('takes a file, and a backup from here where the bucket has lost it', async () => {
    ports.workspace.files.set('/mnt/old.tfstate', WANTED);
    expect((await prepare({ kind: 'file', file: '/mnt/old.tfstate' })).wantedState.serial).toBe(3);
    ports.operationLock.held = null;
    ports.workspace.files.set(`${STAGING.workDir}/backups/${BACKUP_ID}.tfstate`, WANTED);
    expect((await prepare({ kind: 'backup', id: BACKUP_ID })).wantedState.serial).toBe(3);
  });

  it('is refused while an apply has left a newer state on this machine, unless that is what is wanted', async () => {
    const file = `${STAGING.workDir}/errored.tfstate`;
    ports.terraform.unsaved = { own: { file, lineage: LINEAGE, serial: 12 }, stray: null };
    expect(await failureOf(() => prepare())).toMatchObject({ code: 'StateUnsaved', exitCode: 3 });
    ports.workspace.files.set(file, stateText({ serial: 12 }));
    expect(await prepare({ kind: 'file', file })).toMatchObject({ highestSerial: 12 });
  });

  it('leaves alone what a later Terraform wrote', async () => {
    ports.stateArchive.current = copyOf('{"version": 5}');
    expect(await failureOf(() => prepare())).toMatchObject({ code: 'StateVersionUnknown', exitCode: 5 });
  });

  it('waits for nobody: exit 6 names who is at it', async () => {
    const claim = { operation: 'deploy', actor: 'grace', origin: 'ci', commit: null, since: '', expires: '' } as const;
    ports.operationLock.held = { ...claim, id: BACKUP_ID, expires: '2026-11-23T10:05:00.000Z' };
    expect(await failureOf(() => prepare())).toMatchObject({ code: 'OperationLocked', exitCode: 6 });
  });
});

describe('the restore of a state, once it is confirmed', () => {
  it('backs up what is there, pushes by Terraform with a serial above it, and records', async () => {
    const { serial, backup, record } = await restore();
    expect(serial).toBe(9);
    expect(backup).toMatchObject({ id: record.id, serial: 7 });
    const order = ['stateArchive.keep', 'terraform.initialise', 'terraform.pushState', 'ledger.append done'];
    expect(ports.journal.filter((call) => order.includes(call))).toEqual(order);
    expect(ports.terraform.pushed).toEqual([WANTED.replace('"serial": 3', '"serial": 8')]);
    expect(ports.stateArchive.putBacks).toEqual([]);
    expect(record).toMatchObject({
      operation: 'state-restore',
      status: 'done',
      about: { restored: 'version v3', backup: record.id },
      stateBefore: { lineage: LINEAGE, serial: 7, versionId: 'v1' },
      stateAfter: { lineage: LINEAGE, serial: 9 },
    });
  });

  it('leaves no copy of the secrets behind, even when it fails', async () => {
    ports.terraform.failures.pushState = toolFailure('locked');
    await failureOf(() => restore());
    expect([...ports.workspace.files.keys()].filter((file) => !file.includes('/backups/'))).toEqual([]);
    expect(ports.ledger.records.at(-1)).toMatchObject({
      operation: 'state-restore',
      status: 'failed',
      error: 'locked',
    });
  });

  it.each([
    { now: 'was deleted', current: null },
    { now: 'is garbage', current: copyOf('garbage', 'spoilt') },
  ])('puts the copy back where the state $now: Terraform would not read it', async ({ current }) => {
    ports.stateArchive.current = current;
    ports.ledger.last = recordOf({ stateAfter: { lineage: LINEAGE, serial: 20 } });
    const { backup } = await restore();
    expect(ports.stateArchive.putBacks).toEqual([{ copy: copyOf(WANTED, 'v3'), replaced: current }]);
    const order = ['stateArchive.putBack', 'terraform.initialise', 'terraform.pushState'];
    expect(ports.journal.filter((call) => order.includes(call))).toEqual(order);
    expect(ports.terraform.pushed[0]).toContain('"serial": 21');
    expect(backup === null).toBe(current === null);
  });

  it('puts the copy back where the state is not what Terraform wrote last', async () => {
    ports.stateArchive.expects = () => false;
    await restore();
    expect(ports.stateArchive.putBacks).toHaveLength(1);
    expect(ports.ledger.records.at(-1)).toMatchObject({ stateBefore: { serial: 7 } });
  });

  it('touches nothing when what is there cannot be backed up', async () => {
    ports.stateArchive.current = copyOf('garbage');
    ports.stateArchive.keepFailure = toolFailure('denied');
    expect(await failureOf(() => restore())).toMatchObject({ exitCode: 5 });
    expect(ports.stateArchive.putBacks).toEqual([]);
    expect(ports.terraform.pushed).toEqual([]);
  });

  it('removes what a restore that was killed has left: it holds secrets', async () => {
    await restore();
    expect(ports.workspace.swept).toContainEqual({
      directory: `${STAGING.workDir}/restore`,
      before: ports.clock.now(),
    });
  });

  it('is recorded as interrupted when it was', async () => {
    ports.terraform.failures.pushState = interrupted('interrupted during terraform state push');
    expect(await failureOf(() => restore())).toMatchObject({ exitCode: 130 });
    expect(ports.ledger.records.at(-1)).toMatchObject({ status: 'interrupted' });
  });

  it('that cannot be recorded is told, and its record kept here', async () => {
    ports.ledger.refuse = () => toolFailure('no network');
    expect(await failureOf(() => restore())).toMatchObject({ code: 'RecordNotWritten', exitCode: 5 });
    expect([...ports.workspace.files.keys()].some((file) => file.includes('/unsent/'))).toBe(true);
  });
});
