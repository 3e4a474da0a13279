import { describe, expect, it } from '@jest/globals';
import { parsePlanJson } from '../../../src/domain/plan-json.js';
import { failureOf } from '../../fakes/failure.js';

interface Entry {
  readonly address?: string;
  readonly mode?: 'managed' | 'data';
  readonly previous_address?: string;
  readonly action_reason?: string;
  readonly change: Readonly<Record<string, unknown>>;
}

/** What `terraform show -json` of Terraform 1.11.4 prints for a plan, with these entries and further members. */
function documentWith(entries: readonly Entry[], members: Readonly<Record<string, unknown>> = {}) {
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: { environment: { value: 'staging' }, instance_count: { value: 1 } },
    planned_values: { root_module: {} },
    resource_drift: [
      {
        address: 'aws_dynamodb_table.drifted',
        mode: 'managed',
        type: 'aws_dynamodb_table',
        name: 'drifted',
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: { actions: ['update'], before: { tags: null }, after: { tags: {} }, after_unknown: {} },
      },
    ],
    resource_changes: entries.map((entry) => ({
      address: 'aws_sqs_queue.this',
      mode: 'managed',
      type: 'aws_sqs_queue',
      name: 'this',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      ...entry,
    })),
    output_changes: {},
    configuration: {},
    relevant_attributes: [],
    timestamp: '2026-11-23T10:00:00Z',
    applyable: true,
    complete: true,
    errored: false,
    ...members,
  };
}

const parse = (...entries: readonly Entry[]) => parsePlanJson(documentWith(entries)).changes;

const NO_OP = { actions: ['no-op'], before: { name: 'q' }, after: { name: 'q' }, after_unknown: {} };
const CREATE = {
  actions: ['create'],
  before: null,
  after: { name: 'mht-api-staging-q', tags_all: { Environment: 'staging' } },
  after_unknown: { arn: true, id: true },
  before_sensitive: false,
  after_sensitive: { tags_all: {} },
};

