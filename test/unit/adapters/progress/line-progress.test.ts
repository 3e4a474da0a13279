import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LineProgress } from '../../../../src/adapters/progress/line-progress.js';
import type { StageReport } from '../../../../src/ports/progress.js';

let lines: string[];
let progress: LineProgress;

beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  progress = new LineProgress((line) => lines.push(line));
});

afterEach(() => {
  jest.useRealTimers();
});

/** Begins a stage that goes on until it is ended, and gives its report to speak with. */
function begin(title = 'Apply') {
  let report: StageReport | undefined;
  let end: (error?: Error) => void = () => undefined;
  const ended = progress.run([
    {
      title,
      run: (given) => {
        report = given;
        return new Promise((resolve, reject) => {
          end = (error) => (error === undefined ? resolve() : reject(error));
        });
      },
    },
  ]);
  if (report === undefined) throw new Error('the stage did not begin');
  return { report, end: (error?: Error) => end(error), ended };
}

const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1000);

describe('progress without a terminal', () => {
  it('is one line an event, each with its stage, and the result at the end', async () => {
    const { report, end, ended } = begin();
    report.event('1 of 2');
    report.note('warning: x');
    report.result('2 of 2 done');
    end();
    await ended;
    expect(lines).toEqual(['Apply: 1 of 2', 'Apply: warning: x', 'Apply: 2 of 2 done']);
  });

  it('says that a stage without a result is done', async () => {
    await progress.run([{ title: 'Set up', run: async () => undefined }]);
    expect(lines).toEqual(['Set up: done']);
  });

  it('does not repeat what goes on just now', () => {
    const { report } = begin();
    for (let step = 0; step < 100; step += 1) report.now(`step ${step}`);
    expect(lines).toEqual([]);
  });

  it('stops at the first failure, says so, and passes it on', async () => {
    const failure = new Error('broken');
    const ran: string[] = [];
    const stage = (title: string, error?: Error) => ({
      title,
      run: async () => {
        ran.push(title);
        if (error !== undefined) throw error;
      },
    });
    await expect(progress.run([stage('a'), stage('b', failure), stage('c')])).rejects.toBe(failure);
    expect(ran).toEqual(['a', 'b']);
    expect(lines).toEqual(['a: done', 'b: failed']);
  });

  it('says each line of what is said outside a stage', () => {
    progress.say('one\ntwo');
    expect(lines).toEqual(['one', 'two']);
  });
});

describe('the heartbeat', () => {
  it('speaks after twenty seconds of silence, not before', async () => {
    begin();
    await seconds(19);
    expect(lines).toEqual([]);
    await seconds(1);
    expect(lines).toEqual(['Apply: still running after 20 s']);
  });

  it('goes on every twenty seconds, with the newest that is known', async () => {
    const { report } = begin();
    report.now('0 of 3, waiting for a (1 s)');
    await seconds(20);
    report.now('1 of 3');
    await seconds(40);
    expect(lines).toEqual([
      'Apply: still running after 20 s: 0 of 3, waiting for a (1 s)',
      'Apply: still running after 40 s: 1 of 3',
      'Apply: still running after 60 s: 1 of 3',
    ]);
  });

  it('is put off by every line, but not by what only goes on', async () => {
    const { report } = begin();
    await seconds(15);
    report.event('1 of 3');
    await seconds(15);
    report.now('2 of 3');
    expect(lines).toEqual(['Apply: 1 of 3']);
    await seconds(5);
    expect(lines.at(-1)).toBe('Apply: still running after 35 s: 2 of 3');
  });

  it.each([undefined, new Error('broken')])('ends with the stage: %s', async (error) => {
    const { end, ended } = begin();
    end(error);
    await ended.catch(() => undefined);
    const said = lines.length;
    await seconds(60);
    expect(lines).toHaveLength(said);
    expect(jest.getTimerCount()).toBe(0);
  });
});
