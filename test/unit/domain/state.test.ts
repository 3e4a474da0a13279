import { describe, expect, it } from '@jest/globals';
import { listOutput, parseState, stringOutput, visibleOutputs } from '../../../src/domain/state.js';
import { failureOf } from '../../fakes/failure.js';
import { stateWithOutputs } from '../../fakes/states.js';

const ORIGIN = 's3://bucket/key';
const BACK = ['list its versions: mhtctl state list staging', 'go back to one: mhtctl state restore staging VERSION'];

/** A state file as Terraform 1.11.4 writes it, with these members. */
function fileWith(members: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 12,
    lineage: 'b6a4ac35-6d3a-0c9f-8a4e-1f5b3f0c7d21',
    outputs: {},
    resources: [],
    check_results: null,
    ...members,
  });
}

const resource = (instances: readonly object[], members: Readonly<Record<string, unknown>> = {}) => ({
  mode: 'managed',
  type: 'aws_sqs_queue',
  name: 'this',
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: instances.map((instance) => ({ schema_version: 0, attributes: { url: 'u' }, ...instance })),
  ...members,
});

const addresses = (...resources: readonly object[]) =>
  parseState(fileWith({ resources }), ORIGIN).instances.map(({ address }) => address);

describe('a state', () => {
  it('says whose and how old it is', () => {
    expect(parseState(fileWith({}), ORIGIN)).toEqual({
      lineage: 'b6a4ac35-6d3a-0c9f-8a4e-1f5b3f0c7d21',
      serial: 12,
      terraformVersion: '1.11.4',
      outputs: {},
      instances: [],
      dataSources: [],
    });
  });

  it('names instances as Terraform does, by count and by for_each and in modules', () => {
    expect(
      addresses(
        resource([{}]),
        resource([{ index_key: 0 }, { index_key: 10 }], { name: 'counted' }),
        resource([{ index_key: 'feedback.fifo' }, { index_key: 'say "hi"' }], { module: 'module.queues["a"]' }),
        resource([{}], { module: 'module.alb[0].module.inner', type: 'aws_lb', name: 'app_lb' }),
      ),
    ).toEqual([
      'aws_sqs_queue.this',
      'aws_sqs_queue.counted[0]',
      'aws_sqs_queue.counted[10]',
      'module.queues["a"].aws_sqs_queue.this["feedback.fifo"]',
      'module.queues["a"].aws_sqs_queue.this["say \\"hi\\""]',
      'module.alb[0].module.inner.aws_lb.app_lb',
    ]);
  });

  it('keeps type and attributes of an instance', () => {
    const { instances } = parseState(fileWith({ resources: [resource([{}])] }), ORIGIN);
    expect(instances).toEqual([{ address: 'aws_sqs_queue.this', type: 'aws_sqs_queue', attributes: { url: 'u' } }]);
  });

  it('counts no data sources and no resource whose instances are gone', () => {
    expect(
      addresses(resource([{}], { mode: 'data', type: 'aws_caller_identity' }), resource([]), resource([{}])),
    ).toEqual(['aws_sqs_queue.this']);
  });

  it('keeps what was read apart from what it manages, but no documents that a resource has', () => {
    const data = { mode: 'data', type: 'aws_vpc', module: 'module.peering', name: 'other' };
    const document = { mode: 'data', type: 'aws_iam_policy_document' };
    const { instances, dataSources } = parseState(
      fileWith({ resources: [resource([{ index_key: 0 }], data), resource([{}], document), resource([{}])] }),
      ORIGIN,
    );
    expect(instances.map(({ address }) => address)).toEqual(['aws_sqs_queue.this']);
    expect(dataSources).toEqual([
      { address: 'module.peering.data.aws_vpc.other[0]', type: 'aws_vpc', attributes: { url: 'u' } },
    ]);
  });

  it('knows which outputs are sensitive', () => {
    const { outputs } = parseState(
      fileWith({
        outputs: {
          url: { value: 'https://x', type: 'string' },
          secret: { value: 's', type: 'string', sensitive: true },
        },
      }),
      ORIGIN,
    );
    expect(outputs).toEqual({
      url: { value: 'https://x', sensitive: false },
      secret: { value: 's', sensitive: true },
    });
  });

  it.each([[3], [5], ['4'], [null], [undefined]])('of version %j is refused, the version named', async (version) => {
    const failure = await failureOf(() => parseState(fileWith({ version }), ORIGIN));
    expect(failure).toMatchObject({ code: 'StateVersionUnknown', exitCode: 5 });
    expect(failure.message).toContain(`${ORIGIN} has version ${JSON.stringify(version ?? null)}`);
  });

  it.each([['null'], ['[]'], ['4'], ['"text"']])('that is the JSON %s is refused', async (text) => {
    expect(await failureOf(() => parseState(text, ORIGIN, 'staging'))).toMatchObject({
      code: 'StateVersionUnknown',
      exitCode: 5,
    });
  });

  it('has no instances of a resource whose list is null, as an empty one may be written', () => {
    expect(addresses(resource([], { instances: null }))).toEqual([]);
  });

  const whole = fileWith({ resources: [resource([{}])] });
  it.each([
    ['empty', ''],
    ['garbage', '\u0000\u0001'],
    ['an HTML page', '<html></html>'],
    ['cut off after half', whole.slice(0, whole.length / 2)],
    ['cut off before the last character', whole.slice(0, -1)],
  ])('that is %s is refused, its place and length named', async (_, text) => {
    const failure = await failureOf(() => parseState(text, ORIGIN, 'staging'));
    expect(failure).toMatchObject({ code: 'StateUnreadable', exitCode: 5 });
    expect(failure.message).toContain(ORIGIN);
    expect(failure.message).toContain(`${text.length} characters`);
    expect(failure.nextSteps).toEqual(BACK);
  });

  it.each([
    ['resources', { resources: 'x' }],
    ['resources', { resources: {} }],
    ['resources', { resources: [null] }],
    ['resources', { resources: ['x'] }],
    ['resources', { resources: [{ mode: 'managed', instances: [] }] }],
    ['instances', { resources: [resource([{}], { instances: 'x' })] }],
    ['instances', { resources: [resource([{}], { instances: [null] })] }],
    ['outputs', { outputs: 'x' }],
    ['outputs', { outputs: [] }],
    ['outputs', { outputs: { url: 'x' } }],
    ['outputs', { outputs: { url: null } }],
    ['serial', { serial: '7' }],
    ['lineage', { lineage: 7 }],
  ])('whose %s are not what Terraform writes is refused: %j', async (what, members) => {
    const failure = await failureOf(() => parseState(fileWith(members), ORIGIN, 'staging'));
    expect(failure).toMatchObject({
      code: 'StateUnreadable',
      exitCode: 5,
      nextSteps: BACK,
    });
    expect(failure.message).toContain(`${ORIGIN} `);
    expect(failure.message).toContain(what);
  });
});

