import { describe, expect, it } from '@jest/globals';
import { environmentTags } from '../../../../../src/domain/separation/rules/environment-tags.js';
import type { StateInstance } from '../../../../../src/domain/state.js';
import { bindingOf } from '../../../../fakes/bindings.js';
import { type Changes, deployedOf, PRODUCTION_PARTS, STAGING_PARTS } from '../../../../fakes/separated-environments.js';
import { evidenceOf, resourceFact, ruleInput } from '../../../../fakes/separation-evidence.js';
import { checkOf, foundBy, judged } from '../judged.js';

const TABLE = 'module.database.aws_dynamodb_table.this';
const INSTANCE = 'module.compute.aws_instance.this[0]';
const arn = 'arn:aws:dynamodb:us-east-1:111111111111:table/mht-api-staging-table';
const [VOLUME, INTERFACE, ACL] = ['vol-50000000000000008', 'eni-50000000000000007', 'acl-5000000000000001a'];
const project = { Project: 'mht-api' };
const configuration = {
  [TABLE]: { location: { file: 'modules/database/main.tf', line: 3, column: 1 }, countedBy: [] },
};
const live = (tags: Readonly<Record<string, string>>, id = arn): Changes => ({ tags: { [id]: tags } });
const inState = (tags: StateInstance['attributes'] | null, address = TABLE): Changes => ({
  attributes: { staging: { [address]: { tags_all: tags } } },
});

describe('a tag', () => {
  it('that is missing in AWS is found, with what was expected, where it is written and how to mend it', () => {
    expect(foundBy('environment-tags', { ...live({ Name: 'x' }), configuration })).toEqual([
      {
        environment: 'staging',
        other: null,
        resource: TABLE,
        message: `${TABLE} has no tag Environment; expected "staging"`,
        evidence: [`AWS: has no tag Environment (${arn})`],
        remedy: `mhtctl deploy staging; if it is not planned there: aws resourcegroupstaggingapi tag-resources --resource-arn-list ${arn} --tags Environment=staging`,
        location: { file: 'modules/database/main.tf', line: 3, column: 1 },
      },
    ]);
  });

  it.each([
    ['in capitals', 'Staging', true],
    ['that shouts', 'STAGING', true],
    ['abbreviated', 'stag', true],
    ['with a space behind it', 'staging ', true],
    ['with a tab before it', '\tstaging', true],
    ['with two letters swapped', 'satging', true],
    ['contracted', 'stg', true],
    ['contracted, in capitals', 'STGNG', true],
    ['that only begins like it', 'sth', false],
    ['with its letters in another order', 'sgt', false],
    ['that is empty', '', false],
    ['of something else', 'shared', false],
    ['of an environment nobody compares', 'staging-eu', false],
    ['with a number', 'staging2', false],
  ])('%s is found in AWS and in the state: %j', (_, value, isNear) => {
    const message = `${TABLE} has the tag Environment = ${JSON.stringify(value)}; expected "staging"${isNear ? ', a near miss' : ''}`;
    for (const changes of [live({ Environment: value }), inState({ Environment: value })]) {
      expect(foundBy('environment-tags', changes).map((finding) => finding.message)).toEqual([message]);
    }
  });

  it.each([
    ['environment', '"environment" = "staging"'],
    ['ENV', '"ENV" = "staging"'],
    ['Enviroment', '"Enviroment" = "staging"'],
    ['Environmnet', '"Environmnet" = "staging"'],
    ['Environment ', '"Environment " = "staging"'],
  ])('with the key %j is found', (key, said) => {
    const [finding] = foundBy('environment-tags', live({ [key]: 'staging' }));
    expect(finding?.message).toBe(`${TABLE} has no tag Environment, but ${said}; expected "staging"`);
  });

  it('is read whatever its key is named after', () => {
    expect(foundBy('environment-tags', live({ Environment: 'staging', environment: 'production', env: 'x' }))).toEqual(
      [],
    );
  });

  it.each([
    ['no tags', {}],
    ['tags that are null', null],
    ['a tag that is null', { Environment: null }],
    ['a tag that is a number', { Environment: 5 }],
  ])('is missed in a state with %s', (_, tags) => {
    expect(foundBy('environment-tags', inState(tags))).toHaveLength(1);
  });

  it.each<[string, StateInstance['attributes']]>([
    ['only those of its own, without the default', { tags: { Name: 'x' } }],
    ['null for its own', { tags: null }],
  ])('is missed in a state that has %s, and does not have them all', (_, tags) => {
    const changes = { attributes: { staging: { [TABLE]: { tags_all: undefined as unknown as null, ...tags } } } };
    expect(foundBy('environment-tags', changes)).toHaveLength(1);
  });

  it('is read from its own tags where a state has those alone, as old ones do', () => {
    const tags = { tags_all: undefined as unknown as null, tags: { Environment: 'staging' } };
    expect(foundBy('environment-tags', { attributes: { staging: { [TABLE]: tags } } })).toEqual([]);
  });

  it('is a near miss in either of the two lists of a state', () => {
    const own = { attributes: { staging: { [TABLE]: { tags: { Environment: 'Staging' } } } } };
    const all = {
      attributes: { staging: { [TABLE]: { tags: { Environment: 'staging' }, tags_all: { Environment: 'Staging' } } } },
    };
    for (const changes of [own, all])
      expect(foundBy('environment-tags', changes).map(({ message }) => message)).toEqual([
        `${TABLE} has the tag Environment = "Staging"; expected "staging", a near miss`,
      ]);
  });

  it('that is wrong in the state and in AWS is one finding with both lines', () => {
    const [finding, ...others] = foundBy('environment-tags', { ...live({}), ...inState({ Environment: 'stag' }) });
    expect(others).toEqual([]);
    expect(finding?.evidence).toEqual([
      `state: has the tag Environment = "stag" (${arn})`,
      `AWS: has no tag Environment (${arn})`,
    ]);
  });

  it("of another environment is another rule's", () => {
    const judgement = judged(live({ Environment: 'production' }));
    expect(checkOf(judgement, 'environment-tags').findings).toEqual([]);
    expect(checkOf(judgement, 'foreign-tags').status).toBe('fail');
  });

  it.each<[string, string, string]>([
    [VOLUME, 'aws ec2 create-tags --resources vol-50000000000000008 --tags Key=Environment,Value=staging', INSTANCE],
    [
      'arn:aws:iam::111111111111:role/mht-api-staging-instance',
      'aws iam tag-role --role-name mht-api-staging-instance --tags Key=Environment,Value=staging',
      'module.identity.aws_iam_role.this',
    ],
    [
      'arn:aws:iam::111111111111:instance-profile/mht-api-staging-instance',
      'aws iam tag-instance-profile --instance-profile-name mht-api-staging-instance --tags Key=Environment,Value=staging',
      'module.identity.aws_iam_instance_profile.this',
    ],
  ])('of %s is mended by its own service', (id, command, address) => {
    const [finding] = foundBy('environment-tags', live({}, id));
    expect(finding?.remedy.split('planned there: ')[1]).toBe(command);
    expect(finding?.resource).toBe(address);
  });
});

