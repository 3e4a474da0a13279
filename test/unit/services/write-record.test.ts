import { beforeEach, describe, expect, it } from '@jest/globals';
import { MhtctlError } from '../../../src/domain/errors.js';
import { sendUnsentRecords, writeRecord } from '../../../src/services/write-record.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { recordOf } from '../../fakes/states.js';

let ports: ReturnType<typeof fakePorts>;
const FILE = `${STAGING.workDir}/unsent/20261122T090000Z-ffffff.json`;

beforeEach(() => {
  ports = fakePorts();
});

const send = () => ports.progress.run([{ title: 'State', run: (report) => sendUnsentRecords(ports, STAGING, report) }]);

describe('a record', () => {
  it('that the ledger takes is nowhere else', async () => {
    expect(await writeRecord(ports, STAGING, recordOf())).toBeUndefined();
    expect(ports.ledger.records).toEqual([recordOf()]);
    expect(ports.workspace.files.size).toBe(0);
  });

  it('that the ledger cannot take is kept here, which is said with the file', async () => {
    ports.ledger.refuse = () => toolFailure('no network');
    const failure = await writeRecord(ports, STAGING, recordOf());
    expect(failure).toMatchObject({ code: 'RecordNotWritten', exitCode: 5 });
    expect(failure?.message).toContain('no network');
    expect(failure?.nextSteps.join('\n')).toContain(FILE);
    expect(JSON.parse(ports.workspace.files.get(FILE) ?? '')).toEqual(recordOf());
  });

  it('that can be kept nowhere says both reasons, and is handed to the person', async () => {
    ports.ledger.refuse = () => toolFailure('no network');
    ports.workspace.failure = toolFailure('no space left');
    const failure = await writeRecord(ports, STAGING, recordOf());
    expect(failure?.message).toMatch(/no network.*no space left/s);
    const [step = ''] = failure?.nextSteps ?? [];
    const [command, copy, end] = step.split('\n');
    expect(command).toMatch(/aws s3 cp - s3:\/\/\S+20261122T090000Z-ffffff\S* <<'RECORD'$/);
    expect(JSON.parse(copy ?? '')).toEqual(recordOf());
    expect(end).toBe('RECORD');
  });
});

describe('records that could not be written', () => {
  beforeEach(() => {
    ports.workspace.names = ['20261122T090000Z-ffffff.json', 'notes.txt'];
    ports.workspace.files.set(FILE, JSON.stringify(recordOf()));
  });

  it('are written before anything else, and kept here no more', async () => {
    await send();
    expect(ports.ledger.records).toEqual([recordOf()]);
    expect(ports.workspace.files.has(FILE)).toBe(false);
    expect(ports.progress.heard('State', 'note').join()).toContain('20261122T090000Z-ffffff');
  });

  it('are kept where the ledger still cannot take them, and nothing goes on', async () => {
    ports.ledger.refuse = () => toolFailure('no network');
    expect(await failureOf(send)).toMatchObject({ message: 'no network' });
    expect(ports.workspace.files.has(FILE)).toBe(true);
  });

  it('have served their purpose where somebody wrote them by hand', async () => {
    ports.ledger.refuse = () =>
      new MhtctlError({ code: 'RecordExists', outcome: 'toolFailed', message: 'exists already' });
    await send();
    expect(ports.workspace.files.has(FILE)).toBe(false);
  });

  it.each(['', '{', '{"format": 1}', JSON.stringify(recordOf({ id: '20261122T090000Z-000000' }))])(
    'that are damaged (%s) are kept and named',
    async (text) => {
      ports.workspace.files.set(FILE, text);
      await send();
      expect(ports.ledger.records).toEqual([]);
      expect(ports.workspace.files.has(FILE)).toBe(true);
      expect(ports.progress.heard('State', 'note').join()).toContain(FILE);
    },
  );
});
