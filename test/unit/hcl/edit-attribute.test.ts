import { describe, expect, it } from '@jest/globals';
import { withAttribute, withoutAttribute } from '../../../src/adapters/hcl/edit-attribute.js';
import type { HclValue } from '../../../src/domain/hcl-value.js';
import { asWritten } from '../../../src/domain/off-hours/schedule.js';
import { failureOf } from '../../fakes/failure.js';
import { offHoursOf } from '../../fakes/off-hours.js';

const FILE = 'terraform/terraform.tfvars.staging';
const SCHEDULE = asWritten(offHoursOf());
const BLOCK = `off_hours = {
  start     = "07:00"
  stop      = "20:00"
  weekdays  = ["mon", "tue", "wed", "thu", "fri"]
  time_zone = "Europe/Berlin"
}
`;
const HEAD = '# Staging.\nenvironment = "staging" # its name\n\nmap = {\n  off_hours = 1 # not this one\n}\n';

const set = (text: string, value: HclValue = SCHEDULE) => withAttribute(FILE, text, 'off_hours', value);
const remove = (text: string) => withoutAttribute(FILE, text, 'off_hours');

describe('a variable that is set in a file', () => {
  it('is added at the end, laid out as terraform fmt does', () => {
    expect(set(HEAD)).toBe(`${HEAD}\n${BLOCK}`);
    expect(set('')).toBe(BLOCK);
  });

  it('is added on a line of its own where the file does not end with one', () => {
    expect(set('environment = "staging"')).toBe(`environment = "staging"\n\n${BLOCK}`);
  });

  it('changes only the entries that differ, and keeps comments, order and layout', () => {
    const own = `${HEAD}
off_hours = { # set by hand
    time_zone = "Europe/Berlin" # where we are
    stop = "20:00", start = "06:00"
    # all week
    weekdays = ["mon", "tue", "wed", "thu", "fri"]
}
# the end
`;
    expect(set(own)).toBe(own.replace('"06:00"', '"07:00"'));
    expect(set(own, asWritten(offHoursOf({ start: '06:00', weekdays: ['sat'] })))).toBe(
      own.replace(/\["mon.*\]/, '["sat"]'),
    );
  });

  it('replaces a value of another kind', () => {
    expect(set(`off_hours = null # for now\nnext = 1\n`)).toBe(`${BLOCK.trimEnd()} # for now\nnext = 1\n`);
    expect(set(`off_hours = { start = "07:00" }\n`)).toBe(BLOCK);
  });

  it('leaves a file that says so already as it is', () => {
    expect(set(`${HEAD}\n${BLOCK}`)).toBe(`${HEAD}\n${BLOCK}`);
  });

  it('keeps the line ends and the mark of the file', () => {
    const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(set(windows(HEAD))).toBe(windows(`${HEAD}\n${BLOCK}`));
    expect(remove(windows(`${HEAD}\n${BLOCK}`))).toBe(windows(HEAD));
  });

  it('is not set in a file that does not parse', async () => {
    expect((await failureOf(() => set('environment = \n'))).code).toBe('HclSyntax');
  });
});

describe('a variable that is taken out of a file', () => {
  it('leaves what there was before it was set', () => {
    expect(remove(set(HEAD))).toBe(HEAD);
  });

  it('takes its lines and the comment behind it, and nothing else', () => {
    expect(remove(`a = 1\n\n${BLOCK.trimEnd()} # nights\nb = 2\n`)).toBe('a = 1\n\nb = 2\n');
    expect(remove(`a = 1\n# nights\n${BLOCK}\nb = 2\n`)).toBe('a = 1\n# nights\n\nb = 2\n');
    expect(remove(`${BLOCK}b = 2\n`)).toBe('b = 2\n');
    expect(remove(`a = 1\n${BLOCK.trimEnd()}`)).toBe('a = 1\n');
    expect(remove(BLOCK)).toBe('');
    expect(remove('a = 1\noff_hours = null /* x\n y */ // z\nb = 2\n')).toBe('a = 1\nb = 2\n');
  });

  it('leaves a comment before it on its line', () => {
    expect(remove('/* x */ off_hours = null\nb = 2\n')).toBe('/* x */ \nb = 2\n');
  });

  it('is not looked for inside others', () => {
    expect(remove(HEAD)).toBe(HEAD);
  });
});
