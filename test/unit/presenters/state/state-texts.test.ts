import { describe, expect, it } from '@jest/globals';
import { backupText } from '../../../../src/presenters/state/backup-text.js';
import { stateListText } from '../../../../src/presenters/state/list-text.js';
import { restorePreviewText, restoreText } from '../../../../src/presenters/state/restore-text.js';
import { textStyle } from '../../../../src/presenters/style.js';

const PLAIN = textStyle(false);
const ID = '20261123T100000Z-0a1b2c';

describe('the list of states', () => {
  const content = { writtenAt: '2026-11-22T09:02:00.000Z', serial: 7, lineage: 'ours', resources: 44, error: null };
  const version = { ...content, versionId: 'v7', current: false, deleted: false, writtenBy: null };
  const writtenBy = { id: ID, operation: 'deploy', commit: '0123456789abcdef' };
  const states = {
    versioned: true,
    versions: [
      { ...version, current: true, writtenBy },
      { ...version, versionId: 'gone', deleted: true, serial: null, lineage: null, resources: null },
      { ...version, versionId: 'bad', serial: null, lineage: null, resources: null, error: 'not JSON\u001B[2J\nmore' },
      { ...version, versionId: 'v1', serial: 1, lineage: 'theirs' },
    ],
    olderVersions: 3,
    backups: [{ ...content, id: ID }],
    olderBackups: 0,
  };

  it('says of each what it is and where it comes from, in columns where they fit', () => {
    expect(stateListText('staging', states, PLAIN).split('\n')).toEqual([
      '  version  written               serial            resources  by',
      '* v7       2026-11-22T09:02:00Z  7                 44         deploy 20261123T100000Z-0a1b2c (01234567)',
      '  gone     2026-11-22T09:02:00Z  deleted           -          -',
      '  bad      2026-11-22T09:02:00Z  -                 -          unreadable: not JSON\\u001b[2J',
      '  v1       2026-11-22T09:02:00Z  1, other lineage  44         -',
      '  and 3 older versions: see them with --limit',
      '',
      '  backup                   written               serial  resources  by',
      '  20261123T100000Z-0a1b2c  2026-11-22T09:02:00Z  7       44',
      '',
      'Go back to one: mhtctl state restore staging VERSION',
    ]);
  });

  it('says the rest below, where they do not fit', () => {
    const lines = stateListText('staging', states, textStyle(false, 80)).split('\n');
    expect(lines.slice(1, 4)).toEqual([
      '* v7       2026-11-22T09:02:00Z  7                 44',
      '      deploy 20261123T100000Z-0a1b2c (01234567)',
      '  gone     2026-11-22T09:02:00Z  deleted           -',
    ]);
  });

  it('says that there is nothing, and that nothing is kept', () => {
    const nothing = { versioned: false, versions: [], olderVersions: 0, backups: [], olderBackups: 0 };
    const text = stateListText('staging', nothing, PLAIN);
    expect(text).toContain('there is no state, and no version of one');
    expect(text).toContain('mhtctl bootstrap staging');
    expect(text).not.toContain('restore');
  });
});

describe('a backup', () => {
  const backup = { id: ID, file: '/f', object: 's3://b/k', serial: 7, resources: 44, digest: 'sha256:0' };

  it('says where it is and how to go back to it', () => {
    const text = backupText('staging', backup, PLAIN);
    for (const part of ['serial 7, 44 resources', '/f', 's3://b/k', `mhtctl state restore staging ${ID}`])
      expect(text).toContain(part);
  });

  it('says that it is of what is no state', () => {
    expect(backupText('staging', { ...backup, serial: null, resources: null }, PLAIN)).toContain('cannot be read');
  });
});

describe('a restore', () => {
  const nothing = { gained: [], lost: [], repointed: [], altered: [], outputs: [] };
  const preview = {
    environment: 'staging',
    source: 'version v3',
    serial: 3,
    resources: 2,
    now: 'serial 7',
    changes: nothing,
  };

  it('is told by what the state would lose, take for something else and gain, and that AWS stays as it is', () => {
    const changes = {
      gained: [{ address: 'a.gained', id: '5' }],
      lost: [{ address: 'a.lost', id: '4\u001B[2J' }],
      repointed: [{ address: 'a.repointed', from: '3', to: '33' }],
      altered: ['a.altered'],
      outputs: ['url'],
    };
    expect(restorePreviewText({ ...preview, changes }, PLAIN).split('\n')).toEqual([
      'State of staging: back to version v3 (serial 3, 2 resources); now: serial 7',
      '  - a.lost  4\\u001b[2J',
      '  ~ a.repointed  3 → 33',
      '  + a.gained  5',
      '  ~ 1 known with other values',
      '  ~ outputs: url',
      '  · 1 would be known to no state any more, and go on running and costing',
      '  Nothing changes in AWS but the state: what differs then shows in the next plan.',
    ]);
  });

  it('of very many resources lists the first and counts the rest', () => {
    const gained = Array.from({ length: 25 }, (_, index) => ({ address: `a.r${index}`, id: null }));
    const text = restorePreviewText({ ...preview, changes: { ...nothing, gained } }, PLAIN);
    expect(text).toContain('+ a.r19\n    and 5 more');
  });

  it('says that nothing differs', () => {
    expect(restorePreviewText(preview, PLAIN)).toContain('no resource and no output differs');
  });

  it('has come to what it has come to', () => {
    const result = { environment: 'staging', serial: 9, backup: { id: ID } };
    expect(restoreText({ ...result, outcome: 'restored' }, PLAIN)).toContain(`mhtctl state restore staging ${ID}`);
    expect(restoreText({ ...result, outcome: 'unchanged' }, PLAIN)).toContain('just this already (serial 9)');
    expect(restoreText({ ...result, outcome: 'dry-run' }, PLAIN)).toContain('nothing was changed');
  });
});
