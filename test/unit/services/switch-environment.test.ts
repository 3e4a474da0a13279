import { beforeEach, describe, expect, it } from '@jest/globals';
import { switchEnvironment } from '../../../src/services/switch-environment.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { FakePrompter } from '../../fakes/prompter.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
});

describe('a switch', () => {
  it('moves Terraform first and then mhtctl', async () => {
    ports.workspace.current = 'production';
    expect(await switchEnvironment(ports, 'staging')).toEqual({
      environment: 'staging',
      previous: 'production',
      moved: true,
    });
    expect(ports.workspace.current).toBe('staging');
    expect(ports.journal).toEqual(['terraform.switchDefault', 'workspace.setCurrentEnvironment']);
  });

  it.each([
    ['staging', 'already there', false],
    ['staging', 'switched', true],
    ['production', 'already there', true],
    [null, 'already there', true],
  ] as const)('from %s, Terraform %s, has moved: %s', async (current, switched, moved) => {
    ports.workspace.current = current;
    ports.terraform.switched = switched;
    expect(await switchEnvironment(ports, 'staging')).toEqual({ environment: 'staging', previous: current, moved });
  });

  it('leaves mhtctl where it was when Terraform fails', async () => {
    ports.workspace.current = 'production';
    ports.terraform.failures = { switchDefault: toolFailure('init failed') };
    expect(await failureOf(() => switchEnvironment(ports, 'staging'))).toMatchObject({ exitCode: 5 });
    expect(ports.workspace.current).toBe('production');
  });

  it('to an environment that does not exist moves nothing', async () => {
    expect(await failureOf(() => switchEnvironment(ports, 'qa'))).toMatchObject({ exitCode: 2 });
    expect(ports.journal).toEqual([]);
  });

  it('without a name asks which, at a terminal', async () => {
    ports = fakePorts({ prompter: new FakePrompter('production') });
    expect((await switchEnvironment(ports, undefined)).environment).toBe('production');
    expect(ports.prompter.asked).toEqual([expect.stringContaining('production/staging')]);
  });

  it('without a name and without a terminal is a usage error', async () => {
    const failure = await failureOf(() => switchEnvironment(ports, undefined));
    expect(failure).toMatchObject({
      code: 'NoEnvironment',
      exitCode: 2,
      nextSteps: ['mhtctl switch production', 'mhtctl switch staging'],
    });
    expect(failure.message).toContain('production, staging');
  });
});
