import { describe, expect, it } from '@jest/globals';
import type { HclValue } from '../../../../../src/domain/hcl-value.js';
import type {
  ConfiguredResource,
  EnvironmentEvidence,
  Evidence,
} from '../../../../../src/domain/separation/evidence.js';
import { NO_FACTS } from '../../../../../src/domain/separation/facts.js';
import { Ownership } from '../../../../../src/domain/separation/ownership.js';
import { parity } from '../../../../../src/domain/separation/rules/parity.js';
import { bindingOf } from '../../../../fakes/bindings.js';
import { stateOf } from '../../../../fakes/states.js';

/** An environment whose state has these addresses; null for no state. */
function environment(
  name: string,
  addresses: readonly string[] | null,
  variables: Readonly<Record<string, HclValue>> = {},
): EnvironmentEvidence {
  const instances = (addresses ?? []).map((address) => ({ address, type: 'aws_x', attributes: {} }));
  const object = { state: stateOf({ instances }), versionId: null, kmsKeyArn: null, digest: 'sha256:0' };
  return {
    binding: bindingOf(name, { variables: { environment: name, ...variables } }),
    identity: null,
    state: addresses === null ? null : object,
  };
}

function judge(environments: readonly EnvironmentEvidence[], blocks: Readonly<Record<string, readonly string[]>>) {
  const configuration = new Map<string, ConfiguredResource>(
    Object.entries(blocks).map(([address, countedBy], index) => [
      address,
      { location: { file: 'main.tf', line: index + 1, column: 1 }, countedBy },
    ]),
  );
  const evidence: Evidence = {
    environments,
    inventory: new Map(),
    facts: NO_FACTS,
    live: NO_FACTS,
    unread: [],
    configuration,
  };
  const names = environments.map(({ binding }) => binding.name);
  const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const));
  const input = { evidence, ownership: new Ownership(evidence), pairs };
  return { findings: parity.find(input), open: parity.open?.(input) ?? [] };
}

const QUEUES = ['module.q.aws_x.this["a"]', 'module.q.aws_x.this["b"]'] as const;