describe('what is tagged with a resource', () => {
  it.each([
    ['a volume without the tag that its block has', live({}, VOLUME), `${VOLUME} of ${INSTANCE}`],
    ['a volume with a near miss', live({ Environment: 'Staging' }, VOLUME), `${VOLUME} of ${INSTANCE}`],
    ['a default ACL with a near miss', live({ Environment: 'Staging' }, ACL), `${ACL} of module.network.aws_vpc.this`],
  ])('is found: %s', (_, changes, shown) => {
    const [finding, ...others] = foundBy('environment-tags', changes);
    expect(others).toEqual([]);
    expect(finding?.message.startsWith(`${shown} has `)).toBe(true);
  });

  it('is what a single tag is put on', () => {
    const tag = 'module.compute.aws_ec2_tag.network_interface["0/Environment"]';
    const findings = foundBy('environment-tags', live({ Name: 'x' }, INTERFACE));
    expect(findings.map(({ resource }) => resource)).toEqual([tag]);
    const wrong = { attributes: { staging: { [tag]: { value: 'Staging' } } } };
    expect(foundBy('environment-tags', wrong).map(({ message }) => message)).toEqual([
      `${INTERFACE} of ${tag} has the tag Environment = "Staging"; expected "staging", a near miss`,
    ]);
  });

  it('is every volume, when an instance tags them all at once', () => {
    const volume = { volume_id: VOLUME, tags_all: {} };
    const attributes = { root_block_device: [volume], volume_tags: { Environment: 'stag' } };
    const [finding] = foundBy('environment-tags', { attributes: { staging: { [INSTANCE]: attributes } } });
    expect(finding?.evidence).toEqual([`state: has the tag Environment = "stag" (${VOLUME})`]);
  });

  it('is nothing that AWS made and nobody tagged', () => {
    expect(foundBy('environment-tags', live({ Name: 'default' }, ACL))).toEqual([]);
  });
});

describe('an Auto Scaling group', () => {
  const group = (tag: StateInstance['attributes'][string]): Changes => ({
    instances: {
      staging: [
        {
          address: 'aws_autoscaling_group.this',
          type: 'aws_autoscaling_group',
          attributes: {
            arn: 'arn:aws:autoscaling:us-east-1:111111111111:autoScalingGroup:1:autoScalingGroupName/mht-api-staging',
            name: 'mht-api-staging',
            tag,
          },
        },
      ],
    },
    tags: {
      'arn:aws:autoscaling:us-east-1:111111111111:autoScalingGroup:1:autoScalingGroupName/mht-api-staging': {
        Environment: 'staging',
      },
    },
  });

  it.each<[string, StateInstance['attributes'][string], number]>([
    ['with its tag in a block', [{ key: 'Environment', value: 'staging', propagate_at_launch: true }], 0],
    ['with a near miss in a block', [{ key: 'Environment', value: 'Staging' }], 1],
    ['with another tag', [{ key: 'Name', value: 'x' }], 1],
    ['without tags', [], 1],
    ['with tags of an odd shape', ['Environment', null, { value: 'staging' }], 1],
  ])('%s', (_, tag, count) => {
    expect(foundBy('environment-tags', group(tag))).toHaveLength(count);
  });
});

