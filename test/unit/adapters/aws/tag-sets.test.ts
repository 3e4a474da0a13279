import { describe, expect, it } from '@jest/globals';
import { TagSets } from '../../../../src/adapters/aws/tag-sets.js';

const written = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

describe('the tags that are kept of a resource', () => {
  const telling = {
    Environment: 'staging',
    Project: 'acme',
    Name: 'acme-staging-orders',
    ManagedBy: 'terraform',
    'aws:autoscaling:groupName': 'acme-staging',
    'aws:cloudformation:stack-name': 'acme-staging',
    'aws:ec2launchtemplate:id': 'lt-0abcd1234',
  };

  it('are those that say whose it is, or what made it', () => {
    const all = { CostCenter: '4711', ...telling, EnvironmentOwner: 'ada' };
    expect(new TagSets().of(written(all))).toEqual(telling);
  });

  it.each([
    'environment',
    'ENVIRONMENT',
    'env',
    'Env',
    'ENV',
    'Environment ',
    ' Environment',
    'Enviroment',
    'Environnment',
    'Environmint',
    'Environmnet',
  ])('are also what is taken for the key Environment: "%s"', (key) => {
    expect(new TagSets().of(written({ [key]: 'staging' }))).toEqual({ [key]: 'staging' });
  });

  it.each(['Environments of all', 'Enviromnt', 'Envoronmant', 'Development', 'environmentally', ''])(
    'are not of a key that is another word: "%s"',
    (key) => {
      expect(new TagSets().of(written({ [key]: 'staging' }))).toEqual({});
    },
  );

  it('keep their values letter for letter', () => {
    const tags = { Environment: ' Staging ', Project: '', Name: 'Zoë' };
    expect(new TagSets().of(written(tags))).toEqual(tags);
  });

  it('are one set in memory for resources that are alike', () => {
    const sets = new TagSets();
    const first = sets.of(written({ Environment: 'staging', Project: 'acme', Owner: 'ada' }));
    expect(sets.of(written({ Environment: 'staging', Project: 'acme', Owner: 'bob' }))).toBe(first);
  });

  it.each([
    { what: 'another value', other: { Environment: 'production', Project: 'acme' } },
    { what: 'a tag less', other: { Environment: 'staging' } },
    { what: 'a tag more', other: { Environment: 'staging', Project: 'acme', Env: 'staging' } },
    { what: 'values the other way round', other: { Environment: 'acme', Project: 'staging' } },
  ])('are never mixed up with those of a resource with $what', ({ other }) => {
    const sets = new TagSets();
    sets.of(written({ Environment: 'staging', Project: 'acme' }));
    expect(sets.of(written(other))).toEqual(other);
  });

  it('are none where AWS tells none', () => {
    expect(new TagSets().of([])).toEqual({});
  });
});
