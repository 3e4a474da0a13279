import { describe, expect, it } from '@jest/globals';
import type { Backend } from '../../../../../src/domain/environment.js';
import { type Changes, deployedOf, PRODUCTION_PARTS, STAGING_PARTS } from '../../../../fakes/separated-environments.js';
import { checkOf, foundBy, judged } from '../judged.js';

const backendOf = (name: string, backend: Partial<Backend> = {}) => ({
  backend: {
    bucket: `mht-api-terraform-state-${name}`,
    key: `${name}/terraform.tfstate`,
    region: 'us-east-1',
    lockTable: `mht-api-terraform-locks-${name}`,
    useLockfile: true,
    allowedAccountIds: [],
    roleArn: undefined,
    kmsKeyId: undefined,
    ...backend,
  },
});
const both = (backend: Partial<Backend>, apart: Partial<Backend> = {}): Changes => ({
  bindings: { staging: backendOf('staging', backend), production: backendOf('production', { ...backend, ...apart }) },
});
const KEY = 'arn:aws:kms:us-east-1:111111111111:key/1';

describe('backends', () => {
  it.each<[string, Changes, string]>([
    ['one bucket for both', both({ bucket: 'acme-states' }), 'share the state bucket acme-states'],
    ['one lock table for both', both({ lockTable: 'locks' }), 'share the lock table locks'],
    ['one key for both', both({ kmsKeyId: KEY }), `share the state's key ${KEY}`],
    ['one key, spelled twice', both({ kmsKeyId: KEY }, { kmsKeyId: '1' }), "share the state's key 1"],
    ['one alias for both', both({ kmsKeyId: 'alias/state' }), "share the state's key alias/state"],
  ])('finds %s, which both files can mend', (_, changes, message) => {
    const [finding, ...others] = foundBy('backends', changes);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      environment: 'production',
      other: 'staging',
      mutual: true,
      message: `"production" and "staging" ${message}`,
    });
    expect(finding?.evidence.map((line) => line.split(':')[0])).toEqual([
      'backend-production.tfbackend',
      'backend-staging.tfbackend',
    ]);
    expect(finding?.remedy).toContain('backend-production.tfbackend');
  });

  it('finds that a shared object is worse than a shared bucket', () => {
    const messages = foundBy('backends', both({ bucket: 'acme-states', key: 'terraform.tfstate' })).map(
      ({ message }) => message,
    );
    expect(messages).toEqual([
      '"production" and "staging" share the state bucket acme-states',
      '"production" and "staging" share the state object s3://acme-states/terraform.tfstate',
    ]);
  });

  it.each<[string, Changes]>([
    ['the same key name in two buckets', both({ key: 'terraform.tfstate' })],
    ['no lock table at all', both({ lockTable: undefined })],
    ['lock tables of one name in two regions', both({ lockTable: 'locks' }, { region: 'eu-west-1' })],
    [
      'lock tables of one name in two pinned accounts',
      {
        bindings: {
          staging: backendOf('staging', { lockTable: 'locks', allowedAccountIds: ['111111111111'] }),
          production: backendOf('production', { lockTable: 'locks', allowedAccountIds: ['222222222222'] }),
        },
      },
    ],
    ['the alias of one name in two regions', both({ kmsKeyId: 'alias/terraform' }, { region: 'eu-west-1' })],
    ['one key id in two regions', both({ kmsKeyId: '1' }, { region: 'eu-west-1' })],
    ['two keys', both({ kmsKeyId: KEY }, { kmsKeyId: KEY.replace('key/1', 'key/2') })],
  ])('leaves alone %s', (_, changes) => {
    expect(foundBy('backends', changes)).toEqual([]);
  });

  describe('of environments whose credentials are of two accounts', () => {
    const deployed = [deployedOf(STAGING_PARTS), deployedOf({ ...PRODUCTION_PARTS, account: '222222222222' })];

    it('takes lock tables and aliases of one name for two', () => {
      expect(foundBy('backends', { deployed, ...both({ lockTable: 'locks', kmsKeyId: 'alias/state' }) })).toEqual([]);
    });

    it.each([
      ['a role of one account reaches both backends', { roleArn: 'arn:aws:iam::333333333333:role/state' }, undefined],
      ['both are reached with the credentials before any role', {}, 'arn:aws:iam::222222222222:role/deploy'],
    ])('finds a shared lock table where %s', (_, backend, roleArn) => {
      const { bindings } = both({ lockTable: 'locks', ...backend });
      const roles = Object.fromEntries(
        Object.entries(bindings ?? {}).map(([name, each]) => [name, { ...each, roleArn }]),
      );
      expect(foundBy('backends', { deployed, bindings: roles }).map(({ message }) => message)).toEqual([
        '"production" and "staging" share the lock table locks',
      ]);
    });

    it('takes a bucket of one name in two partitions for two', () => {
      const china = { ...PRODUCTION_PARTS, partition: 'aws-cn', region: 'cn-north-1', account: '222222222222' };
      const apart = [deployedOf(STAGING_PARTS), deployedOf(china)];
      expect(foundBy('backends', { deployed: apart, ...both({ bucket: 'states' }) })).toEqual([]);
    });
  });

  it('finds that one state is a copy of the other', () => {
    const { state } = deployedOf(STAGING_PARTS).environment;
    const { state: other } = deployedOf(PRODUCTION_PARTS).environment;
    if (state === null || other === null) throw new Error('there is no state');
    const copy = { ...state, state: { ...state.state, lineage: other.state.lineage } };
    const [finding, ...others] = foundBy('backends', { environments: { staging: { state: copy } } });
    expect(others).toEqual([]);
    expect(finding?.message).toContain(`same lineage ${other.state.lineage}`);
    expect(finding?.evidence).toEqual([
      `s3://mht-api-terraform-state-production/production/terraform.tfstate: lineage ${other.state.lineage}, serial 7, sha256:9`,
      `s3://mht-api-terraform-state-staging/staging/terraform.tfstate: lineage ${other.state.lineage}, serial 7, sha256:5`,
    ]);
    expect(finding?.remedy).toContain('mhtctl state list ');
  });

  it('does not take two states without a lineage for one', () => {
    const without = (parts: typeof STAGING_PARTS) => {
      const { state } = deployedOf(parts).environment;
      return { state: state === null ? null : { ...state, state: { ...state.state, lineage: '' } } };
    };
    expect(
      foundBy('backends', {
        environments: { staging: without(STAGING_PARTS), production: without(PRODUCTION_PARTS) },
      }),
    ).toEqual([]);
  });

  describe("finds the other environment's state in an environment's place", () => {
    const { state } = deployedOf(PRODUCTION_PARTS).environment;
    const placed = (outputs: Readonly<Record<string, { value: string; sensitive: boolean }>>) => {
      if (state === null) throw new Error('there is no state');
      const changed = { ...state, state: { ...state.state, lineage: 'another', outputs } };
      return judged({ environments: { staging: { state: changed } } });
    };

    it.each([
      ['by its output', { environment: { value: 'production', sensitive: false } }],
      ['by the tags of its resources', {}],
    ])('%s', (_, outputs) => {
      expect(checkOf(placed(outputs), 'backends').findings).toEqual([
        expect.objectContaining({
          environment: 'staging',
          other: 'production',
          message: 'the state of "staging" is a state of "production"',
          remedy: 'restore the state of "staging": mhtctl state list staging',
        }),
      ]);
    });

    it.each([
      ['another project', { environment: { value: 'training', sensitive: false } }],
      ['its own, whatever the tags', { environment: { value: 'staging', sensitive: false } }],
    ])('but none of %s', (_, outputs) => {
      expect(checkOf(placed(outputs), 'backends').findings).toEqual([]);
    });
  });
});
