import { describe, expect, it } from '@jest/globals';
import type { StateInstance } from '../../../../../src/domain/state.js';
import type { Changes } from '../../../../fakes/separated-environments.js';
import { checkOf, foundBy, judged } from '../judged.js';

const TABLE = 'module.database.aws_dynamodb_table.this';
const INSTANCE = 'module.compute.aws_instance.this[0]';
const TAG = 'module.compute.aws_ec2_tag.network_interface["0/Environment"]';
const arn = 'arn:aws:dynamodb:us-east-1:111111111111:table/mht-api-staging-table';
const VOLUME = 'vol-50000000000000008';
const location = { file: 'modules/database/main.tf', line: 3, column: 1 };
const foreign = { Environment: 'production', Project: 'mht-api' };

const inAws: Changes = { tags: { [arn]: foreign } };
const inState: Changes = { attributes: { staging: { [TABLE]: { tags_all: foreign } } } };

describe("another environment's tag", () => {
  it.each<[string, Changes, readonly string[]]>([
    ['in AWS', inAws, [`AWS: ${arn} has the tag Environment = "production"`]],
    ['in the state', inState, [`state: ${arn} has the tag Environment = "production"`]],
    [
      'in both',
      { ...inAws, ...inState },
      [`state: ${arn} has the tag Environment = "production"`, `AWS: ${arn} has the tag Environment = "production"`],
    ],
  ])('is found %s, once', (_, changes, evidence) => {
    const configuration = { [TABLE]: { location, countedBy: [] } };
    expect(foundBy('foreign-tags', { ...changes, configuration })).toEqual([
      {
        environment: 'staging',
        other: 'production',
        resource: TABLE,
        message: `${TABLE} is in the state of "staging" and tagged Environment = "production"`,
        evidence,
        remedy: `if it is of "staging": mhtctl deploy staging; if not: mhtctl terraform staging -- state rm '${TABLE}'`,
        location,
      },
    ]);
  });

  it.each<[string, Changes, string]>([
    ['a network', { tags: { 'vpc-50000000000000002': foreign } }, 'module.network.aws_vpc.this'],
    [
      'a role',
      { tags: { 'arn:aws:iam::111111111111:role/mht-api-staging-instance': foreign } },
      'module.identity.aws_iam_role.this',
    ],
    ['a volume of an instance', { tags: { [VOLUME]: foreign } }, INSTANCE],
    ['what one tag is put on', { attributes: { staging: { [TAG]: { value: 'production' } } } }, TAG],
    ['what only the inventory knows', { tags: { [arn]: undefined }, inventory: [{ arn, tags: foreign }] }, TABLE],
  ])('is found on %s', (_, changes, address) => {
    const resources = foundBy('foreign-tags', changes).map(({ resource }) => resource);
    expect(resources.length).toBeGreaterThan(0);
    expect(new Set(resources)).toEqual(new Set([address]));
  });

  it.each<[string, StateInstance['attributes'], string]>([
    ['its own tags alone', { tags: foreign }, TABLE],
    ['all tags alone', { tags: { Environment: 'staging' }, tags_all: foreign }, TABLE],
    ['both', { tags: foreign, tags_all: foreign }, TABLE],
    [
      "a volume's own tags alone",
      { root_block_device: [{ volume_id: VOLUME, tags: foreign, tags_all: { Environment: 'staging' } }] },
      INSTANCE,
    ],
  ])('is found in a state whose resource has it in %s', (_, attributes, address) => {
    const found = foundBy('foreign-tags', { attributes: { staging: { [address]: attributes } } });
    expect(found.map(({ resource }) => resource)).toEqual([address]);
  });

  it('leads nowhere from there: nothing follows from what is contested', () => {
    const peering = { kind: 'placed-in', from: arn, to: 'vpc-90000000000000002', where: 'x', source: 'aws' } as const;
    expect(foundBy('foreign-tags', { ...inAws, relations: [peering] })).toHaveLength(1);
  });

  it.each<[string, Changes]>([
    ['a near miss', { tags: { [arn]: { Environment: 'Production' } } }],
    ['an environment that is not compared', { tags: { [arn]: { Environment: 'training' } } }],
    ["its own environment's", { tags: { [arn]: { Environment: 'staging' } } }],
    ['no tag', { tags: { [arn]: {} } }],
  ])('is not %s', (_, changes) => {
    expect(checkOf(judged(changes), 'foreign-tags').findings).toEqual([]);
  });

  it('is not looked for on what is in both states', () => {
    const attributes = { arn, name: 'mht-api-staging-table', tags_all: { Environment: 'staging' } };
    const copy = { address: 'aws_dynamodb_table.copy', type: 'aws_dynamodb_table', attributes };
    const judgement = judged({ instances: { production: [copy] } });
    expect(checkOf(judgement, 'foreign-tags').findings).toEqual([]);
    expect(checkOf(judgement, 'shared-resources').findings).toHaveLength(1);
  });
});
