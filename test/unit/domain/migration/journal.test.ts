import { describe, expect, it } from '@jest/globals';
import {
  type Journal,
  parseJournal,
  refuseOtherMigration,
  stepsLeft,
} from '../../../../src/domain/migration/journal.js';
import { markOf, parseMark } from '../../../../src/domain/migration/mark.js';
import { failureOf } from '../../../fakes/failure.js';
import { NOW } from '../../../fakes/plans.js';

const JOURNAL: Journal = {
  format: 1,
  id: '20261123T100000Z-0a1b2c',
  environment: 'production',
  startedAt: NOW.toISOString(),
  actor: 'arn:aws:iam::111111111111:user/ada',
  origin: 'ada@host',
  from: { kind: 's3', bucket: 'old', key: 'terraform.tfstate', region: 'us-east-1' },
  former: { lineage: 'old-lineage', serial: 9, content: 'sha256:1' },
  lineage: null,
  configuration: null,
  done: ['backup'],
  overridden: null,
};

describe('the journal', () => {
  it('is read as it was written, and says what is left', () => {
    expect(parseJournal(JSON.stringify(JOURNAL), 's3://b/k')).toEqual(JOURNAL);
    expect(stepsLeft(JOURNAL)).toEqual(['copy', 'configuration', 'apply', 'record', 'mark']);
  });

  it.each(['', 'null', '[]', '{"format": 2}', '{"format": 1, "id": "x", "environment": "y", "from": {}, "done": []}'])(
    'is not read from %j',
    async (text) => {
      expect(await failureOf(() => parseJournal(text, 's3://b/k'))).toMatchObject({ code: 'JournalUnreadable' });
    },
  );

  it('is gone on with from the same state alone', async () => {
    refuseOtherMigration(JOURNAL, { ...JOURNAL.from } as Journal['from'], []);
    const failure = await failureOf(() => refuseOtherMigration(JOURNAL, { kind: 'file', file: '/x' }, ['undo']));
    expect(failure).toMatchObject({ code: 'OtherMigration', outcome: 'refused', nextSteps: ['undo'] });
  });
});

describe('the mark', () => {
  it('says where the state went, and is read back', () => {
    const backend = { bucket: 'new', key: 'production/terraform.tfstate', region: 'us-east-1' };
    const mark = markOf(JOURNAL, backend as never, 'new-lineage', NOW);
    expect(parseMark(JSON.stringify(mark))).toEqual(mark);
    expect(mark).toMatchObject({
      to: { ...backend, lineage: 'new-lineage' },
      from: { lineage: 'old-lineage', serial: 9 },
    });
  });

  it.each(['', 'null', '{"format": 2}', '{"format": 1}'])('is not read from %j', (text) => {
    expect(parseMark(text)).toBeNull();
  });
});
