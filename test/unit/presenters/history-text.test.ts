import { describe, expect, it } from '@jest/globals';
import { historyEntry } from '../../../src/domain/history.js';
import { historyText } from '../../../src/presenters/history-text.js';
import { recordText } from '../../../src/presenters/record-text.js';
import { textStyle } from '../../../src/presenters/style.js';
import { preparedOf } from '../../fakes/plans.js';
import { recordOf } from '../../fakes/states.js';

const PLAIN = textStyle(false);
const history = (...records: Parameters<typeof historyEntry>[0][]) => ({
  environment: 'staging',
  records: records.map(historyEntry),
  unreadable: [],
  older: 0,
});

describe('the text of a history', () => {
  it('is a row an operation, with what it did, at which commit and by whom', () => {
    const record = recordOf({
      operation: 'rollback',
      dirty: true,
      summary: { create: 1, update: 2, delete: 3, replace: 4 },
      health: { status: 'unhealthy', checks: [] },
      actor: 'arn:aws:sts::111111111111:assumed-role/Deployer/ada',
    });
    const [, row] = historyText(history(record), PLAIN).split('\n');
    expect(row?.split(/ {2,}/)).toEqual([
      record.id,
      'rollback',
      'applied',
      '01234567*',
      '+5 ~2 -7',
      'unhealthy',
      'Deployer/ada',
    ]);
  });

  it('fits 80 columns', () => {
    const record = recordOf({
      operation: 'state-restore',
      status: 'interrupted',
      summary: { create: 100, update: 100, delete: 100, replace: 0 },
    });
    const text = historyText({ ...history(record), older: 12 }, textStyle(false, 80));
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('says that nothing is on record, how many are older, and what cannot be read', () => {
    expect(historyText(history(), PLAIN)).toBe('staging: nothing is on record');
    const unreadable = [{ id: 'x', object: 's3://b/x.json', why: 'is garbage' }];
    const text = historyText({ ...history(recordOf()), unreadable, older: 3 }, PLAIN);
    expect(text).toContain('the record s3://b/x.json is garbage');
    expect(text).toContain('3 older: mhtctl history staging --limit 4');
    expect(historyText({ ...history(), unreadable }, PLAIN)).toContain('s3://b/x.json');
  });

  it('lets no name from outside move the cursor', () => {
    const text = historyText(history(recordOf({ actor: 'arn:aws:iam::1:user/\u001B[2Jx' })), PLAIN);
    expect(text).not.toContain('\u001B');
  });
});

describe('a list of records', () => {
  it('never holds the values a deployment was made with, which may be secret', () => {
    const record = recordOf({
      inputs: { ...preparedOf().inputs, variables: { digest: 'sha256:2', text: 'password = "hunter2"' } },
    });
    expect(JSON.stringify(history(record))).not.toContain('hunter2');
    expect(history(record).records[0]?.inputs?.variables).toEqual({ digest: 'sha256:2' });
    expect(recordText(record, PLAIN)).not.toContain('hunter2');
  });
});

describe('the text of a record', () => {
  it('tells everything that is known of it', () => {
    const text = recordText(
      recordOf({
        inputs: preparedOf().inputs,
        cost: { before: 10, after: 12.5, currency: 'USD' },
        overrides: [{ flag: '--skip-gate', value: 'a hot fix' }],
        about: { 'rolled back to': '20261121T090000Z-aaaaaa' },
        stateBefore: { lineage: 'l', serial: 6, versionId: 'v6' },
        stateAfter: { lineage: 'l', serial: 7, versionId: 'v7' },
        separation: 'separated',
        error: 'first line\nsecond line',
      }),
      PLAIN,
    );
    for (const part of [
      '20261122T090000Z-ffffff  deploy of staging: applied',
      'user/ada',
      'ada@laptop',
      '0123456789abcdef0123456789abcdef01234567, main, clean',
      '10.00 before, 12.50 after (USD)',
      '--skip-gate a hot fix',
      'rolled back to',
      'registry.terraform.io/hashicorp/aws 5.100.0',
      'serial 6 (version v6) → serial 7 (version v7)',
      'separated',
      'first line',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('second line');
  });

  it('says of one that has not ended that it may have been killed', () => {
    const text = recordText(recordOf({ status: 'started', finishedAt: null }), PLAIN);
    expect(text).toContain('not yet, or it was killed');
  });
});