describe('outputs', () => {
  const state = stateWithOutputs({ url: 'https://x', empty: '', number: 5, list: ['a', 1, 'b', null], none: null });

  it('are shown with the sensitive ones hidden', () => {
    const secret = { value: 's3cr3t', sensitive: true };
    const visible = visibleOutputs({ ...state, outputs: { ...state.outputs, secret } });
    expect(visible).toMatchObject({ url: 'https://x', number: 5, secret: '(sensitive)' });
    expect(JSON.stringify(visible)).not.toContain('s3cr3t');
  });

  it('are none before the first deployment', () => {
    expect(visibleOutputs(null)).toEqual({});
    expect(stringOutput(null, 'url')).toBeUndefined();
    expect(listOutput(null, 'list')).toEqual([]);
  });

  it.each([
    ['url', 'https://x'],
    ['empty', undefined],
    ['number', undefined],
    ['list', undefined],
    ['none', undefined],
    ['missing', undefined],
  ])('"%s" is the string %j', (name, expected) => {
    expect(stringOutput(state, name)).toBe(expected);
  });

  it.each([
    ['list', ['a', 'b']],
    ['url', []],
    ['none', []],
    ['missing', []],
  ])('"%s" is the list %j', (name, expected) => {
    expect(listOutput(state, name)).toEqual(expected);
  });
});
