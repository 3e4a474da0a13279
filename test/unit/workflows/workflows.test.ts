import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Command, Flags, Parser } from '@oclif/core';
import type { PlanJson } from '../../../src/presenters/plan-json.js';
import { runScript } from './run-script.js';
import { allJobs, allSteps, type Job, jobOf, workflow, workflowFiles, workflowText } from './workflow-files.js';

const root = join(import.meta.dirname, '../../..');
const usesOf = (action: string) => allSteps().filter(({ step }) => step.uses?.startsWith(`${action}@`));

test('there are the workflows that are tested here', () => {
  expect(workflowFiles).toEqual(['ci.yml', 'deploy.yml', 'drift.yml', 'plan.yml', 'separation.yml']);
  for (const file of workflowFiles) expect(Object.keys(workflow(file).jobs).length).toBeGreaterThan(0);
});

describe('every command line of mhtctl', () => {
  /** What a shell would make of the variables that the steps use. */
  const VARIABLES: Readonly<Record<string, string>> = { ENVIRONMENT: 'production', DIGEST: `sha256:${'0'.repeat(64)}` };
  const commandLines = allSteps().flatMap(({ step }) =>
    [...(step.run ?? '').matchAll(/^.*\bmhtctl (?<rest>[^>|&;\n]+)/gm)].map(({ 0: line, groups }) => ({
      line,
      words: (groups?.['rest'] ?? '')
        .trim()
        .split(/\s+/)
        .map((word) => word.replace(/^"\$(\w+)"$/, (_, name: string) => VARIABLES[name] ?? `unset ${name}`)),
    })),
  );

  test('is one of those that are meant', () => {
    expect(commandLines.map(({ words }) => words.slice(0, 2).join(' ')).sort()).toEqual([
      'deploy production',
      'deploy staging',
      'drift --all',
      'plan production',
      'verify-separation --strict',
    ]);
  });

  test.each(commandLines)('parses: $line', async ({ words: [id = '', ...argv] }) => {
    const { default: command } = (await import(`../../../src/commands/${id}.js`)) as { default: Command.Class };
    const { args } = await Parser.parse(argv, {
      args: command.args,
      flags: { ...command.baseFlags, ...command.flags, ...(command.enableJsonFlag ? { json: Flags.boolean() } : {}) },
      strict: true,
    });
    const known = (await readdir(join(root, 'terraform'))).map((name) => /^backend-(.+)\.tfbackend$/.exec(name)?.[1]);
    const ofAll = ['drift', 'verify-separation'].includes(id);
    expect(ofAll ? [undefined] : known).toContain(args['environment']);
  });

  test.each(commandLines)('gets its signals itself and leaves stdout to the one document: $line', ({ line, words }) => {
    expect(words).toContain('--json');
    expect(line).toMatch(/^exec mhtctl /);
  });
});

describe('rights', () => {
  test('a workflow gives none but to read, and its jobs name what they need', () => {
    expect(workflow('ci.yml').permissions).toEqual({ contents: 'read' });
    for (const file of ['plan.yml', 'deploy.yml', 'drift.yml', 'separation.yml']) {
      expect(workflow(file).permissions).toEqual({});
    }
  });

  test('write rights are where they are needed and nowhere else', () => {
    const writing = allJobs().flatMap(({ at, job }) =>
      Object.entries(job.permissions ?? {})
        .filter(([, right]) => right !== 'read')
        .map(([scope, right]) => `${at}: ${scope} ${right}`),
    );
    expect(writing.sort()).toEqual([
      'deploy.yml comment: pull-requests write',
      'deploy.yml plan: id-token write',
      'deploy.yml production-plan: id-token write',
      'deploy.yml production: id-token write',
      'deploy.yml staging: id-token write',
      'drift.yml drift: id-token write',
      'drift.yml issue: issues write',
      'plan.yml plan: id-token write',
      'separation.yml separation: id-token write',
      'separation.yml separation: security-events write',
    ]);
  });

  test.each([
    ['deploy.yml', 'comment'],
    ['drift.yml', 'issue'],
  ])('the job that may write where people talk runs nothing that comes from the repository: %s %s', (file, name) => {
    const steps = jobOf(file, name).steps ?? [];
    expect(steps.map(({ uses }) => uses?.split('@')[0])).toEqual([
      'actions/download-artifact',
      'actions/github-script',
    ]);
    expect(steps.every(({ run }) => run === undefined)).toBe(true);
  });

  test('AWS is reached by a role, with no key and no secret', () => {
    const steps = usesOf('aws-actions/configure-aws-credentials');
    expect(steps.map(({ at }) => at)).toEqual([
      'deploy.yml staging',
      'deploy.yml production',
      'drift.yml drift',
      'plan.yml plan',
      'separation.yml separation',
    ]);
    for (const { step } of steps) {
      expect(Object.keys(step.with ?? {}).sort()).toEqual(['aws-region', 'role-session-name', 'role-to-assume']);
    }
    for (const file of workflowFiles) expect(workflowText(file)).not.toMatch(/secrets\.|secrets:|access[-_]key/i);
  });

  test('no checkout leaves a token behind', () => {
    const steps = usesOf('actions/checkout');
    expect(steps.length).toBeGreaterThan(0);
    for (const { step } of steps) expect(step.with?.['persist-credentials']).toBe(false);
  });
});

