import { beforeEach, describe, expect, it } from '@jest/globals';
import { diffEnvironments } from '../../../src/services/diff-environments.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { stateOf } from '../../fakes/states.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
});

const run = (own: string, other: string, resources = false) => diffEnvironments(ports, { own, other, resources });

describe('two environments side by side', () => {
  it('stand in the order in which they were named', async () => {
    expect((await run('staging', 'production')).names).toEqual(['staging', 'production']);
    expect((await run('production', 'staging')).variables[0]?.own.value).toBe('production');
  });

  it('are their files alone, unless their states are asked for', async () => {
    expect((await run('staging', 'production')).resources).toBeNull();
    expect(ports.journal).toEqual([]);
    ports.stateStore.otherStates.set('production', stateOf({ instances: [] }));
    expect((await run('staging', 'production', true)).resources).toMatchObject({ own: 1, other: 0, both: 0 });
  });

  it('include the defaults of the configuration', async () => {
    const written = { value: 30, expression: '30' };
    ports.configuration.declared = [{ name: 'days', default: written, sensitive: false, nullable: true }];
    const { variables } = await run('staging', 'production');
    expect(variables[0]).toMatchObject({ path: ['days'], own: { value: 30, source: 'default' }, relation: 'same' });
  });

  it('are two', async () => {
    const failure = await failureOf(() => run('staging', 'staging'));
    expect(failure).toMatchObject({ code: 'SameEnvironment', exitCode: 2 });
    expect(failure.nextSteps).toEqual(['mhtctl diff staging production']);
    expect((await failureOf(() => run('nowhere', 'nowhere'))).code).toBe('UnknownEnvironment');
  });

  it('cannot be told of states that cannot be read', async () => {
    ports.stateStore.readFailure = toolFailure('S3 is down');
    await expect(run('staging', 'production', true)).rejects.toThrow('S3 is down');
    expect((await run('staging', 'production')).resources).toBeNull();
  });
});
