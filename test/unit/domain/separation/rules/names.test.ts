import { describe, expect, it } from '@jest/globals';
import type { StateInstance } from '../../../../../src/domain/state.js';
import { type Changes, deployedOf, STAGING_PARTS } from '../../../../fakes/separated-environments.js';
import { resourceFact } from '../../../../fakes/separation-evidence.js';
import { foundBy } from '../judged.js';

const BALANCER = 'module.alb[0].aws_lb.app_lb';
const INSTANCE = 'module.compute.aws_instance.this[0]';
const ID = 'i-50000000000000001';
const location = { file: 'modules/load-balancer/main.tf', line: 9, column: 1 };
const own = { Environment: 'staging', Project: 'mht-api' };

const named = (address: string, attributes: StateInstance['attributes']): Changes => ({
  attributes: { staging: { [address]: attributes } },
});
const messages = (changes: Changes) => foundBy('names', changes).map(({ message }) => message);

describe('a name in a state', () => {
  it("without the environment's is found, with what it is, where it is written and how to mend it", () => {
    const configuration = { 'module.alb.aws_lb.app_lb': { location, countedBy: [] } };
    expect(foundBy('names', { ...named(BALANCER, { name: 'mht-api-lb' }), configuration })).toEqual([
      {
        environment: 'staging',
        other: null,
        resource: BALANCER,
        message: `${BALANCER} is named "mht-api-lb", which does not contain "staging"`,
        evidence: [`state: ${BALANCER} = "mht-api-lb"`],
        remedy:
          'name it after its own environment (local.name_prefix) in the configuration, then: mhtctl deploy staging',
        location,
      },
    ]);
  });

  it.each([
    ["another environment's", 'mht-api-production-lb', 'production'],
    ['both names', 'mht-api-staging-to-production', 'production'],
    ["the other's state bucket", 'mht-api-terraform-state-production', 'production'],
  ])('with %s is between the two', (_, name, other) => {
    const [finding, ...others] = foundBy('names', named(BALANCER, { name }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ other, message: `${BALANCER} is named "${name}", which names "${other}"` });
  });

  it.each([
    ['in capitals', 'mht-api-Staging-lb'],
    ['inside a longer word', 'mht-api-prestaging-lb'],
    ['abbreviated', 'mht-api-stag-lb'],
  ])("is no environment's when it is %s", (_, name) => {
    expect(messages(named(BALANCER, { name }))).toEqual([
      `${BALANCER} is named "${name}", which does not contain "staging"`,
    ]);
  });

  it.each<[string, string, StateInstance['attributes']]>([
    ['a table', 'module.database.aws_dynamodb_table.this', { name: 'orders' }],
    ['an alarm', 'module.monitoring.aws_cloudwatch_metric_alarm.load_balancer["alb-5xx"]', { alarm_name: 'alb-5xx' }],
    ['a bucket', 'module.storage.aws_s3_bucket.this["logs"]', { bucket: 'acme-logs' }],
    ['an instance by its tag', INSTANCE, { tags: { Name: 'web-0' } }],
    ['an alias', 'module.encryption.aws_kms_alias.this', { name: 'alias/data' }],
  ])('is where each type has it: %s', (_, address, attributes) => {
    expect(messages(named(address, attributes))).toHaveLength(1);
  });

  it.each<[string, StateInstance]>([
    [
      'a type whose names are not listed, by what its ARN and its name have in common',
      {
        address: 'aws_ecr_repository.this',
        type: 'aws_ecr_repository',
        attributes: { arn: 'arn:aws:ecr:us-east-1:111111111111:repository/mht-api', name: 'mht-api' },
      },
    ],
    [
      'a type never heard of',
      {
        address: 'aws_quantum_ledger.this',
        type: 'aws_quantum_ledger',
        attributes: { arn: 'arn:aws:quantum:us-east-1:111111111111:ledger/orders', name: 'orders' },
      },
    ],
  ])('is judged for %s', (_, instance) => {
    expect(messages({ instances: { staging: [instance] } })).toEqual([
      `${instance.address} is named "${instance.attributes['name']}", which does not contain "staging"`,
    ]);
  });

  it.each<[string, StateInstance]>([
    [
      'a role that AWS names',
      {
        address: 'aws_iam_service_linked_role.this',
        type: 'aws_iam_service_linked_role',
        attributes: {
          arn: 'arn:aws:iam::111111111111:role/aws-service-role/es.amazonaws.com/AWSServiceRoleForEs',
          name: 'AWSServiceRoleForEs',
        },
      },
    ],
    [
      'a name that is not in the ARN',
      {
        address: 'aws_route53_zone.this',
        type: 'aws_route53_zone',
        attributes: { arn: 'arn:aws:route53:::hostedzone/Z1', name: 'example.com' },
      },
    ],
    [
      'what is no AWS resource',
      { address: 'random_pet.this', type: 'random_pet', attributes: { id: 'mht-api', name: 'mht-api' } },
    ],
    [
      'a name that is no text',
      {
        address: 'aws_quantum_ledger.this',
        type: 'aws_quantum_ledger',
        attributes: { arn: 'arn:aws:quantum:us-east-1:111111111111:ledger/5', name: 5 },
      },
    ],
  ])('is not %s', (_, instance) => {
    expect(messages({ instances: { staging: [instance] } })).toEqual([]);
  });

  it('contains the name of its own environment, not of one whose name is a part of it', () => {
    const [eu, plain] = [deployedOf({ name: 'staging-eu', digit: '9' }), deployedOf(STAGING_PARTS)];
    const changes = (name: string, environment: string): Changes => ({
      deployed: [eu, plain],
      attributes: { [environment]: { [BALANCER]: { name } } },
    });
    expect(messages(changes('mht-api-staging-eu-lb', 'staging'))).toEqual([
      `${BALANCER} is named "mht-api-staging-eu-lb", which names "staging-eu"`,
    ]);
    expect(messages(changes('mht-api-staging-lb', 'staging-eu'))).toEqual([
      `${BALANCER} is named "mht-api-staging-lb", which names "staging"`,
    ]);
    expect(messages(changes('mht-api-staging-eureka', 'staging'))).toEqual([]);
  });
});

