import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  applicationEnvironment,
  runWithApplicationEnvironment,
} from '../../../src/services/application-environment.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { stateWithOutputs } from '../../fakes/states.js';

let ports: ReturnType<typeof fakePorts>;
const options = { binding: STAGING, reveal: false };
const run = (...command: [string, ...string[]]) => runWithApplicationEnvironment(ports, { ...options, command });

beforeEach(() => {
  ports = fakePorts({ environment: { PATH: '/bin', S3_BUCKET: 'stale' } });
  ports.stateStore.state = stateWithOutputs({
    application_environment: { ENVIRONMENT: 'staging', S3_BUCKET: 'fresh' },
  });
});

describe("the application's variables", () => {
  it('are read from the state, and nothing else is asked', async () => {
    const { values } = await applicationEnvironment(ports, options);
    expect(values).toEqual({ ENVIRONMENT: 'staging', S3_BUCKET: 'fresh' });
    expect(ports.journal).toEqual(['stateStore.readState']);
  });

  it('fail as the state does', async () => {
    ports.stateStore.readFailure = toolFailure('s3:GetObject was denied');
    expect(await failureOf(() => run('npm', 'start'))).toMatchObject({ code: 'AwsFailed', exitCode: 5 });
    expect(ports.commands.runs).toEqual([]);
  });
});

describe('a command', () => {
  it("gets them over the caller's own", async () => {
    await run('npm', 'start', '--', '-x');
    expect(ports.commands.runs).toEqual([
      { words: ['npm', 'start', '--', '-x'], env: { PATH: '/bin', ENVIRONMENT: 'staging', S3_BUCKET: 'fresh' } },
    ]);
  });

  it.each([
    [{ exitCode: 1, signal: undefined }, 'npm ended with code 1'],
    [{ exitCode: 3, signal: undefined }, 'npm ended with code 3'],
    [{ exitCode: undefined, signal: 'SIGSEGV' }, 'npm was ended by SIGSEGV'],
  ])('that ends with %j makes exit 5, which means what the table says', async (ending, said) => {
    ports.commands.ending = ending;
    expect(await failureOf(() => run('npm'))).toMatchObject({ code: 'CommandFailed', exitCode: 5, message: said });
  });

  it('that an interrupt ends makes 130', async () => {
    ports.commands.ending = { exitCode: undefined, signal: 'SIGINT' };
    ports.commands.running = () => ports.interruption.interrupt();
    expect(await failureOf(() => run('npm'))).toMatchObject({ code: 'Interrupted', exitCode: 130 });
  });

  it('that takes an interrupt for its normal end has ended well', async () => {
    ports.commands.running = () => ports.interruption.interrupt();
    await run('npm', 'start');
    expect(ports.commands.runs).toHaveLength(1);
  });
});
