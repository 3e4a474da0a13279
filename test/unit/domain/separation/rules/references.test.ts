import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../../../src/domain/plan.js';
import type { StateInstance } from '../../../../../src/domain/state.js';
import { type Changes, deployedOf, PRODUCTION_PARTS, STAGING_PARTS } from '../../../../fakes/separated-environments.js';
import { foundBy } from '../judged.js';

const INSTANCE = 'module.compute.aws_instance.this[0]';
const SECRET = 'module.secrets.aws_secretsmanager_secret.this';
const location = { file: 'modules/compute/main.tf', line: 12, column: 1 };
const OTHER_QUEUE = 'arn:aws:sqs:us-east-1:111111111111:mht-api-production-processing-feedback.fifo';

const set = (attributes: StateInstance['attributes'], address = INSTANCE): Changes => ({
  attributes: { staging: { [address]: attributes } },
});
const added = (type: string, attributes: StateInstance['attributes']): Changes => ({
  instances: { staging: [{ address: `${type}.this`, type, attributes }] },
});
const messages = (changes: Changes) => foundBy('references', changes).map(({ message }) => message);

describe('a setting that refers to another environment', () => {
  it('is found with its path, the word that refers, where it is written and how to mend it', () => {
    const configuration = { 'module.compute.aws_instance.this': { location, countedBy: [] } };
    const user_data = `#!/bin/sh\nexport QUEUE=${OTHER_QUEUE}\nexport PASSWORD=hunter2\n`;
    expect(foundBy('references', { ...set({ user_data }), configuration })).toEqual([
      {
        environment: 'staging',
        other: 'production',
        resource: INSTANCE,
        message: `user_data of ${INSTANCE} refers to "production"`,
        evidence: [`state: ${INSTANCE} user_data contains ${JSON.stringify(OTHER_QUEUE)}`],
        remedy: `give it a value of "staging"'s own in the configuration, then: mhtctl deploy staging`,
        location,
      },
    ]);
  });

  it.each<[string, Json]>([
    ['by a name of its resource', 'mht-api-production-table'],
    ['by its name alone', 'production'],
    ['by an ARN', OTHER_QUEUE],
    [
      'by an ARN that only its state knows',
      'arn:aws:kms:us-east-1:111111111111:key/90000000-0000-4000-8000-000000000001',
    ],
    ['by an id', 'sg-90000000000000003'],
    ['by its address', 'https://api.example.com/v1'],
    ['by its state bucket', 's3://mht-api-terraform-state-production/production/terraform.tfstate'],
    ['by its lock table', 'mht-api-terraform-locks-production'],
    ['in a list', ['x', 'mht-api-production-table']],
    ['in a list of blocks', [{ environment: [{ variables: { TABLE: 'mht-api-production-table' } }] }]],
    ['in a text that is JSON', '{"containers":[{"image":"acme/mht-api-production:1"}]}'],
  ])('is found %s', (_, value) => {
    expect(
      messages(added('aws_quantum_ledger', { arn: 'arn:aws:quantum:us-east-1:111111111111:ledger/x', setting: value })),
    ).toHaveLength(1);
  });

  it('is none where an event pattern excludes what it names', () => {
    const pattern = (name: unknown) => JSON.stringify({ source: ['aws.sqs'], detail: { queue: [name] } });
    const rule = (event_pattern: string) => added('aws_cloudwatch_event_rule', { event_pattern });
    expect(messages(rule(pattern(OTHER_QUEUE)))).toHaveLength(1);
    expect(messages(rule(pattern({ 'anything-but': [OTHER_QUEUE] })))).toEqual([]);
    expect(messages(rule(pattern({ 'anything-but': { prefix: 'mht-api-production-' } })))).toEqual([]);
  });

  it.each<[string, (text: string) => Changes, string]>([
    ['an instance', (user_data_base64) => set({ user_data_base64 }), 'user_data_base64'],
    [
      'a launch template',
      (user_data) =>
        added('aws_launch_template', {
          arn: 'arn:aws:ec2:us-east-1:111111111111:launch-template/lt-50000000000000099',
          user_data,
        }),
      'user_data',
    ],
  ])('is found in the user data of %s, whatever its encoding', (_, changes, attribute) => {
    const script = `#!/bin/sh\nexport QUEUE=${OTHER_QUEUE}\nexport PASSWORD=hunter2\n`;
    for (const bytes of [Buffer.from(script), gzipSync(script)]) {
      const [finding, ...others] = foundBy('references', changes(bytes.toString('base64')));
      expect(others).toEqual([]);
      expect(finding?.message).toContain(`${attribute} of `);
      expect(finding?.evidence).toEqual([expect.stringContaining(JSON.stringify(OTHER_QUEUE))]);
    }
  });

  it.each<[string, Changes]>([
    ['its own names', set({ user_data: 'mht-api-staging-table https://staging.api.example.com' })],
    ['the mode that software runs in', set({ environment: [{ variables: { NODE_ENV: 'production' } }] })],
    ['prose', set({ user_data: 'Faster than production.' })],
    ['a longer word', set({ user_data: 'reproduction-of-productions' })],
    ['short texts and no texts', set({ user_data: '', cpu: 5, on: true, nothing: null, nested: [null, {}] })],
    ['what belongs to nobody', set({ user_data: 'arn:aws:sqs:us-east-1:999999999999:x' })],
    ["a description's words", set({ description: 'the twin of mht-api-production-table' }, SECRET)],
  ])('is not %s', (_, changes) => {
    expect(messages(changes)).toEqual([]);
  });

  it.each<[string, string, Changes]>([
    [
      'network',
      'a rule',
      set(
        { referenced_security_group_id: 'sg-90000000000000003' },
        'module.security_groups.aws_vpc_security_group_egress_rule.alb',
      ),
    ],
    [
      'encryption',
      'a key',
      set({ kms_key_id: 'arn:aws:kms:us-east-1:111111111111:key/90000000-0000-4000-8000-000000000001' }, SECRET),
    ],
    ['names', 'a name', set({ name: 'mht-api-production-application' }, SECRET)],
    ['foreign-tags', 'a tag', set({ tags_all: { Environment: 'production' } }, SECRET)],
    [
      'foreign-tags',
      'a tag of a volume',
      set({ root_block_device: [{ volume_id: 'vol-50000000000000008', tags_all: { Environment: 'production' } }] }),
    ],
    [
      'shared-resources',
      'what a setting is of',
      added('aws_s3_bucket_versioning', { bucket: 'mht-api-production-logs-90000000' }),
    ],
  ])("is the rule %s's alone when it is %s", (rule, _, changes) => {
    expect(foundBy(rule, changes).length).toBeGreaterThan(0);
  });

  it('is found once a resource', () => {
    const attributes = { user_data: 'mht-api-production-table', user_data_base64: 'mht-api-production-table' };
    expect(messages(set(attributes))).toHaveLength(1);
  });

  it.each([
    [
      'postgres://admin:hunter2@mht-api-production-db.internal:5432/x',
      'postgres://mht-api-production-db.internal:5432/x',
    ],
    ['admin:hunter2@mht-api-production-db:5432', 'mht-api-production-db:5432'],
    ['TOKEN=hunter2 HOST=mht-api-production-db', 'mht-api-production-db'],
    ['{"password":"hunter2","host":"mht-api-production-db"}', 'mht-api-production-db'],
  ])('shows nothing of a secret beside it: %s', (user_data, shown) => {
    const findings = foundBy('references', set({ user_data }));
    expect(findings.map(({ evidence }) => evidence)).toEqual([
      [expect.stringContaining(` contains ${JSON.stringify(shown)}`)],
    ]);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  it.each([
    ['staging', 'mht-api-staging-eu-table', ['staging-eu']],
    ['staging-eu', 'mht-api-staging-table', ['staging']],
    ['staging-eu', 'mht-api-staging-eu-table', []],
  ])('of "%s" by "%s" is told apart from one whose name is a part of it', (environment, text, others) => {
    const deployed = [deployedOf(STAGING_PARTS), deployedOf({ name: 'staging-eu', digit: '3' })];
    const attributes = { [environment]: { [INSTANCE]: { user_data: text } } };
    expect(foundBy('references', { deployed, attributes }).map(({ other }) => other)).toEqual(others);
  });

  it('is not what environments without a name of a project have in common', () => {
    const binding = { variables: {} };
    const deployed = [STAGING_PARTS, PRODUCTION_PARTS].map((parts) => deployedOf({ ...parts, binding }));
    expect(foundBy('references', { deployed })).toEqual([]);
  });
});
