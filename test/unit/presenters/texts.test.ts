import { describe, expect, it } from '@jest/globals';
import { MhtctlError } from '../../../src/domain/errors.js';
import type { Finding } from '../../../src/domain/finding.js';
import { type HealthCheck, type HealthReport, healthOf } from '../../../src/domain/health.js';
import { bootstrapText } from '../../../src/presenters/bootstrap-text.js';
import { deploymentText } from '../../../src/presenters/deployment-text.js';
import { doctorText } from '../../../src/presenters/doctor-text.js';
import { failureText } from '../../../src/presenters/failure-text.js';
import { statusText } from '../../../src/presenters/status-text.js';
import { textStyle } from '../../../src/presenters/style.js';
import { offHoursOf } from '../../fakes/off-hours.js';
import { MARKED } from './marked-style.js';

const PLAIN = textStyle(false);

describe('the text of a failure', () => {
  it('says what happened, what to do, and how a script knows it', () => {
    const failure = new MhtctlError({
      code: 'StateLocked',
      outcome: 'locked',
      message: 'locked by ada',
      nextSteps: ['wait', 'force it'],
      cause: new Error('underneath'),
    });
    expect(failureText(failure, PLAIN)).toBe('error: locked by ada\n  → wait\n  → force it\n(StateLocked, exit 6)');
  });

  it('shows the characters that a terminal would obey, and keeps its lines', () => {
    const failure = new MhtctlError({
      code: 'HclSyntax',
      outcome: 'usage',
      message: 'unexpected \u001b, in the line: a = \u001b[31m\nsecond',
      nextSteps: ['edit line 1 of \u0007x'],
    });
    expect(failureText(failure, PLAIN)).toBe(
      'error: unexpected \\u001b, in the line: a = \\u001b[31m\nsecond\n  → edit line 1 of \\u0007x\n(HclSyntax, exit 2)',
    );
  });

  it('is one soft line for a declined confirmation', () => {
    const failure = new MhtctlError({ code: 'Declined', outcome: 'declined', message: 'not confirmed' });
    expect(failureText(failure, PLAIN)).toBe('not confirmed');
    expect(failureText(failure, MARKED)).not.toContain('<red>');
  });

  it('is not soft when a flag was missing', () => {
    const failure = new MhtctlError({ code: 'ConfirmationMissing', outcome: 'declined', message: 'not confirmed' });
    expect(failureText(failure, PLAIN)).toBe('error: not confirmed\n(ConfirmationMissing, exit 4)');
  });
});

const CHECKS: readonly HealthCheck[] = [
  { group: 'traffic', name: 'target i-0', status: 'healthy', detail: 'healthy', nextSteps: [] },
  { group: 'traffic', name: 'GET /health', status: 'unhealthy', detail: 'answered 503', nextSteps: [] },
  { group: 'traffic', name: 'other', status: 'not-checked', detail: 'emulated', nextSteps: [] },
];

describe('what is wider than the terminal', () => {
  const NARROW = textStyle(false, 30);
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

  it('of a failure is broken at spaces, line by line, but no command to paste', () => {
    const step = 'mhtctl deploy production --confirm production';
    const failure = new MhtctlError({
      code: 'X',
      outcome: 'refused',
      message: 'the plan for "production" is refused:\n  one two three four five six seven\n  eight',
      nextSteps: [step],
    });
    const lines = failureText(failure, NARROW).split('\n');
    expect(lines).toEqual([
      'error: the plan for',
      '  "production" is refused:',
      '  one two three four five six',
      '    seven',
      '  eight',
      `  → ${step}`,
      '(X, exit 3)',
    ]);
  });

  it('of a declined confirmation is broken too', () => {
    const failure = new MhtctlError({ code: 'Declined', outcome: 'declined', message: 'word '.repeat(20).trim() });
    expect(widest(failureText(failure, NARROW))).toBeLessThanOrEqual(30);
  });

  it('of an examination keeps its column, and its own lines', () => {
    const findings: readonly Finding[] = [
      {
        name: 'git',
        status: 'problem',
        detail: 'one two three four five six\nseven',
        remedy: 'a command that stays on a line',
      },
      { name: 'Node.js', status: 'ok', detail: 'v20', remedy: null },
    ];
    expect(doctorText(findings, NARROW).split('\n')).toEqual([
      '✖ git      one two three four',
      '           five six',
      '           seven',
      '           → a command that stays on a line',
      '✔ Node.js  v20',
    ]);
  });

  it('of a bootstrap is broken at spaces', () => {
    const text = bootstrapText(
      [{ kind: 'lock-table', name: 'table', action: 'updated', missing: ['tagged', 'there'] }],
      'would',
      NARROW,
    );
    expect(text.split('\n')).toEqual(['~ lock table table would be', '    updated (tagged, there)']);
  });
});

