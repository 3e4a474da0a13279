import { describe, expect, it } from '@jest/globals';
import { decodePolicies, defaultPolicy } from '../../../src/domain/binding/policy.js';
import { failureOf } from '../hcl/failure.js';
import { bodyOf } from './hcl-body.js';

const FILE = 'terraform/policy.hcl';
const NAMES = ['dev', 'production', 'staging'];

async function decode(...lines: readonly string[]) {
  return decodePolicies(await bodyOf(FILE, lines), NAMES);
}

describe('policies', () => {
  it('are the defaults in an empty file', async () => {
    const policies = await decode('# nothing decided yet');
    expect([...policies]).toEqual(NAMES.map((name) => [name, defaultPolicy(name)]));
    expect(NAMES.filter((name) => policies.get(name)?.protected)).toEqual(['production']);
  });

  it('say what the team decided', async () => {
    const policies = await decode(
      'environment "production" {',
      '  protected     = true',
      '  promoted_from = "staging"',
      '  promoted_after_minutes = 30',
      '  health { path = "/up"  url = "https://x.test/up"  deadline_seconds = 60  interval_seconds = 2 }',
      '}',
      'environment "staging" {',
      '  promoted_from = "dev"',
      '  on_unhealthy  = "rollback"',
      '}',
    );
    expect(policies.get('production')).toEqual({
      protected: true,
      promotedFrom: 'staging',
      promotedAfterMinutes: 30,
      onUnhealthy: 'offer',
      health: { path: '/up', url: 'https://x.test/up', deadlineSeconds: 60, intervalSeconds: 2 },
      destroyable: false,
      offHours: false,
    });
    expect(policies.get('staging')).toEqual({
      ...defaultPolicy('staging'),
      promotedFrom: 'dev',
      onUnhealthy: 'rollback',
    });
    expect(policies.get('dev')).toEqual(defaultPolicy('dev'));
  });

  it('let what is not protected be destroyed, and else whom they say', async () => {
    const policies = await decode(
      'environment "production" { destroyable = true }',
      'environment "staging" { protected = true }',
      'environment "dev" { destroyable = false }',
    );
    expect(NAMES.filter((name) => policies.get(name)?.destroyable)).toEqual(['production']);
    const defaults = await decode();
    expect(NAMES.filter((name) => defaults.get(name)?.destroyable)).toEqual(['dev', 'staging']);
  });

  it('allow off-hours to what is not protected, and else to whom they say', async () => {
    const policies = await decode(
      'environment "production" { off_hours = true }',
      'environment "staging" { protected = true }',
      'environment "dev" { off_hours = false }',
    );
    expect(NAMES.filter((name) => policies.get(name)?.offHours)).toEqual(['production']);
    const defaults = await decode();
    expect(NAMES.filter((name) => defaults.get(name)?.offHours)).toEqual(['dev', 'staging']);
  });

  it('leave production protected unless they say otherwise', async () => {
    expect((await decode('environment "production" {', '}')).get('production')?.protected).toBe(true);
    expect((await decode('environment "production" {', 'protected = false', '}')).get('production')?.protected).toBe(
      false,
    );
  });
});

const inside = (...lines: readonly string[]) => ['environment "production" {', ...lines, '}'];
const inHealth = (line: string) => inside('health {', line, '}');