describe('what others can choose', () => {
  test('is never put into a script: scripts get it by the environment', () => {
    for (const { at, step } of allSteps()) {
      for (const script of [step.run, step.with?.['script']]) expect(`${at}: ${script}`).not.toContain('${{');
    }
  });

  test('actions are pinned to a commit, with the version beside it', () => {
    for (const file of workflowFiles) {
      const lines = workflowText(file)
        .split('\n')
        .filter((line) => /\buses: (?!\.\/)/.test(line));
      for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+(\/[\w-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  const pullRequest = (repository: string, login = 'somebody') => ({
    event_name: 'pull_request',
    repository: 'owner/name',
    event: { pull_request: { head: { repo: { full_name: repository } }, user: { login } } },
  });

  test.each([
    ['a branch of the repository', pullRequest('owner/name'), ['plan']],
    ['a fork', pullRequest('stranger/name'), ['no-credentials']],
    ['Dependabot', pullRequest('owner/name', 'dependabot[bot]'), ['no-credentials']],
    [
      'a merge',
      { event_name: 'push', repository: 'owner/name', event: { pull_request: { head: {}, user: {} } } },
      ['staging'],
    ],
  ])('%s starts the right jobs', (_, github, expected) => {
    const first = Object.entries(workflow('deploy.yml').jobs).filter(([, { needs }]) => needs === undefined);
    // Comparisons of strings mean the same in JavaScript and in a workflow.
    const starts = first.filter(([, job]) => new Function('github', `return ${job.if ?? 'true'}`)(withoutGaps(github)));
    expect(starts.map(([name]) => name)).toEqual(expected);
  });
});

/** A missing property is null in a workflow; here it must not throw. */
function withoutGaps<T>(github: T): T {
  const event = (github as { event: { pull_request: { head: { repo?: object } } } }).event;
  event.pull_request.head.repo ??= {};
  return github;
}

describe('Terraform', () => {
  test('is the pinned version and is called without the wrapper, which breaks exit codes and streams', () => {
    const steps = usesOf('hashicorp/setup-terraform');
    expect(steps.map(({ at }) => at)).toEqual([
      'ci.yml test',
      'deploy.yml staging',
      'deploy.yml production',
      'drift.yml drift',
      'plan.yml plan',
    ]);
    for (const { step } of steps) expect(step.with).toEqual({ terraform_version: '1.11.4', terraform_wrapper: false });
  });
});

describe('ci.yml', () => {
  test('runs npm test on every supported Node and on both systems', () => {
    const job = jobOf('ci.yml', 'test');
    expect(job.strategy?.matrix).toEqual({ os: ['ubuntu-latest', 'macos-latest'], node: [20, 22, 24] });
    expect(job.steps?.map(({ run }) => run)).toContain('npm test');
    expect(Object.keys(workflow('ci.yml').on).sort()).toEqual(['pull_request', 'push']);
  });

  test('installs the emulator that mhtctl would install', async () => {
    const { MOTO_TO_INSTALL } = await import('../../../src/adapters/emulator/moto-installation.js');
    expect(jobOf('ci.yml', 'test').steps?.map(({ run }) => run)).toContain(
      `pip install 'moto[server]==${MOTO_TO_INSTALL}'`,
    );
  });
});

describe('deploy.yml', () => {
  const needs = (job: Job) => [job.needs ?? []].flat();

  test('every job that runs by itself ends by itself', () => {
    for (const { at, job } of allJobs()) {
      if (job.uses === undefined) expect(`${at}: ${job['timeout-minutes']}`).toMatch(/: \d+$/);
    }
  });

  test('production comes after staging, and after its approval', () => {
    const job = jobOf('deploy.yml', 'production');
    expect(needs(job)).toEqual(['staging', 'production-plan']);
    expect(job.environment).toBe('production');
    expect(job.if).toBeUndefined();
    expect(needs(jobOf('deploy.yml', 'production-plan'))).toEqual(['staging']);
    expect(jobOf('deploy.yml', 'staging').environment).toBe('staging');
  });

  test('production gets the plan that was shown, and no other', () => {
    const step = jobOf('deploy.yml', 'production').steps?.find(({ id }) => id === 'deploy');
    expect(step?.env?.['DIGEST']).toContain('needs.production-plan.outputs.digest');
    expect(step?.run).toContain('--confirm production --plan-digest "$DIGEST"');
  });

  test('an environment has one deployment at a time, and none is cut off', () => {
    for (const name of ['staging', 'production']) {
      expect(jobOf('deploy.yml', name).concurrency).toEqual({ group: `deploy-${name}`, 'cancel-in-progress': false });
    }
    for (const { job } of allJobs()) expect(job.concurrency?.['cancel-in-progress'] ?? false).toBe(false);
    expect(workflow('deploy.yml').concurrency).toBeUndefined();
  });
});

describe.each(['drift.yml', 'separation.yml'])('%s', (file) => {
  test('runs every night, and whenever somebody wants it', () => {
    const { schedule, ...others } = workflow(file).on;
    expect(schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }]);
    expect(Object.keys(others)).toEqual(['workflow_dispatch']);
  });

  test('takes no role for the configuration of another branch', () => {
    const [job] = Object.values(workflow(file).jobs);
    const runs = (github: object) => new Function('github', `return ${job?.if}`)(github);
    expect(runs({ event_name: 'schedule', ref: 'refs/heads/trunk' })).toBe(true);
    expect(runs({ event_name: 'workflow_dispatch', ref: 'refs/heads/main' })).toBe(true);
    expect(runs({ event_name: 'workflow_dispatch', ref: 'refs/heads/feature' })).toBe(false);
  });
});

describe('the scripts', () => {
  const before = { ...process.env };
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'workflows-'));
    Object.assign(process.env, { RUNNER_TEMP: directory, ENVIRONMENT: 'staging', COMMIT: '0123456789abcdef' });
  });

  afterEach(async () => {
    process.env = { ...before };
    await rm(directory, { recursive: true, force: true });
  });

  async function summarise(
    document: unknown,
  ): Promise<{ readonly text: string; readonly outputs: Record<string, string> }> {
    await writeFile(join(directory, 'plan.json'), JSON.stringify(document));
    const outputs: Record<string, string> = {};
    let summary = '';
    const core = {
      setOutput: (name: string, value: string) => {
        outputs[name] = value;
      },
      summary: {
        addRaw: (text: string) => {
          summary += text;
          return { write: async () => undefined };
        },
      },
    };
    await runScript(jobOf('plan.yml', 'plan'), { core });
    const text = await readFile(join(directory, 'plan.md'), 'utf8');
    expect(summary).toBe(text);
    return { text, outputs };
  }

  /** As a browser shows the character references. */
  const decoded = (text: string) =>
    text.replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)));

  const plan: PlanJson = {
    environment: 'staging',
    digest: 'sha256:abc',
    summary: { create: 2, update: 0, delete: 0, replace: 1 },
    changes: [
      { address: 'aws_x.y["<b>`@all\n# z"]', type: 'aws_x', actions: ['delete', 'create'], reasons: ['changes tags'] },
    ],
    risks: [
      { rule: 'names-other-environment', severity: 'notice', address: 'aws_x.y', message: 'a says "VALUE"' },
      { rule: 'wrong-backend', severity: 'forbidden', address: null, message: 'VALUE' },
    ],
    cost: null,
  };

  test('a plan is shown with its counts, risks and digest, and with no value and no markup of its own', async () => {
    const { text, outputs } = await summarise(plan);
    expect(text).toContain('**2 to create, 1 to replace**');
    expect(decoded(text)).toContain(
      '- <code>notice</code> <code>names-other-environment</code> at <code>aws_x.y</code>',
    );
    expect(text).toContain('- <code>forbidden</code> <code>wrong-backend</code>\n');
    const shown = '<code>aws_x.y["<b>`@all # z"]</code> <code>changes tags</code>';
    expect(decoded(text)).toContain(shown);
    for (const sign of ['<b>', '@all', '`', '["']) expect(text).not.toContain(sign);
    expect(text).toContain('Digest: <code>sha256:abc</code>');
    expect(text).toContain('https://github.example/owner/name/actions/runs/7');
    expect(text).not.toContain('VALUE');
    expect(outputs).toEqual({ digest: 'sha256:abc' });
  });

  test('a plan is shown with its cost, and with what has no price by name', async () => {
    const same = { before: 10.17, after: 10.17, delta: 0 };
    const cost = {
      before: 72,
      after: 104.85,
      delta: 32.85,
      currency: 'USD',
      usage: same,
      byModule: [{ module: 'module.network', before: 36.5, after: 69.35, delta: 32.85, usage: same }],
      unknown: [{ address: 'aws_x.y["<b>"]', reasons: ['VALUE'] }],
    };
    const { text } = await summarise({ ...plan, cost });
    expect(text).toContain(
      'Cost a month, <code>USD</code>: **72.00 → 104.85 (+32.85)**, at least; usage as assumed 10.17\n',
    );
    expect(text).toContain('- <code>module.network</code> 36.50 → 69.35 (+32.85); usage 10.17\n');
    expect(decoded(text)).toContain('- unknown: <code>aws_x.y["<b>"]</code>');
    for (const sign of ['<b>', 'VALUE']) expect(text).not.toContain(sign);
  });

  test('a plan without changes and a plan with very many are shown too', async () => {
    const none = await summarise({
      ...plan,
      summary: { create: 0, update: 0, delete: 0, replace: 0 },
      changes: [],
      risks: [],
    });
    expect(none.text).toContain('No resource is created, changed or deleted.');
    expect(none.text).toContain('Nothing to object to.');
    const many = await summarise({ ...plan, changes: Array.from({ length: 250 }, () => plan.changes[0]) });
    expect(many.text).toContain('- and 150 more');
  });

  test('a failure is shown by its code alone, and gives no digest', async () => {
    const error = { code: 'WrongAccount', message: 'VALUE', exitCode: 7, nextSteps: ['VALUE'] };
    const { text, outputs } = await summarise({ error });
    expect(text).toContain('**Failed**: <code>WrongAccount</code>, exit 7.');
    expect(text).not.toContain('VALUE');
    expect(outputs).toEqual({});
  });

  describe('of the comment', () => {
    interface Comment {
      id: number;
      user: { login: string };
      body: string;
    }
    let comments: Comment[];
    const listComments = () => undefined;
    const github = {
      paginate: async () => comments,
      rest: {
        issues: {
          listComments,
          createComment: async ({ body, issue_number }: { body: string; issue_number: number }) => {
            expect(issue_number).toBe(12);
            comments.push({ id: comments.length + 1, user: { login: 'github-actions[bot]' }, body });
          },
          updateComment: async ({ comment_id, body }: { comment_id: number; body: string }) => {
            const found = comments.find(({ id }) => id === comment_id);
            if (found !== undefined) found.body = body;
          },
        },
      },
    };
    const post = async (environment: string, text: string) => {
      process.env['ENVIRONMENT'] = environment;
      await writeFile(join(directory, 'plan.md'), text);
      await runScript(jobOf('deploy.yml', 'comment'), { github });
    };

    beforeEach(() => {
      comments = [{ id: 1, user: { login: 'somebody' }, body: '<!-- mhtctl plan staging -->\nnot ours' }];
    });

    test('there is one for each environment, and it is brought up to date', async () => {
      await post('staging', 'first');
      await post('production', 'other');
      await post('staging', 'second');
      expect(comments.map(({ body }) => body)).toEqual([
        '<!-- mhtctl plan staging -->\nnot ours',
        '<!-- mhtctl plan staging -->\nsecond',
        '<!-- mhtctl plan production -->\nother',
      ]);
    });

    test('a plan that was not made is said to be so', async () => {
      await runScript(jobOf('deploy.yml', 'comment'), { github });
      expect(comments[1]?.body).toContain(
        '**Not made**: see the [run](https://github.example/owner/name/actions/runs/7).',
      );
    });

    test('it stays below what GitHub takes', async () => {
      await post('staging', 'x'.repeat(100_000));
      expect(comments[1]?.body.length).toBeLessThan(65_536);
    });
  });
});