describe('the text of a deployment', () => {
  const result = {
    environment: 'staging',
    outcome: 'applied' as const,
    deployment: { id: '20261123T100000Z-0a1b2c' },
    health: healthOf(CHECKS.slice(0, 1)),
    separation: null,
    outputs: { api_base_url: 'https://staging.api.example.com' },
    rollback: null,
  };

  it('that is not healthy offers the rollback, or says that it was made', () => {
    const unhealthy = { ...result, health: { status: 'unhealthy' as const, checks: [] } };
    expect(deploymentText(unhealthy, PLAIN)).toContain('Roll it back: mhtctl rollback staging');
    const rolledBack = deploymentText({ ...unhealthy, rollback: { id: '20261123T110000Z-0a1b2c' } }, PLAIN);
    expect(rolledBack).toContain('Rolled back: 20261123T110000Z-0a1b2c');
    expect(deploymentText(result, PLAIN)).not.toMatch(/roll/i);
  });

  it('says what was done, whether it is healthy, and where', () => {
    expect(deploymentText(result, PLAIN).split('\n')).toEqual([
      'staging: deployed (20261123T100000Z-0a1b2c)',
      'Health: healthy',
      '  ✔ healthy      target i-0: healthy',
      'Address: https://staging.api.example.com',
    ]);
  });

  it('says what it shares with other environments, and where to read on', () => {
    const separation = { verdict: 'violated' as const, findings: ['a route leads to "production"'] };
    expect(deploymentText({ ...result, separation }, PLAIN).split('\n')).toEqual(
      expect.arrayContaining([
        'Separation: violated, 1 finding',
        '  ✖ a route leads to "production"',
        '  in full: mhtctl verify-separation staging',
      ]),
    );
    const clean = deploymentText({ ...result, separation: { verdict: 'separated', findings: [] } }, PLAIN);
    expect(clean).toContain('Separation: separated');
    expect(clean).not.toContain('verify-separation');
    expect(deploymentText({ ...result, separation: { verdict: 'unproven', findings: [] } }, PLAIN)).toContain(
      'Separation: unproven',
    );
  });

  it('says that nothing was to change', () => {
    expect(deploymentText({ ...result, outcome: 'no-changes' }, PLAIN)).toMatch(/^staging: nothing to change \(/);
  });

  it('of a dry run says that nothing was changed, and nothing of health', () => {
    expect(deploymentText({ ...result, outcome: 'dry-run', deployment: null }, PLAIN)).toBe(
      'staging: dry run, nothing was changed',
    );
  });

  it.each([{}, { api_base_url: null }, { api_base_url: 7 }])('names no address that is not known: %j', (outputs) => {
    expect(deploymentText({ ...result, outputs }, PLAIN)).not.toContain('Address:');
  });

  it('says of each check what was seen, and never that an unchecked one is healthy', () => {
    const textOf = (health: HealthReport) =>
      deploymentText({ ...result, health, outputs: {} }, PLAIN)
        .split('\n')
        .slice(1);
    expect(textOf(healthOf(CHECKS))).toEqual([
      'Health: unhealthy',
      '  ✔ healthy      target i-0: healthy',
      '  ✖ unhealthy    GET /health: answered 503',
      '  ? not checked  other: emulated',
      'Roll it back: mhtctl rollback staging',
    ]);
    expect(textOf(healthOf(CHECKS.slice(2)))).toEqual([
      'Health: not fully checked',
      '  ? not checked  other: emulated',
    ]);
  });
});

describe('the text of a bootstrap', () => {
  const RESOURCES = [
    { kind: 'bucket', name: 'b', action: 'created', missing: [] },
    { kind: 'lock-table', name: 't', action: 'updated', missing: ['tagged', 'there'] },
    { kind: 'bucket', name: 'c', action: 'unchanged', missing: [] },
  ] as const;

  it.each([
    ['would', 'would be created', 'would be updated'],
    ['was', 'was created', 'was updated'],
  ] as const)('tells what %s be', (tense, created, updated) => {
    expect(bootstrapText(RESOURCES, tense, PLAIN).split('\n')).toEqual([
      `+ bucket b ${created}`,
      `~ lock table t ${updated} (tagged, there)`,
      '= bucket c is as it should be',
    ]);
  });
});

describe('the text of the examination of a machine', () => {
  it('is a line a thing, its remedy below it', () => {
    const findings: readonly Finding[] = [
      { name: 'git', status: 'ok', detail: 'clean', remedy: null },
      { name: 'Node.js', status: 'problem', detail: 'v18', remedy: 'install' },
      { name: 'x', status: 'warning', detail: 'd', remedy: null },
    ];
    expect(doctorText(findings, PLAIN).split('\n')).toEqual([
      '✔ git      clean',
      '✖ Node.js  v18',
      '           → install',
      '! x        d',
    ]);
  });
});

describe('the text of the status', () => {
  const status = {
    name: 'staging',
    protected: false,
    backend: { bucket: 'b', key: 'k', region: 'r', lockTable: null },
    state: { serial: 7, lineage: 'l', resources: 44 },
    lastDeployment: {
      id: 'i',
      commit: '0123456789abcdef',
      startedAt: '2026-11-22T09:00:00.000Z',
      finishedAt: '2026-11-22T09:02:00.000Z',
      actor: 'ada',
      operation: 'deploy',
      status: 'applied',
    },
    offHours: null,
    unreadableRecords: [],
  } as const;
  const rows = (...environments: Parameters<typeof statusText>[1]) =>
    statusText('staging', environments, PLAIN)
      .split('\n')
      .slice(1)
      .map((row) => row.split(/ {2,}/));

  it('is a row an environment, the one switched to marked', () => {
    const text = statusText('staging', [status, { ...status, name: 'production', protected: true }], PLAIN);
    expect(text).toMatch(/^\* staging +no +44 +7 +applied 2026-11-22T09:02:00Z 01234567$/m);
    expect(text).toMatch(/^ {2}production +yes +44 +7 /m);
  });

  it('says of one that cannot be read why, in a line', () => {
    const unreadable = {
      ...status,
      state: null,
      lastDeployment: null,
      error: { code: 'AwsFailed', message: 'no network:\n  more' },
    };
    expect(rows(unreadable, status)).toEqual([
      ['* staging', 'no', '-', '-', 'unreadable: no network:'],
      ['* staging', 'no', '44', '7', 'applied 2026-11-22T09:02:00Z 01234567'],
    ]);
  });

  it('leaves out resources and serial where there is little room', () => {
    expect(statusText('staging', [status], textStyle(false, 89)).split('\n')).toEqual([
      '  environment  protected  last deployment',
      '* staging      no         applied 2026-11-22T09:02:00Z 01234567',
    ]);
    expect(statusText('staging', [status], textStyle(false, 90))).toContain('serial');
  });

  it('says what it was that was done last, and which records cannot be read', () => {
    const rolledBack = {
      ...status,
      lastDeployment: { ...status.lastDeployment, operation: 'rollback' },
      unreadableRecords: ['s3://b/k.deployments/x.json'],
    } as const;
    expect(statusText('staging', [rolledBack], PLAIN).split('\n').slice(1)).toEqual([
      expect.stringMatching(/ {2}rollback applied 2026-11-22T09:02:00Z 01234567$/),
      'warning: s3://b/k.deployments/x.json is no record that can be read; see mhtctl history staging',
    ]);
  });

  it('says what a schedule does with the instances, in the time of its zone', () => {
    const times = { nextStart: '2026-11-26T06:00:00.000Z', nextStop: '2026-11-25T19:00:00.000Z' };
    const lineOf = (on: boolean) =>
      statusText('staging', [{ ...status, offHours: { ...offHoursOf(), ...times, on } }], PLAIN).split('\n')[2];
    expect(lineOf(true)).toBe(
      'staging: instances by schedule mon-fri 07:00-20:00 Europe/Berlin; on until Wed 25 Nov 2026 20:00',
    );
    expect(lineOf(false)).toContain('; off until Thu 26 Nov 2026 07:00');
  });

  it('says what never was, and what never ended', () => {
    const never = { ...status, state: null, lastDeployment: null };
    const killed = {
      ...status,
      lastDeployment: { ...status.lastDeployment, status: 'started', finishedAt: null, commit: null },
    } as const;
    expect(rows(never, killed)).toEqual([
      ['* staging', 'no', '-', '-', 'never deployed'],
      ['* staging', 'no', '44', '7', 'started 2026-11-22T09:00:00Z'],
    ]);
  });
});
