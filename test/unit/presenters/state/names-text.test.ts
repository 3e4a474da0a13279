import { describe, expect, it } from '@jest/globals';
import type { ResourceName } from '../../../../src/domain/resource-names.js';
import { stateNamesText } from '../../../../src/presenters/state/names-text.js';
import { textStyle } from '../../../../src/presenters/style.js';

const WIDE = textStyle(false);
const named = (parts: Partial<ResourceName>): ResourceName => ({
  address: 'aws_sqs_queue.jobs',
  type: 'aws_sqs_queue',
  name: 'api-staging-jobs',
  id: 'https://sqs/api-staging-jobs',
  naming: 'named',
  other: null,
  ...parts,
});
const RESOURCES = [
  named({}),
  named({ address: 'aws_route.out', name: null, id: 'r-1', naming: 'nameless' }),
  named({ address: 'aws_vpc.this', name: 'api-vpc', id: 'vpc-1', naming: 'unnamed' }),
  named({ address: 'aws_lb.this', name: 'api-production-lb', id: 'lb-1', naming: 'other', other: 'production' }),
];

describe('the text of the names', () => {
  it('has what is misnamed first, with the environment that it names, and sums up', () => {
    const lines = stateNamesText('staging', RESOURCES, WIDE).split('\n');
    expect(lines).toEqual([
      'carries         address             name               id',
      'NO              aws_vpc.this        api-vpc            vpc-1',
      'NO: production  aws_lb.this         api-production-lb  lb-1',
      'yes             aws_sqs_queue.jobs  api-staging-jobs   https://sqs/api-staging-jobs',
      '-               aws_route.out       -                  r-1',
      '',
      '1 of 3 names carry "staging" and no other environment\'s name; 1 have no name of ours',
    ]);
  });

  it('has each name below its address on a narrow terminal', () => {
    const lines = stateNamesText('staging', RESOURCES, textStyle(false, 80)).split('\n');
    expect(lines.slice(5, 9)).toEqual([
      'yes      aws_sqs_queue.jobs',
      '         api-staging-jobs',
      '-        aws_route.out',
      '         r-1',
    ]);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(85);
  });

  it('shows what would move the cursor, as it comes from AWS', () => {
    const text = stateNamesText('staging', [named({ name: 'api-staging\u001B[2J' })], WIDE);
    expect(text).toContain('api-staging\\u001b[2J');
  });

  it('sums up within the terminal, and says where there is nothing to judge', () => {
    const narrow = stateNamesText('staging', RESOURCES, textStyle(false, 60)).split('\n').slice(-2);
    expect(Math.max(...narrow.map(({ length }) => length))).toBeLessThanOrEqual(60);
    const nameless = stateNamesText('staging', [named({ name: null, naming: 'nameless' })], WIDE);
    expect(nameless).toContain('none of them has a name of ours');
  });

  it('says that there is nothing', () => {
    expect(stateNamesText('staging', [], WIDE)).toBe('staging: there are no resources in the state');
  });
});