describe('a name in AWS', () => {
  const tagged = (Name: string, id = ID): Changes => ({ tags: { [id]: { ...own, Name } } });

  it.each([
    ["names another environment's", 'mht-api-production-3', 'names "production"', 'production'],
    ['is no more what the state says', 'web', 'does not contain "staging"', null],
  ])('that %s is found', (_, name, problem, other) => {
    const [finding, ...others] = foundBy('names', tagged(name));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      other,
      resource: INSTANCE,
      message: `${INSTANCE} is named "${name}" in AWS, which ${problem}`,
      evidence: [`AWS: ${ID} has the tag Name = ${JSON.stringify(name)}`],
    });
  });

  it.each([
    ['is what the state says', { ...tagged('mht-api-staging-0') }],
    ['is of another shape, but its own', tagged('staging web')],
    [
      'is a mere tag of what has a name',
      tagged('orders', 'arn:aws:dynamodb:us-east-1:111111111111:table/mht-api-staging-table'),
    ],
    ['is empty', tagged('')],
  ])('that %s is left alone', (_, changes) => {
    expect(messages(changes)).toEqual([]);
  });

  it("is found on what is in no state, when it names another environment's", () => {
    const tags = { ...own, Name: 'mht-api-production-scratch' };
    const disk = resourceFact('vol-0123456789abcdef0', { type: 'aws_ebs_volume', tags, partOf: ID });
    expect(messages({ resources: [disk] })).toEqual([
      'vol-0123456789abcdef0 is named "mht-api-production-scratch" in AWS, which names "production"',
    ]);
  });

  it('is of no account where nothing of the environment is to be there at all', () => {
    const tags = { ...own, Name: 'mht-api-production-scratch' };
    const queue = resourceFact('arn:aws:sqs:us-east-1:111111111111:scratch', { type: 'aws_sqs_queue', tags });
    expect(foundBy('orphans', { resources: [queue] })).toHaveLength(1);
  });

  it('is what its service says, whatever the inventory remembers', () => {
    const arn = `arn:aws:ec2:us-east-1:111111111111:instance/${ID}`;
    const stale = { arn, tags: { ...own, Name: 'mht-api-production-3' } };
    expect(messages({ inventory: [stale] })).toEqual([]);
  });
});
