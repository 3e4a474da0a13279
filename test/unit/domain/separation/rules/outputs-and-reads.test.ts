import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../../../src/domain/plan.js';
import type { State, StateInstance } from '../../../../../src/domain/state.js';
import { type Changes, deployedOf, STAGING_PARTS } from '../../../../fakes/separated-environments.js';
import { foundBy } from '../judged.js';

const STAGING = deployedOf(STAGING_PARTS).environment;
const ACCOUNT = '111111111111';
const SECRET = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:mht-api-production-application-9AbCdE`;
const OWN_SECRET = SECRET.replace('production', 'staging').replace('9AbCdE', '5AbCdE');
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/90000000-0000-4000-8000-000000000001`;
const QUEUE = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/mht-api-production-processing-feedback.fifo`;

function stateWith(parts: (state: State) => Partial<State>): Changes {
  const { state: object } = STAGING;
  if (object === null) throw new Error('staging has no state');
  const state = { ...object, state: { ...object.state, ...parts(object.state) } };
  return { environments: { staging: { state } } };
}

const output = (name: string, value: Json, sensitive = false): Changes =>
  stateWith(({ outputs }) => ({ outputs: { ...outputs, [name]: { value, sensitive } } }));
const reading = (type: string, attributes: StateInstance['attributes']): Changes =>
  stateWith(() => ({ dataSources: [{ address: `module.x.data.${type}.it`, type, attributes }] }));

describe('an output', () => {
  it("that has what is another environment's is found, with the word", () => {
    expect(foundBy('references', output('queue_urls', { feedback: QUEUE }))).toEqual([
      {
        environment: 'staging',
        other: 'production',
        resource: 'output.queue_urls',
        message: 'output queue_urls.feedback refers to "production"',
        evidence: [`state: output.queue_urls queue_urls.feedback contains ${JSON.stringify(QUEUE)}`],
        remedy: `give it a value of "staging"'s own in the configuration, then: mhtctl deploy staging`,
        location: null,
      },
    ]);
  });

  it.each<[string, Json]>([
    ['its key', KEY],
    ['its network', ['vpc-90000000000000002']],
    ['its address', 'https://api.example.com'],
    ['its name in JSON', '{"table":"mht-api-production-table"}'],
  ])('is found with %s', (_, value) => {
    expect(foundBy('references', output('it', value))).toHaveLength(1);
  });

  it('does not show what may be secret beside it', () => {
    const [finding] = foundBy('references', output('dsn', 'postgres://ada:hunter2@mht-api-production-db/x', true));
    expect(finding?.message).toBe('output dsn refers to "production"');
    expect(JSON.stringify(finding)).not.toContain('hunter2');
  });

  it.each<[string, Json]>([
    ['its own key', KEY.replace('/9', '/5')],
    ['its own address', 'https://staging.api.example.com'],
    ['nothing', null],
    ['a number', 5],
    ['the mode that software runs in', { ASPNETCORE_ENVIRONMENT: 'Production', RAILS_ENV: 'production' }],
    ['prose', 'smaller than production'],
  ])('is not found with %s', (_, value) => {
    expect(foundBy('references', output('it', value))).toEqual([]);
  });
});

describe('a data source', () => {
  it.each<[string, string, StateInstance['attributes'], string]>([
    ['network', 'aws_vpc', { id: 'vpc-90000000000000002', cidr_block: '10.9.0.0/16' }, 'id'],
    ['key', 'aws_kms_key', { arn: KEY, key_id: 'alias/x' }, 'arn'],
    [
      'instances',
      'aws_instances',
      { filter: [{ name: 'tag:Environment', values: ['production'] }] },
      'filter[0].values[0]',
    ],
    [
      'state',
      'terraform_remote_state',
      { backend: 's3', config: { bucket: 'mht-api-terraform-state-production', key: 'x' } },
      'config.bucket',
    ],
  ])("that reads another environment's %s is found", (_, type, attributes, path) => {
    expect(foundBy('references', reading(type, attributes))).toEqual([
      expect.objectContaining({
        environment: 'staging',
        other: 'production',
        resource: `module.x.data.${type}.it`,
        message: `${path} of module.x.data.${type}.it refers to "production"`,
      }),
    ]);
  });

  it.each<[string, StateInstance['attributes']]>([
    ['aws_secretsmanager_secret', { arn: SECRET, id: SECRET }],
    ['aws_secretsmanager_secret_version', { arn: SECRET, secret_id: SECRET, secret_string: 'hunter2' }],
    ['aws_secretsmanager_secret_version', { secret_id: 'mht-api-production-application', secret_string: 'hunter2' }],
  ])("that reads another environment's secret is a secret used across: %s", (type, attributes) => {
    const [finding, ...others] = foundBy('encryption', reading(type, attributes));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ other: 'production', resource: `module.x.data.${type}.it` });
    expect(JSON.stringify(finding)).not.toContain('hunter2');
  });

  it('that reads a secret of its own which refers to another environment is a reference', () => {
    const attributes = {
      arn: OWN_SECRET,
      secret_id: OWN_SECRET,
      secret_string: '{"table":"mht-api-production-table"}',
    };
    const [finding] = foundBy('references', reading('aws_secretsmanager_secret_version', attributes));
    expect(finding?.message).toContain('secret_string.table of ');
  });

  it.each<[string, string, StateInstance['attributes']]>([
    ['its own', 'aws_vpc', { id: 'vpc-50000000000000002' }],
    ["nobody's", 'aws_ami', { id: 'ami-0123456789abcdef0', name: 'al2023' }],
    [
      'the zone that both have',
      'aws_route53_zone',
      { arn: 'arn:aws:route53:::hostedzone/Z1', name: 'api.example.com' },
    ],
    ['who deployed', 'aws_caller_identity', { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy-production/ada` }],
    ['tags', 'aws_default_tags', { tags: { Environment: 'production' } }],
  ])('is not found for reading %s', (_, type, attributes) => {
    expect(foundBy('references', reading(type, attributes))).toEqual([]);
  });
});