describe('wrong policies', () => {
  it.each<[readonly string[], string, string]>([
    [
      ['protected = true'],
      `unknown policy attribute "protected" at ${FILE}:1; a policy file holds environment blocks`,
      'edit line 1',
    ],
    [
      ['enviroment "production" {', '}'],
      `unknown policy block "enviroment" at ${FILE}:1; expected "environment"`,
      `edit line 1 of ${FILE}: write environment instead of enviroment`,
    ],
    [
      ['environment {', '}'],
      `environment block at ${FILE}:1 has 0 labels; it needs one, the environment's name`,
      'edit line 1',
    ],
    [
      ['environment "a" "b" {', '}'],
      `environment block at ${FILE}:1 has 2 labels; it needs one, the environment's name`,
      'edit line 1',
    ],
    [
      ['', 'environment "prodution" {', '}'],
      `policy of "prodution" at ${FILE}:2, but there is no such environment; the environments are dev, production, staging`,
      `edit line 2 of ${FILE}: write production instead of prodution`,
    ],
    [
      ['environment "qa" {', '}'],
      `policy of "qa" at ${FILE}:1, but there is no such environment; the environments are dev, production, staging`,
      `edit line 1 of ${FILE}: remove the block of qa`,
    ],
    [[...inside(), ...inside()], `a second policy of production at ${FILE}:3; the first is on line 1`, 'edit line 3'],
    [
      inside('protectd = true'),
      `unknown policy attribute "protectd" at ${FILE}:2; did you mean "protected"?`,
      `edit line 2 of ${FILE}: write protected instead of protectd`,
    ],
    [
      inside('protected = "true"'),
      `policy attribute protected = "true" at ${FILE}:2 is a string; it has to be true or false`,
      'edit line 2',
    ],
    [
      inside('promoted_from = "stagng"'),
      `promoted_from = "stagng" at ${FILE}:2 names no environment; the environments are dev, production, staging`,
      `edit line 2 of ${FILE}: write staging instead of stagng`,
    ],
    [
      inside('promoted_from = "production"'),
      `promoted_from = "production" at ${FILE}:2 promotes production from itself`,
      'edit line 2',
    ],
    [
      inside('promoted_from = "staging"', 'promoted_after_minutes = 1.5'),
      `promoted_after_minutes = 1.5 at ${FILE}:3 is no whole number of minutes`,
      'promoted_after_minutes = 10',
    ],
    [
      inside('promoted_from = "staging"', 'promoted_after_minutes = -1'),
      `promoted_after_minutes = -1 at ${FILE}:3 is no whole number of minutes`,
      'edit line 3',
    ],
    [
      inside('promoted_after_minutes = 10'),
      `promoted_after_minutes = 10 at ${FILE}:2 waits for nothing: the environment is promoted from no other`,
      'add promoted_from',
    ],
    [
      inside('on_unhealthy = "roll back"'),
      `on_unhealthy = "roll back" at ${FILE}:2 is neither "offer" nor "rollback"`,
      'edit line 2',
    ],
    [
      inside('on_unhealthy = "rollback"'),
      `on_unhealthy = "rollback" at ${FILE}:2 would change a protected environment without its confirmation`,
      'on_unhealthy = "offer"',
    ],
    [
      inside('helth {', '}'),
      `unknown block of an environment "helth" at ${FILE}:2; expected "health" or "cost"`,
      `edit line 2 of ${FILE}: write health instead of helth`,
    ],
    [
      inside('health {', '}', 'health {', '}'),
      `unexpected "health" block at ${FILE}:4; an environment has one health block, without labels and blocks`,
      'edit line 4',
    ],
    [inside('health "x" {', '}'), `unexpected "health" block at ${FILE}:2`, 'edit line 2'],
    [inHealth('x {\n}'), `unexpected "x" block at ${FILE}:3`, 'edit line 3'],
    [inHealth('paht = "/"'), `unknown health attribute "paht" at ${FILE}:3; did you mean "path"?`, 'edit line 3'],
    [
      inHealth('path = "health"'),
      `path = "health" at ${FILE}:3 does not start with a slash`,
      `edit line 3 of ${FILE}: path = "/health"`,
    ],
    [inHealth('url = "ftp://x"'), `url = "ftp://x" at ${FILE}:3 is no http or https URL`, 'edit line 3'],
    [inHealth('url = "x"'), `url = "x" at ${FILE}:3 is no http or https URL`, 'edit line 3'],
    [
      inHealth('deadline_seconds = "300"'),
      `health attribute deadline_seconds = "300" at ${FILE}:3 is a string; it has to be a number`,
      'edit line 3',
    ],
    [
      inHealth('deadline_seconds = 0'),
      `deadline_seconds = 0 at ${FILE}:3 is not a whole number of seconds above zero`,
      'edit line 3',
    ],
    [
      inHealth('interval_seconds = 0.5'),
      `interval_seconds = 0.5 at ${FILE}:3 is not a whole number of seconds above zero`,
      'edit line 3',
    ],
    [
      inHealth('interval_seconds = 301'),
      `interval_seconds = 301 at ${FILE}:3 does not fit: probing every 301 seconds for 300 seconds`,
      'edit line 3',
    ],
  ])('%j is refused', async (lines, message, step) => {
    const error = await failureOf(decode(...lines));
    expect(error).toMatchObject({ code: 'InvalidPolicy', outcome: 'usage', exitCode: 2 });
    expect(error.message).toContain(message);
    expect(error.nextSteps).toEqual([expect.stringContaining(step)]);
    expect(error.nextSteps[0]).toContain(FILE);
  });

  it('are refused when promotions go in a circle', async () => {
    const lines = [
      ['dev', 'production'],
      ['staging', 'dev'],
      ['production', 'staging'],
    ].flatMap(([to, from]) => [`environment "${to}" {`, `  promoted_from = "${from}"`, '}']);
    const error = await failureOf(decode(...lines));
    expect(error).toMatchObject({
      code: 'InvalidPolicy',
      outcome: 'usage',
      message: `promoted_from = "production" at ${FILE}:2 closes a cycle of promotions: dev from production from staging from dev`,
      nextSteps: [`edit line 2 of ${FILE}: remove promoted_from from the environment that comes first`],
    });
  });
});