describe('the JSON of a plan', () => {
  it('tells the environment and the version it was made with', () => {
    expect(parsePlanJson(documentWith([]))).toEqual({
      environment: 'staging',
      terraformVersion: '1.11.4',
      drift: [expect.objectContaining({ address: 'aws_dynamodb_table.drifted', actions: ['update'] })],
      changes: [],
      unchanged: [],
      outputChanges: [],
    });
  });

  it.each([
    ['eu-west-1', { aws_region: { value: 'eu-west-1' } }],
    [undefined, {}],
    [undefined, { aws_region: { value: null } }],
  ])('tells the region %j it was made for', (region, variables) => {
    expect(parsePlanJson(documentWith([], { variables })).region).toBe(region);
  });

  it.each([[undefined], [{}], [{ environment: { value: 7 } }], [{ environment: {} }]])(
    'has no environment when its variables are %j',
    (variables) => {
      expect(parsePlanJson(documentWith([], { variables })).environment).toBeUndefined();
    },
  );

  it('becomes a change with everything that is judged later', () => {
    expect(parse({ address: 'module.q["a.b"].aws_sqs_queue.this[0]', change: CREATE })).toEqual([
      {
        address: 'module.q["a.b"].aws_sqs_queue.this[0]',
        type: 'aws_sqs_queue',
        actions: ['create'],
        before: null,
        after: { name: 'mht-api-staging-q', tags_all: { Environment: 'staging' } },
        afterUnknown: { arn: true, id: true },
        beforeSensitive: false,
        afterSensitive: { tags_all: {} },
        reasons: [],
        previousAddress: undefined,
        importId: undefined,
      },
    ]);
  });

  it('leaves out what stays, what is only read, and what drifted', () => {
    expect(
      parse(
        { change: NO_OP },
        {
          address: 'data.aws_iam_policy_document.this',
          mode: 'data',
          action_reason: 'read_because_config_unknown',
          change: { actions: ['read'], before: null, after: {}, after_unknown: { json: true } },
        },
      ),
    ).toEqual([]);
  });

  it('keeps apart what stays as it is, for what it costs', () => {
    const { changes, unchanged } = parsePlanJson(
      documentWith([
        { change: NO_OP },
        { address: 'aws_sqs_queue.new', change: CREATE },
        { address: 'data.aws_region.this', mode: 'data', change: NO_OP },
        { address: 'aws_sqs_queue.moved', previous_address: 'aws_sqs_queue.old', change: NO_OP },
      ]),
    );
    expect(unchanged).toEqual([{ address: 'aws_sqs_queue.this', type: 'aws_sqs_queue', attributes: { name: 'q' } }]);
    expect(changes.map(({ address }) => address)).toEqual(['aws_sqs_queue.new', 'aws_sqs_queue.moved']);
  });

  it('keeps a move and an import, although nothing happens to the object', () => {
    const [moved, imported] = parse(
      { previous_address: 'aws_sqs_queue.old', change: NO_OP },
      { change: { ...NO_OP, importing: { id: 'https://sqs/q' } } },
    );
    expect(moved).toMatchObject({
      actions: ['no-op'],
      previousAddress: 'aws_sqs_queue.old',
      reasons: ['moved from aws_sqs_queue.old'],
    });
    expect(imported).toMatchObject({ actions: ['no-op'], importId: 'https://sqs/q', previousAddress: undefined });
  });

  it('says which attributes force a replacement, rather than that some do', () => {
    const [change] = parse({
      action_reason: 'replace_because_cannot_update',
      change: {
        actions: ['delete', 'create'],
        before: { name: 'a', fifo_queue: false },
        after: { name: 'b', fifo_queue: true },
        after_unknown: { arn: true },
        replace_paths: [['name'], ['fifo_queue'], ['rule', 0, 'id']],
      },
    });
    expect(change?.reasons[0]).toBe('name, fifo_queue, rule.0.id cannot be changed in place');
  });

  it('says the reason of Terraform where no attribute is to blame', () => {
    const [change] = parse({
      action_reason: 'delete_because_no_resource_config',
      change: { actions: ['delete'], before: { name: 'a' }, after: null, after_unknown: {} },
    });
    expect(change?.reasons).toEqual(['delete because no resource config']);
  });

  it('names the attributes that change, sorted, but neither equal nor computed ones nor the echo of the tags', () => {
    const [change] = parse({
      change: {
        actions: ['update'],
        before: { visibility: 30, delay: 0, policy: { a: 1, b: 2 }, arn: 'x', tags: { A: '1' }, tags_all: { A: '1' } },
        after: { visibility: 60, delay: 0, policy: { b: 2, a: 1 }, tags: { A: '2' }, tags_all: { A: '2' }, extra: 1 },
        after_unknown: { arn: true },
      },
    });
    expect(change?.reasons).toEqual(['changes extra, tags, visibility']);
  });

  it.each([
    [4, 'changes a, b, c, d'],
    [5, 'changes a, b, c, d and 1 more'],
    [7, 'changes a, b, c, d and 3 more'],
  ])('counts attributes above four: %d of them', (count, reason) => {
    const valued = (value: number) => Object.fromEntries([...'abcdefg'.slice(0, count)].map((name) => [name, value]));
    const [change] = parse({ change: { actions: ['update'], before: valued(1), after: valued(2), after_unknown: {} } });
    expect(change?.reasons).toEqual([reason]);
  });

  it('keeps outputs that change, and which of them are sensitive', () => {
    const { outputChanges } = parsePlanJson(
      documentWith([], {
        output_changes: {
          url: { actions: ['update'], before: 'a', after: 'b', after_unknown: false, after_sensitive: false },
          secret: { actions: ['create'], before: null, after: 's', after_unknown: false, after_sensitive: true },
          gone: { actions: ['delete'], before: 'a', after: null, after_unknown: false, after_sensitive: false },
          same: { actions: ['no-op'], before: 'a', after: 'a', after_unknown: false, after_sensitive: false },
        },
      }),
    );
    expect(outputChanges).toEqual([
      { name: 'url', actions: ['update'], after: 'b', sensitive: false },
      { name: 'secret', actions: ['create'], after: 's', sensitive: true },
      { name: 'gone', actions: ['delete'], after: null, sensitive: false },
    ]);
  });

  it('may leave out what an empty plan has not', () => {
    expect(parsePlanJson({ format_version: '1.0' })).toEqual({
      environment: undefined,
      terraformVersion: '',
      drift: [],
      changes: [],
      unchanged: [],
      outputChanges: [],
    });
  });

  it.each([['1.0'], ['1.2'], ['1.99']])('is read in format %s', (format_version) => {
    expect(parsePlanJson(documentWith([{ change: CREATE }], { format_version })).changes).toHaveLength(1);
  });
});

describe('a plan that cannot be judged', () => {
  it.each([['2.0'], ['0.2'], ['10.0'], [1.2], [null]])('has format version %j', async (format_version) => {
    const failure = await failureOf(() => parsePlanJson(documentWith([], { format_version })));
    expect(failure).toMatchObject({ code: 'PlanUnreadable', exitCode: 5 });
    expect(failure.message).toContain(JSON.stringify(format_version));
  });

  it.each([[null], ['text'], [[]], [{}], [undefined]])('is %j', async (document) => {
    expect(await failureOf(() => parsePlanJson(document))).toMatchObject({ code: 'PlanUnreadable', exitCode: 5 });
  });

  it('is one that Terraform did not finish', async () => {
    const failure = await failureOf(() => parsePlanJson(documentWith([{ change: CREATE }], { errored: true })));
    expect(failure).toMatchObject({ code: 'PlanErrored', exitCode: 5 });
  });
});
