import { describe, expect, it } from '@jest/globals';
import { describeSource, restoreSourceOf } from '../../../src/domain/restore-source.js';
import { backupIdOf, backupKey } from '../../../src/domain/state-archive.js';

const ID = '20261123T100000Z-0a1b2c';
const BACKEND = { key: 'staging/terraform.tfstate' };

describe('the key of a backup', () => {
  it('is beside the state, named after it, and leads back to the id', () => {
    expect(backupKey(BACKEND, ID)).toBe(`staging/terraform.tfstate.backups/${ID}.tfstate`);
    expect(backupIdOf(BACKEND, backupKey(BACKEND, ID))).toBe(ID);
  });

  it.each([
    'staging/terraform.tfstate',
    'staging/terraform.tfstate.backups/notes.txt',
    'staging/terraform.tfstate.backups/mine.tfstate',
    `staging/terraform.tfstate.backups/${ID}.json`,
    `other/terraform.tfstate.backups/${ID}.tfstate`,
  ])('is not %s', (key) => {
    expect(backupIdOf(BACKEND, key)).toBeUndefined();
  });
});

describe('what is meant by the version that somebody gives', () => {
  it.each([
    [ID, 'backup', `backup ${ID}`],
    ['./old.tfstate', 'file', './old.tfstate'],
    ['old.tfstate', 'file', 'old.tfstate'],
    ['state.json', 'file', 'state.json'],
    ['C:\\states\\old', 'file', 'C:\\states\\old'],
    ['3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY_MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo', 'version', 'version 3sL4'],
    ['null', 'version', 'version null'],
  ])('%s is a %s', (given, kind, said) => {
    const source = restoreSourceOf(given);
    expect(source.kind).toBe(kind);
    expect(describeSource(source)).toContain(said);
  });
});
