import { describe, expect, it } from '@jest/globals';
import type { HealthLook } from '../../../src/domain/health/look.js';
import { type CheckStatus, type HealthCheck, type HealthReport, healthOf } from '../../../src/domain/health.js';
import { healthNews, healthText, watchedHealthText } from '../../../src/presenters/health-text.js';
import { textStyle } from '../../../src/presenters/style.js';
import { toolFailure } from '../../fakes/ports.js';
import { later } from '../../fakes/states.js';
import { MARKED } from './marked-style.js';

const PLAIN = textStyle(false);
const check = (status: CheckStatus, parts: Partial<HealthCheck> = {}): HealthCheck => ({
  group: 'traffic',
  name: `${status} one`,
  status,
  detail: 'seen',
  nextSteps: [],
  ...parts,
});
const REPORT = healthOf([
  check('unhealthy', { group: 'queues', name: 'dlq', detail: '3 messages', nextSteps: ['aws sqs receive-message'] }),
  check('healthy', { name: 'target i-0' }),
  check('not-checked', { group: 'alarms', name: 'alb-5xx', detail: 'AWS denied it', nextSteps: ['allow it'] }),
]);
const look = (report: HealthReport, parts: Partial<HealthLook> = {}): HealthLook => ({
  at: later(0),
  report,
  failure: null,
  ...parts,
});

describe('the text of health', () => {
  it('sums up, then tells each check by its group, with what to do, readable without colour', () => {
    expect(healthText('staging', REPORT, PLAIN).split('\n')).toEqual([
      'staging: unhealthy (1 of 3 checks, 1 not checked)',
      '',
      'Traffic',
      '  ✔ healthy      target i-0: seen',
      '',
      'Alarms',
      '  ? not checked  alb-5xx: AWS denied it',
      '      → allow it',
      '',
      'Queues',
      '  ✖ unhealthy    dlq: 3 messages',
      '      → aws sqs receive-message',
    ]);
  });

  it.each<[readonly CheckStatus[], string]>([
    [['healthy', 'healthy'], 'staging: healthy (all 2 checks)'],
    [['unhealthy', 'healthy'], 'staging: unhealthy (1 of 2 checks)'],
    [
      ['healthy', 'not-checked', 'not-checked'],
      'staging: unknown (nothing is unhealthy, but 2 of 3 checks could not be made)',
    ],
  ])('of %j sums up as %s', (statuses, summary) => {
    const [first] = healthText('staging', healthOf(statuses.map((status) => check(status))), PLAIN).split('\n');
    expect(first).toBe(summary);
  });

  it('sets off by colour what it also says in words', () => {
    const text = healthText('staging', REPORT, MARKED);
    expect(text).toContain('<green>✔ healthy    </green>');
    expect(text).toContain('<red>✖ unhealthy  </red>');
    expect(text).toContain('<yellow>? not checked</yellow>');
  });

  it('stays within 80 columns, but for what is to be pasted', () => {
    const long = check('unhealthy', { name: 'a name', detail: 'word '.repeat(40).trim(), nextSteps: ['x'.repeat(99)] });
    const lines = healthText('staging', healthOf([long]), textStyle(false, 80)).split('\n');
    const wide = lines.filter((line) => line.length > 80);
    expect(wide).toEqual([`      → ${'x'.repeat(99)}`]);
    expect(lines.filter((line) => line.startsWith(`${' '.repeat(17)}word`)).length).toBeGreaterThan(1);
  });

  it('shows what a name or an answer hides from a terminal', () => {
    const hostile = check('unhealthy', { name: 'x\u001B[2J', detail: 'a\nb', nextSteps: ['c\u202Ed'] });
    const text = healthText('staging', healthOf([hostile]), PLAIN);
    expect(text).toContain('x\\u001b[2J: a\\nb');
    expect(text).toContain('c\\u202ed');
  });
});

describe('the text of a look', () => {
  it('says when it was, then what is unhealthy first, with nothing to do', () => {
    expect(watchedHealthText('staging', look(REPORT), 5, PLAIN).split('\n')).toEqual([
      'staging: unhealthy (1 of 3 checks, 1 not checked)',
      `at ${later(0).toISOString().slice(0, 19)}Z, every 5 s, Ctrl-C ends`,
      '  ✖ unhealthy    dlq: 3 messages',
      '  ? not checked  alb-5xx: AWS denied it',
      '  ✔ healthy      target i-0: seen',
    ]);
  });

  it('has a line for each check, but tells in full what is unhealthy', () => {
    const detail = 'word '.repeat(40).trim();
    const report = healthOf([check('healthy', { detail }), check('unhealthy', { detail })]);
    const lines = watchedHealthText('staging', look(report), 5, textStyle(false, 80)).split('\n');
    expect(lines.at(-1)).toBe(`${`  ✔ healthy      healthy one: ${detail}`.slice(0, 79)}…`);
    expect(lines.length).toBeGreaterThan(4);
  });

  it('says why there is no newer one', () => {
    const failure = toolFailure('AWS could not be reached');
    expect(watchedHealthText('staging', look(REPORT, { failure }), 5, PLAIN)).toContain(
      'not read since: AWS could not be reached',
    );
  });
});

describe('what is new in a look', () => {
  const news = (now: HealthLook, before: HealthLook | null) => healthNews('staging', now, before, PLAIN).split('\n');
  const WELL = healthOf([check('healthy', { name: 'dlq' })]);
  const SICK = healthOf([check('unhealthy', { name: 'dlq', detail: '3 messages' })]);
  const time = (seconds: number) => `${later(seconds).toISOString().slice(0, 19)}Z`;

  it('is everything at first', () => {
    expect(news(look(WELL), null).join('\n')).toBe(healthText('staging', WELL, PLAIN));
  });

  it('is a line for each check that changed, and the sum when that changed', () => {
    expect(news(look(SICK, { at: later(5) }), look(WELL))).toEqual([
      `${time(5)}  ✖ unhealthy    dlq: 3 messages (was healthy)`,
      'staging: unhealthy (1 of 1 checks)',
    ]);
  });

  it('is nothing where nothing changed', () => {
    expect(news(look(WELL, { at: later(5) }), look(WELL))).toEqual(['']);
  });

  it('tells what appeared and what is gone', () => {
    const other = healthOf([check('healthy', { name: 'another' })]);
    expect(news(look(other, { at: later(5) }), look(WELL))).toEqual([
      `${time(5)}  ✔ healthy      another: seen (new)`,
      `${time(5)}  ✔ healthy      dlq: seen (gone, was healthy)`,
    ]);
  });

  it('is that nothing could be read, once, and that it can again', () => {
    const failed = look(WELL, { failure: toolFailure('AWS could not be reached') });
    expect(news(failed, look(WELL))).toEqual([`staging: not read since ${time(0)}: AWS could not be reached`]);
    expect(news(failed, failed)).toEqual(['']);
    expect(news(look(WELL, { at: later(5) }), failed)).toEqual([`staging: read again at ${time(5)}`]);
  });
});