describe('what is in no state', () => {
  const queue = 'arn:aws:sqs:us-east-1:111111111111:mht-api-staging-tmp';

  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['a near miss of an environment', { ...project, Environment: 'Production' }, 'production'],
    ['an abbreviation', { ...project, Environment: 'prod' }, 'production'],
    ['a contraction', { ...project, Environment: 'PRD' }, 'production'],
    ['a key that is nearly the tag', { ...project, environment: 'staging' }, 'staging'],
    ['a near miss in another project', { Project: 'other', Environment: 'prod' }, undefined],
    ["a near miss in no project, and the project's name", { Environment: 'prod' }, 'production'],
    ["a key in small letters, and the project's name", { environment: 'staging' }, 'staging'],
    ['a slip in the key', { ...project, Enviroment: 'staging' }, 'staging'],
    ['a key that is another word', { ...project, Envelopment: 'staging' }, undefined],
    ['a name that is near, of an environment nobody compares', { ...project, Environment: 'staging-eu' }, undefined],
    ['a longer word', { ...project, Environment: 'preproduction' }, undefined],
    ['something else', { ...project, Environment: 'shared' }, undefined],
    ['no tag of an environment', project, undefined],
  ])('with %s', (_, tags, environment) => {
    const expected = environment === undefined ? [] : [environment];
    const found = { type: 'aws_sqs_queue', name: 'mht-api-tmp', tags };
    for (const changes of [{ inventory: [{ arn: queue, tags }] }, { resources: [resourceFact(queue, found)] }]) {
      const findings = foundBy('environment-tags', changes);
      expect(findings.map((finding) => finding.environment)).toEqual(expected);
      expect(findings.map(({ resource }) => resource)).toEqual(expected.map(() => queue));
    }
  });
});

describe('a tag in capitals', () => {
  it('means the environment of that name before one that it abbreviates', () => {
    const names = ['prod', 'production'];
    const tags = { Environment: 'PROD', Project: 'mht-api' };
    const input = ruleInput(
      evidenceOf({
        bindings: names.map((name) => bindingOf(name)),
        resources: [resourceFact('vpc-0123456789abcdef0', { tags })],
      }),
    );
    expect([...environmentTags.find(input)].map(({ environment }) => environment)).toEqual(['prod']);
  });
});

describe('what is in no state and says of no project', () => {
  it.each([
    ['sg-0123456789abcdef0', 'mht-api-staging-debug', ['sg-0123456789abcdef0']],
    ['sg-0123456789abcdef0', 'other-staging-debug', []],
    ['sg-0123456789abcdef0', 'mht-apis-staging-debug', []],
    ['arn:aws:sqs:us-east-1:111111111111:other-staging', undefined, []],
  ])('is %s, named %s', (id, name, expected) => {
    const stray = resourceFact(id, { type: 'aws_security_group', name, tags: { Environment: 'Staging' } });
    expect(foundBy('environment-tags', { resources: [stray] }).map(({ resource }) => resource)).toEqual(expected);
  });
});

describe('tags that nobody told', () => {
  it('leave the check open, resource by resource', () => {
    const { status, gaps } = checkOf(judged({ tags: { [arn]: undefined, [VOLUME]: undefined } }), 'environment-tags');
    expect(status).toBe('unknown');
    expect(gaps.map(({ environments, subject }) => [environments, subject])).toEqual([
      [['staging'], `${VOLUME} of ${INSTANCE}`],
      [['staging'], TABLE],
    ]);
  });

  it('are told by the inventory where the service does not tell them', () => {
    const tags = { Environment: 'staging', ...project };
    expect(checkOf(judged({ tags: { [arn]: undefined }, inventory: [{ arn, tags }] }), 'environment-tags').status).toBe(
      'pass',
    );
  });

  it('are not missed of what is not there', () => {
    expect(checkOf(judged({ gone: [arn] }), 'environment-tags').gaps).toEqual([]);
  });

  it('are of every environment', () => {
    const deployed = [STAGING_PARTS, PRODUCTION_PARTS].map((parts) => deployedOf(parts));
    const ids = deployed.map(
      ({ environment }) => `vpc-${environment.binding.name === 'staging' ? 5 : 9}0000000000000002`,
    );
    const { gaps } = checkOf(
      judged({ tags: Object.fromEntries(ids.map((id) => [id, undefined])) }),
      'environment-tags',
    );
    expect(gaps.map(({ environments }) => environments)).toEqual([['production'], ['staging']]);
  });
});
