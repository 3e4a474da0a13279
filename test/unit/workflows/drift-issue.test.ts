import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runScript } from './run-script.js';
import { jobOf } from './workflow-files.js';

const before = { ...process.env };
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drift-issue-'));
  process.env['RUNNER_TEMP'] = directory;
});
afterEach(async () => {
  process.env = { ...before };
  await rm(directory, { recursive: true, force: true });
});

describe('the counts of a look for drift', () => {
  const count = async (document: string): Promise<string> => {
    await writeFile(join(directory, 'drift.json'), document);
    const output = join(directory, 'output');
    const script = jobOf('drift.yml', 'drift').steps?.find(({ id }) => id === 'counts')?.run ?? '';
    execFileSync('bash', ['-euo', 'pipefail', '-c', script], { env: { ...process.env, GITHUB_OUTPUT: output } });
    return readFile(output, 'utf8');
  };

  it('tell environments that drift from those that could not be looked at', async () => {
    const environments = [
      { drift: [] },
      { drift: [{ address: 'a' }, { address: 'b' }] },
      { error: { code: 'Denied' } },
    ];
    expect(await count(JSON.stringify({ environments }))).toBe('looked=3\ndrifted=1\nunknown=1\n');
  });

  it('are none when mhtctl failed before it looked, whatever it left', async () => {
    expect(await count(JSON.stringify({ error: { code: 'Usage' } }))).toBe('looked=0\ndrifted=0\nunknown=0\n');
    expect(await count('')).not.toMatch(/looked=[1-9]/);
  });
});

describe('the issue', () => {
  interface Issue {
    readonly number: number;
    readonly user: { readonly login: string };
    readonly labels: readonly string[];
    title: string;
    body: string;
    state: string;
  }
  let issues: Issue[];
  let comments: string[];

  const byNumber = (number: number): Issue => {
    const found = issues.find((issue) => issue.number === number);
    if (found === undefined) throw new Error(`no issue ${number}`);
    return found;
  };
  const github = {
    paginate: async (_: unknown, { labels, state }: { labels: string; state: string }) =>
      issues.filter((issue) => issue.labels.includes(labels) && issue.state === state),
    rest: {
      issues: {
        listForRepo: () => undefined,
        create: async ({ title, body, labels }: { title: string; body: string; labels: readonly string[] }) => {
          const number = issues.length + 1;
          issues.push({ number, user: { login: 'github-actions[bot]' }, labels, title, body, state: 'open' });
        },
        update: async ({ issue_number, ...parts }: { issue_number: number } & Partial<Issue>) => {
          Object.assign(byNumber(issue_number), parts);
        },
        createComment: async ({ issue_number, body }: { issue_number: number; body: string }) => {
          comments.push(`${byNumber(issue_number).number}: ${body}`);
        },
      },
    },
  };
  const look = async (drifted: number, unknown: number, markdown = `${drifted} of them`) => {
    await writeFile(join(directory, 'drift.md'), markdown);
    Object.assign(process.env, { DRIFTED: String(drifted), UNKNOWN: String(unknown) });
    await runScript(jobOf('drift.yml', 'issue'), { github });
  };
  const open = () => issues.filter(({ state }) => state === 'open');

  beforeEach(() => {
    comments = [];
    // Somebody's own, with the same label and the same words.
    issues = [
      {
        number: 1,
        user: { login: 'ada' },
        labels: ['drift'],
        title: 'Drift',
        body: '<!-- mhtctl drift -->\nmine',
        state: 'open',
      },
    ];
  });

  it('is not opened without drift', async () => {
    await look(0, 0);
    await look(0, 1);
    expect(issues).toHaveLength(1);
  });

  it('is one, brought up to date, and closed with a word when the drift is gone', async () => {
    await look(1, 0, 'first');
    await look(2, 1, 'second');
    expect(issues.map(({ number, labels }) => [number, labels])).toEqual([
      [1, ['drift']],
      [2, ['drift']],
    ]);
    expect(byNumber(2).body).toMatch(/^<!-- mhtctl drift -->\nsecond\n\nAs of .*actions\/runs\/7\)\.$/);
    await look(0, 0);
    expect(byNumber(2).state).toBe('closed');
    expect(comments).toEqual([
      '2: There is no drift any more: [run](https://github.example/owner/name/actions/runs/7).',
    ]);
    expect(byNumber(1)).toMatchObject({ state: 'open', body: '<!-- mhtctl drift -->\nmine' });
  });

  it('stays open while an environment could not be looked at', async () => {
    await look(1, 0);
    await look(0, 1, 'not known');
    expect(open().map(({ number }) => number)).toEqual([1, 2]);
    expect(byNumber(2).body).toContain('not known');
    expect(comments).toEqual([]);
  });

  it('is a new one when drift comes back after it was closed', async () => {
    await look(1, 0);
    await look(0, 0);
    await look(1, 0);
    expect(open().map(({ number }) => number)).toEqual([1, 3]);
  });

  it('stays below what GitHub takes', async () => {
    await look(1, 0, 'x'.repeat(100_000));
    expect(byNumber(2).body.length).toBeLessThan(65_536);
  });
});
