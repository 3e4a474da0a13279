import { describe, expect, it } from '@jest/globals';
import type { Backend } from '../../../../../src/domain/environment.js';
import type { HclValue } from '../../../../../src/domain/hcl-value.js';
import type { SeparationFinding } from '../../../../../src/domain/separation/rule.js';
import { configuration } from '../../../../../src/domain/separation/rules/configuration.js';
import { bindingOf } from '../../../../fakes/bindings.js';
import { deployedOf, STAGING_PARTS } from '../../../../fakes/separated-environments.js';
import { evidenceOf, ruleInput } from '../../../../fakes/separation-evidence.js';
import { foundBy } from '../judged.js';

const STAGING = deployedOf(STAGING_PARTS);

type Values = Readonly<Record<string, HclValue>>;

/** Two environments whose files say this besides what is their own. */
interface Files {
  readonly staging?: Values;
  readonly production?: Values;
  readonly backend?: Partial<Backend>;
  readonly names?: readonly [string, string];
}

function found({ staging = {}, production = {}, backend = {}, names = ['staging', 'production'] }: Files) {
  const [first, second] = names;
  const sources = (name: string, values: Values) =>
    Object.fromEntries(
      Object.entries(values).map(([key, value], index) => [
        key,
        { name: key, value, location: { file: `terraform/terraform.tfvars.${name}`, line: index + 1, column: 1 } },
      ]),
    );
  const bindingWith = (name: string, values: Values, dns: string, parts: Partial<Backend>) => {
    const variables = { environment: name, project_name: 'mht-api', dns_name: dns, ...values };
    return bindingOf(name, { variables, variableSources: sources(name, variables), backend: parts });
  };
  const bindings = [
    bindingWith(first, staging, `${first}.api.example.com`, backend),
    bindingWith(second, production, 'api.example.com', {}),
  ];
  return configuration.find(ruleInput(evidenceOf({ bindings })));
}

const messages = (files: Files) => found(files).map(({ message }: SeparationFinding) => message);
const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;

describe('two files that ask for the same', () => {
  it('are found with both lines, and either can be mended', () => {
    expect(found({ staging: { dns_name: 'api.example.com' } })).toEqual([
      {
        environment: 'production',
        other: 'staging',
        mutual: true,
        resource: 'terraform.tfvars.production: dns_name',
        message: '"production" and "staging" ask for the DNS name api.example.com',
        evidence: [
          'terraform/terraform.tfvars.production:3: dns_name = "api.example.com"',
          'terraform/terraform.tfvars.staging:3: dns_name = "api.example.com"',
        ],
        remedy: 'give one of them dns_name of its own, then: mhtctl deploy production',
        location: { file: 'terraform/terraform.tfvars.production', line: 3, column: 1 },
      },
    ]);
  });

  it.each<[string, Values, Values, string]>([
    ['the account', { aws_account_id: '1' }, { aws_account_id: '1' }, 'ask for the account 1'],
    ['the role', { assume_role_arn: role('deploy') }, { assume_role_arn: role('deploy') }, 'ask for the role'],
    ['the network', { vpc_cidr: '10.0.0.0/16' }, { vpc_cidr: '10.0.0.0/16' }, 'overlap'],
    ['the DNS name in another case', { dns_name: 'API.example.com.' }, {}, 'ask for the DNS name api.example.com'],
    ['a part of the network', { vpc_cidr: '10.0.64.0/18' }, { vpc_cidr: '10.0.0.0/16' }, 'overlap'],
  ])('are found by %s', (_, staging, production, message) => {
    expect(messages({ staging, production })).toEqual([expect.stringContaining(message)]);
  });

  it.each<[string, Values, Values]>([
    ['two networks', { vpc_cidr: '10.1.0.0/16' }, { vpc_cidr: '10.0.0.0/16' }],
    ['two accounts', { aws_account_id: '1' }, { aws_account_id: '2' }],
    ['nothing', { aws_account_id: null, assume_role_arn: '' }, { aws_account_id: null, assume_role_arn: '' }],
    ['what is no network', { vpc_cidr: 'x' }, { vpc_cidr: 'x' }],
    ['a network in one of them alone', { vpc_cidr: '10.0.0.0/16' }, {}],
    ['what may be the same', { instance_type: 't3.micro', project_name: 'mht-api' }, { instance_type: 't3.micro' }],
  ])('are not those that ask for %s', (_, staging, production) => {
    expect(messages({ staging, production })).toEqual([]);
  });
});