describe('parity', () => {
  it('is no violation', () => {
    expect(parity).toMatchObject({ id: 'parity', informational: true, needs: ['state'] });
  });

  it('finds nothing where both have the same, in any order', () => {
    const environments = [environment('one', QUEUES), environment('two', [...QUEUES].reverse())];
    expect(judge(environments, { 'module.q.aws_x.this': [] })).toEqual({ findings: [], open: [] });
  });

  it('finds a block that one lacks, with all of its instances in one finding', () => {
    const { findings, open } = judge([environment('one', []), environment('two', QUEUES)], {
      'aws_y.this': [],
      'module.q.aws_x.this': ['queues'],
    });
    expect(findings).toEqual([
      {
        message: `"one" lacks ${QUEUES[0]}, ${QUEUES[1]}, which "two" has; no variable explains it`,
        environment: 'one',
        other: 'two',
        resource: QUEUES[0],
        evidence: [
          `state of "two": ${QUEUES[0]}`,
          `state of "two": ${QUEUES[1]}`,
          'main.tf:2: the number of module.q.aws_x.this depends on queues, the same in both',
        ],
        remedy: 'see whether a deployment makes it: mhtctl plan one; or takes it away there: mhtctl plan two',
        location: { file: 'main.tf', line: 2, column: 1 },
      },
    ]);
    expect(open).toEqual([]);
  });

  it.each([
    ['instance 2 before instance 10', ['aws_x.y[10]', 'aws_x.y[2]'], ['aws_x.y[2]', 'aws_x.y[10]']],
    [
      'modules likewise',
      ['module.m[10].aws_x.y', 'module.m[9].aws_x.y'],
      ['module.m[9].aws_x.y', 'module.m[10].aws_x.y'],
    ],
    ['keys of one number each, in one order', ['aws_x.y["1"]', 'aws_x.y["01"]'], ['aws_x.y["01"]', 'aws_x.y["1"]']],
  ])('names %s', (_, addresses, sorted) => {
    for (const given of [addresses, [...addresses].reverse()]) {
      const { findings } = judge([environment('one', []), environment('two', given)], {
        'aws_x.y': [],
        'module.m.aws_x.y': [],
      });
      expect(findings.map(({ evidence }) => evidence.slice(0, -1))).toEqual([
        sorted.map((address) => `state of "two": ${address}`),
      ]);
    }
  });

  it('finds one instance that one lacks, whichever of the two it is', () => {
    const { findings } = judge([environment('one', QUEUES), environment('two', [QUEUES[1]])], {
      'module.q.aws_x.this': [],
    });
    expect(findings).toMatchObject([{ environment: 'two', other: 'one', resource: QUEUES[0] }]);
    expect(findings[0]?.evidence).toContain('main.tf:1: the number of module.q.aws_x.this depends on no variable');
  });

  it('says in one finding what each of the two lacks', () => {
    const { findings } = judge([environment('one', [QUEUES[0]]), environment('two', [QUEUES[1]])], {
      'module.q.aws_x.this': [],
    });
    expect(findings.map(({ message }) => message)).toEqual([
      `"one" lacks ${QUEUES[1]}, which "two" has, and "two" lacks ${QUEUES[0]}; no variable explains it`,
    ]);
  });

  it('finds it for every two environments, and each block by itself', () => {
    const { findings } = judge(
      [environment('one', ['aws_x.a']), environment('two', ['aws_x.a', 'aws_x.b']), environment('three', ['aws_x.b'])],
      { 'aws_x.a': [], 'aws_x.b': [] },
    );
    expect(findings.map(({ environment, other, resource }) => `${environment} ${other} ${resource}`)).toEqual([
      'one two aws_x.b',
      'three one aws_x.a',
      'one three aws_x.b',
      'three two aws_x.a',
    ]);
  });

  it.each<[string, HclValue | undefined, HclValue | undefined, number]>([
    ['another number', 1, 3, 0],
    ['a value in one file alone', true, undefined, 0],
    ['another key', { a: 1 }, { b: 1 }, 0],
    ['another order of a list', ['a', 'b'], ['b', 'a'], 0],
    ['the same number', 3, 3, 1],
    ['the same keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, 1],
    ['nothing in both files', undefined, undefined, 1],
  ])('takes %s of a variable that counts: %j and %j leave %d finding(s)', (_, one, two, expected) => {
    const variables = (value: HclValue | undefined) => (value === undefined ? {} : { queues: value });
    const environments = [environment('one', [], variables(one)), environment('two', QUEUES, variables(two))];
    expect(judge(environments, { 'module.q.aws_x.this': ['project_name', 'queues'] }).findings).toHaveLength(expected);
  });

  it('is not explained by a variable that counts something else', () => {
    const environments = [environment('one', [], { size: 1 }), environment('two', QUEUES, { size: 2 })];
    expect(judge(environments, { 'module.q.aws_x.this': ['queues'] }).findings).toHaveLength(1);
  });

  it('finds what is left over of a block that is gone, once for each environment', () => {
    const left = ['aws_x.gone[0]', 'aws_x.gone[1]'];
    const { findings } = judge([environment('one', left), environment('two', []), environment('three', left)], {
      'aws_x.other': [],
    });
    expect(findings).toMatchObject([
      {
        message: 'aws_x.gone is in the state of "one" and no longer in the configuration',
        environment: 'one',
        other: null,
        resource: 'aws_x.gone[0]',
        evidence: ['state of "one": aws_x.gone[0]', 'state of "one": aws_x.gone[1]'],
        remedy: 'see it removed: mhtctl plan one; if it was renamed, write a moved block from aws_x.gone',
        location: null,
      },
      { environment: 'three' },
    ]);
  });

  it.each<[string, Readonly<Record<string, readonly string[]>>, string]>([
    ['a module that was not read', { 'aws_y.this': [], 'module.q': ['queues'] }, 'module.q'],
    ['a configuration that was not read whole', { '': [], 'module.q.aws_x.this': [] }, 'the configuration'],
    ['a configuration of which nothing is known', {}, 'the configuration'],
  ])('does not know about %s', (_, blocks, what) => {
    expect(judge([environment('one', [QUEUES[0]]), environment('two', QUEUES)], blocks)).toEqual({
      findings: [],
      open: [
        {
          environments: ['one', 'two'],
          resource: 'module.q.aws_x.this',
          reason: `"one" lacks ${QUEUES[1]}, and ${what} could not be read for the reason`,
        },
      ],
    });
  });

  it('takes what reaches a module that was not read for an explanation', () => {
    const environments = [environment('one', [], { queues: 1 }), environment('two', QUEUES, { queues: 2 })];
    expect(judge(environments, { 'module.q': ['queues'] })).toEqual({ findings: [], open: [] });
  });

  it('compares with no environment that has no state', () => {
    const environments = [environment('one', null), environment('two', QUEUES)];
    expect(judge(environments, { 'module.q.aws_x.this': [] })).toEqual({ findings: [], open: [] });
  });

  it('names the first few of many', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `aws_x.this[${index}]`);
    const { findings } = judge([environment('one', []), environment('two', many)], { 'aws_x.this': [] });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain('aws_x.this[3], aws_x.this[4], 995 more, which "two" has');
    expect(findings[0]?.evidence).toHaveLength(52);
  });
});
