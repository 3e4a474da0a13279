import { describe, expect, it } from '@jest/globals';
import { isMisnamed, resourceNames } from '../../../src/domain/resource-names.js';
import { PRODUCTION, STAGING } from '../../fakes/bindings.js';

const BINDINGS = [PRODUCTION, STAGING];
const nameOf = (type: string, attributes: Readonly<Record<string, string>>) => {
  const [named] = resourceNames([{ address: `${type}.this`, type, attributes }], 'staging', BINDINGS);
  if (named === undefined) throw new Error('no resource');
  return named;
};

describe('the names of the resources of a state', () => {
  it.each([
    { naming: 'named', other: null, name: 'mht-api-staging-table' },
    { naming: 'unnamed', other: null, name: 'mht-api-table' },
    { naming: 'unnamed', other: null, name: 'mht-api-mystaging-table' },
    { naming: 'other', other: 'production', name: 'mht-api-production-table' },
    { naming: 'other', other: 'production', name: 'mht-api-staging-of-mht-api-production' },
  ])('say of "$name" that it is $naming', ({ naming, other, name }) => {
    const found = nameOf('aws_dynamodb_table', { name, id: name });
    expect(found).toEqual({
      address: 'aws_dynamodb_table.this',
      type: 'aws_dynamodb_table',
      name,
      id: name,
      naming,
      other,
    });
    expect(isMisnamed(found)).toBe(naming !== 'named');
  });

  it('are asked of the resource, not of its address', () => {
    const address = 'module.staging.aws_sqs_queue.staging';
    const [found] = resourceNames(
      [{ address, type: 'aws_sqs_queue', attributes: { name: 'jobs' } }],
      'staging',
      BINDINGS,
    );
    expect(found).toMatchObject({ address, naming: 'unnamed' });
  });

  it('are not missed in what has no name of ours', () => {
    const found = nameOf('aws_route_table_association', { id: 'rtbassoc-1' });
    expect(found).toMatchObject({ name: null, id: 'rtbassoc-1', naming: 'nameless', other: null });
    expect(isMisnamed(found)).toBe(false);
  });

  it('are those at the end of the ARN, for types whose names are not listed', () => {
    const attributes = { name: 'mht-api-cluster', arn: 'arn:aws:ecs:us-east-1:111111111111:cluster/mht-api-cluster' };
    expect(nameOf('aws_ecs_cluster', attributes)).toMatchObject({ name: 'mht-api-cluster', naming: 'unnamed' });
  });

  it('have no id where the state has none', () => {
    expect(nameOf('aws_sqs_queue', { name: 'mht-api-staging-jobs' }).id).toBeNull();
  });
});