describe('a value that names nobody, but is what another environment has', () => {
  const variables = (values: Values) => ({
    bindings: { staging: { variables: { ...STAGING.environment.binding.variables, ...values } } },
  });

  it.each<[string, HclValue]>([
    ['the ARN of its key', 'arn:aws:kms:us-east-1:111111111111:key/90000000-0000-4000-8000-000000000001'],
    [
      'the ARN of its certificate',
      'arn:aws:acm:us-east-1:111111111111:certificate/90000000-0000-4000-8000-000000000002',
    ],
    ['the id of its network', 'vpc-90000000000000002'],
    ['the block of its network', '10.9.0.0/16'],
    ['a part of its network', '10.9.128.0/20'],
    ['an address in its network', '10.9.128.4'],
    ['its address in the internet', '203.0.113.9'],
  ])('is found: %s', (_, value) => {
    expect(foundBy('configuration', variables({ bridge: [value] }))).toEqual([
      expect.objectContaining({
        environment: 'staging',
        other: 'production',
        message: `bridge[0] in terraform.tfvars.staging names "production": ${value}`,
        evidence: [`terraform.tfvars.staging: bridge[0] = "${value}"`],
      }),
    ]);
  });

  it.each<[string, HclValue]>([
    ['its own key', 'arn:aws:kms:us-east-1:111111111111:key/50000000-0000-4000-8000-000000000001'],
    ['its own network', 'vpc-50000000000000002'],
    ['its own block', '10.5.0.0/16'],
    ['a block that both are in', '10.0.0.0/8'],
    ['the internet', '0.0.0.0/0'],
    ['an address of nobody', '198.51.100.7'],
    ['a key of nobody', 'arn:aws:kms:us-east-1:999999999999:key/00000000-0000-4000-8000-000000000001'],
  ])('is not %s', (_, value) => {
    expect(foundBy('configuration', variables({ own: value }))).toEqual([]);
  });

  it('is in a network that is configured and not deployed yet', () => {
    const values = { staging: { peer: '10.8.0.1' }, production: { vpc_cidr: '10.8.0.0/16' } };
    expect(messages(values)).toEqual(['peer in terraform.tfvars.staging names "production": 10.8.0.1']);
  });
});

describe('a value that names the other environment', () => {
  it.each<[string, Values, string]>([
    ['by a name of its resources', { queue: 'mht-api-production-q' }, 'queue'],
    ['by its name alone', { source: 'production' }, 'source'],
    [
      'in the variables of the application',
      { application_environment: { STAGE: 'production' } },
      'application_environment.STAGE',
    ],
    ['in the mode that software runs in', { env: { NODE_ENV: 'mht-api-production' } }, 'env.NODE_ENV'],
    ['by its address', { callback: 'https://api.example.com/hook' }, 'callback'],
    ['by its state bucket', { remote: 's3://mht-api-terraform-state-production/x' }, 'remote'],
    ['deep in an object', { queues: { feedback: { dlq: ['mht-api-production-dlq'] } } }, 'queues.feedback.dlq[0]'],
    ['in JSON', { policy: '{"Resource":"arn:aws:s3:::mht-api-production-data"}' }, 'policy.Resource'],
    ['by its network', { peer: 'vpc-of-production' }, 'peer'],
    ['by its name in capitals', { suffix: 'x_PRODUCTION_data' }, 'suffix'],
    ['by its address in another case', { callback: 'https://Api.Example.com/hook' }, 'callback'],
  ])('is found %s', (_, staging, path) => {
    const [finding, ...others] = found({ staging });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      environment: 'staging',
      other: 'production',
      resource: `terraform.tfvars.staging: ${path}`,
      message: expect.stringContaining(`${path} in terraform.tfvars.staging names "production": `),
      location: { file: 'terraform/terraform.tfvars.staging', line: 4 },
    });
    expect(finding?.remedy).toBe(`give ${path} a value of "staging"'s own in terraform.tfvars.staging`);
  });

  it.each<[string, Partial<Backend>, string]>([
    ['key', { key: 'production/terraform.tfstate' }, 'key'],
    ['bucket', { bucket: 'acme-production-states' }, 'bucket'],
    ['role', { roleArn: role('production-state') }, 'role_arn'],
    ['lock table', { lockTable: 'acme-production-locks' }, 'dynamodb_table'],
    ['KMS key', { kmsKeyId: 'alias/production' }, 'kms_key_id'],
  ])('is found in the backend file: a %s', (_, backend, attribute) => {
    const [finding] = found({ backend });
    expect(finding?.resource).toBe(`backend-staging.tfbackend: ${attribute}`);
    expect(finding?.evidence).toEqual([expect.stringMatching(/^backend-staging\.tfbackend: \w+ = ".*production.*"$/)]);
  });

  it.each<[string, Files]>([
    ['its own names', { staging: { queue: 'mht-api-staging-q', url: 'https://staging.api.example.com' } }],
    ['prose', { staging: { note: 'smaller than production' } }],
    ['prose with a capital', { staging: { note: 'Smaller than Production.' } }],
    ['its own name in capitals', { staging: { suffix: 'STAGING-data', dns_name: 'Staging.API.example.com' } }],
    ['the mode that software runs in', { staging: { application_environment: { NODE_ENV: 'production' } } }],
    ['no texts', { staging: { count: 3, on: true, nothing: null, list: [] } }],
    [
      'the bucket that both have: a rule of its own finds it',
      { backend: { bucket: 'mht-api-terraform-state-production' } },
    ],
    ['names that contain its own', { staging: { queue: 'mht-api-staging-eu-q' }, names: ['staging-eu', 'staging'] }],
  ])('is not %s', (_, files) => {
    expect(messages(files)).toEqual([]);
  });

  it('is found although its own name is a part of it', () => {
    const names = ['staging', 'staging-eu'] as const;
    expect(messages({ staging: { queue: 'mht-api-staging-eu-q' }, names })).toEqual([
      'queue in terraform.tfvars.staging names "staging-eu": mht-api-staging-eu-q',
    ]);
  });

  it('does not show what may be secret beside it', () => {
    const [finding] = found({ staging: { dsn: 'postgres://admin:hunter2@mht-api-production-db:5432/x' } });
    expect(finding?.message).toContain('mht-api-production-db');
    expect(JSON.stringify(finding)).not.toContain('hunter2');
  });
});
