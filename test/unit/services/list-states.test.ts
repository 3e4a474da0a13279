import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StateVersion } from '../../../src/domain/state-archive.js';
import { listStates } from '../../../src/services/list-states.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { LINEAGE } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { copyOf, stateText } from '../../fakes/state-archive.js';
import { recordOf } from '../../fakes/states.js';

let ports: ReturnType<typeof fakePorts>;
const version = (versionId: string, parts: Partial<StateVersion> = {}): StateVersion => ({
  versionId,
  writtenAt: new Date('2026-11-22T09:02:00Z'),
  current: false,
  deleted: false,
  ...parts,
});
const hold = (versionId: string, text: string) => ports.stateArchive.copies.set(versionId, copyOf(text, versionId));
const list = (limit = 20) => listStates(ports, STAGING, limit);

beforeEach(() => {
  ports = fakePorts();
  ports.stateArchive.listed = [version('v7', { current: true }), version('gone', { deleted: true }), version('v3')];
  hold('v7', stateText({ serial: 7 }));
  hold('v3', stateText({ serial: 3, resources: {} }));
});

describe('the list of states', () => {
  it('says of each version what it holds and who wrote it', async () => {
    ports.ledger.records.push(recordOf({ id: 'd7', stateBefore: { lineage: LINEAGE, serial: 3 } }));
    const states = await list();
    expect(states).toMatchObject({ versioned: true, olderVersions: 0, backups: [], olderBackups: 0 });
    expect(states.versions).toEqual([
      {
        versionId: 'v7',
        writtenAt: '2026-11-22T09:02:00.000Z',
        current: true,
        deleted: false,
        serial: 7,
        lineage: LINEAGE,
        resources: 1,
        error: null,
        writtenBy: expect.objectContaining({ id: 'd7', operation: 'deploy' }),
      },
      expect.objectContaining({ versionId: 'gone', deleted: true, serial: null, error: null, writtenBy: null }),
      expect.objectContaining({ versionId: 'v3', serial: 3, resources: 0, writtenBy: null }),
    ]);
  });

  it('hides none of the others behind one that cannot be read', async () => {
    hold('v7', 'garbage');
    ports.stateArchive.refuse = (place) =>
      place.kind === 'version' && place.versionId === 'v3' ? toolFailure('AWS denied s3:GetObjectVersion') : undefined;
    const [garbage, , denied] = (await list()).versions;
    expect(garbage).toMatchObject({ serial: null, error: expect.stringContaining('not JSON') });
    expect(denied).toMatchObject({ serial: null, error: 'AWS denied s3:GetObjectVersion' });
  });

  it('says of a version that went away in the meantime that it did', async () => {
    ports.stateArchive.copies.delete('v3');
    expect((await list()).versions[2]).toMatchObject({ serial: null, error: 'it is not there any more' });
  });

  it('has the backups, each with what it holds', async () => {
    ports.stateArchive.kept.set('20261123T100000Z-0a1b2c', copyOf(stateText({ serial: 5 })));
    expect((await list()).backups).toEqual([
      {
        id: '20261123T100000Z-0a1b2c',
        writtenAt: '2026-11-20T08:00:00.000Z',
        serial: 5,
        lineage: LINEAGE,
        resources: 1,
        error: null,
      },
    ]);
  });

  it('reads as many as were asked for, and not all at the same time', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `v${index}`);
    ports.stateArchive.listed = ids.map((id) => version(id));
    for (const id of ids) hold(id, stateText());
    const states = await list(30);
    expect(states.versions).toHaveLength(30);
    expect(states.olderVersions).toBe(10);
    expect(ports.stateArchive.atOnce).toBeLessThanOrEqual(8);
  });

  it('says that the bucket keeps no versions', async () => {
    ports.stateArchive.versioned = false;
    expect((await list()).versioned).toBe(false);
  });

  it('ends at once when interrupted, and fails as a bug does', async () => {
    const bug = new TypeError('bug');
    ports.stateArchive.refuse = () => bug;
    await expect(list()).rejects.toBe(bug);
    ports.interruption.interrupt();
    expect(await failureOf(() => list())).toMatchObject({ exitCode: 130 });
  });
});
