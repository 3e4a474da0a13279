import { describe, expect, it } from '@jest/globals';
import type { EnvironmentDifference } from '../../../../src/domain/environment-diff/difference.js';
import { compareSetting, NOT_SET } from '../../../../src/domain/environment-diff/setting.js';
import type { HclValue } from '../../../../src/domain/hcl-value.js';
import { diffJson } from '../../../../src/presenters/diff/json.js';
import { diffText } from '../../../../src/presenters/diff/text.js';
import { textStyle } from '../../../../src/presenters/style.js';

const NAMES = ['staging', 'production'] as const;
const inFile = (value: HclValue) => ({ value, expression: undefined, source: 'file' as const });
const setting = (name: string, own: HclValue, other: HclValue, sensitive = false) =>
  compareSetting([name], inFile(own), inFile(other), NAMES, sensitive);

const DIFFERENCE: EnvironmentDifference = {
  names: NAMES,
  variables: [
    ...setting('environment', 'staging', 'production'),
    ...setting('instance_type', 't2.micro', 't3.medium'),
    ...setting('queues', { feedback: { retention: 60, tries: 3 } }, { feedback: { retention: 90, tries: 3 } }),
    ...setting('token', 'hunter2', 'hunter3', true),
    ...compareSetting(
      ['days'],
      { value: 30, expression: undefined, source: 'default' },
      { value: undefined, expression: 'var.other', source: 'default' },
      NAMES,
    ),
    ...compareSetting(['zone'], NOT_SET, inFile('a'), NAMES),
  ],
  backend: setting('bucket', 'state-staging', 'state-production'),
  policy: setting('protected', true, true),
  resources: null,
};

const lines = (difference: EnvironmentDifference, width: number, all = false) =>
  diffText(difference, { all }, textStyle(false, width)).split('\n');

describe('the difference, as text', () => {
  it('has what differs in aligned columns, and the rest counted or named', () => {
    expect(lines(DIFFERENCE, 80)).toEqual([
      'Variables: 5 different, 1 by name alone, 1 the same',
      '                 staging       production',
      '  instance_type  "t2.micro"    "t3.medium"',
      '  queues.feedback',
      '    retention    60            90',
      '  token          (sensitive)   (differs)',
      '  days           30 (default)  var.other (default)',
      '  zone           -             "a"',
      '  by name alone: environment',
      '',
      'Backend: 0 different, 1 by name alone, 0 the same',
      '  by name alone: bucket',
      '',
      'Policy: 0 different, 0 by name alone, 1 the same',
    ]);
  });

  it('has everything on demand, with what differs marked', () => {
    expect(lines(DIFFERENCE, 80, true).slice(0, 7)).toEqual([
      'Variables: 5 different (*), 1 by name alone (~), 1 the same',
      '                 staging       production',
      '~ environment    "staging"     "production"',
      '* instance_type  "t2.micro"    "t3.medium"',
      '  queues.feedback',
      '*   retention    60            90',
      '    tries        3             3',
    ]);
  });

  it.each([40, 60, 80])('keeps within %i columns, and loses nothing', (width) => {
    const long = {
      ...DIFFERENCE,
      variables: setting('a_rather_long_name_of_a_variable', `${'left '.repeat(20)}end`, `${'r'.repeat(90)}`),
    };
    const text = lines(long, width);
    expect(text.filter((line) => line.length > width)).toEqual([]);
    const shown = text.join('').replaceAll(/\s/g, '');
    expect([...shown.matchAll(/left/g)]).toHaveLength(20);
    expect([...shown.matchAll(/r{2,}/g)].join('').length).toBe(90);
  });

  it('never shows what is sensitive, in whatever form', () => {
    const shown = [lines(DIFFERENCE, 80, true).join('\n'), JSON.stringify(diffJson(DIFFERENCE))].join('\n');
    expect(shown).not.toContain('hunter');
  });

  it('spells out what would not be seen', () => {
    const hostile = { ...DIFFERENCE, variables: setting('a', 'x\u001B[2J', 'y') };
    expect(lines(hostile, 80).join('')).not.toContain('\u001B');
  });

  it('has the states, where they were asked for', () => {
    const text = lines(
      {
        ...DIFFERENCE,
        resources: {
          own: 2,
          other: null,
          both: 0,
          types: [
            { type: 'aws_eip', own: 2, other: 0 },
            { type: 'aws_lb', own: 0, other: 0 },
          ],
          unpaired: [{ address: 'aws_eip.a', own: ['aws_eip.a["x"]', 'aws_eip.a["y"]'], other: [] }],
          different: [
            {
              address: 'aws_instance.a',
              otherAddress: 'aws_instance.a',
              attributes: [{ path: 'instance_type', own: 't2.micro', other: null }],
            },
          ],
        },
      },
      80,
    );
    expect(text.slice(text.indexOf('Policy: 0 different, 0 by name alone, 1 the same') + 2)).toEqual([
      'Resources: 2 in staging, production has no state: it was never deployed, 0 in',
      '  both',
      '  how many  staging  production',
      '  aws_eip   2        0',
      '  1 type in equal number',
      '',
      'Not in both',
      '               staging      production',
      '  aws_eip.a',
      '    instances  ["x"] ["y"]  -',
      '',
      'Different in kind; ids, ARNs, names and addresses are left out',
      '                   staging   production',
      '  aws_instance.a',
      '    instance_type  t2.micro  -',
    ]);
  });
});

describe('the difference, as a document', () => {
  it('has each value by its environment, with its source', () => {
    const { environments, variables, resources } = diffJson(DIFFERENCE);
    expect(environments).toEqual(['staging', 'production']);
    expect(resources).toBeNull();
    const byPath = new Map(variables.map((each) => [each.path, each]));
    expect(byPath.get('queues.feedback.retention')).toEqual({
      name: 'queues',
      path: 'queues.feedback.retention',
      values: {
        staging: { value: 60, expression: null, source: 'file' },
        production: { value: 90, expression: null, source: 'file' },
      },
      same: false,
      byName: false,
      sensitive: false,
    });
    expect(byPath.get('days')?.values).toEqual({
      staging: { value: 30, expression: null, source: 'default' },
      production: { value: null, expression: 'var.other', source: 'default' },
    });
    expect(byPath.get('zone')?.values['staging']).toEqual({ value: null, expression: null, source: 'none' });
    expect(byPath.get('environment')).toMatchObject({ same: false, byName: true });
    expect(byPath.get('token')).toMatchObject({ sensitive: true, same: false });
  });
});
