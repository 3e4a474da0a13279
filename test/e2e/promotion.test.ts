import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CommandLine } from './support/command-line.js';
import { smallProject, type TemporaryProject, variablesOf } from './support/project.js';

/** The promotion gate on the smallest configuration: omega is promoted from alpha. */
let project: TemporaryProject;
let mhtctl: CommandLine;

beforeAll(async () => {
  project = await smallProject();
  await project.write(
    'policy.hcl',
    'environment "alpha" {\n  protected = false\n}\n' +
      'environment "omega" {\n  protected = true\n  promoted_from = "alpha"\n}\n',
  );
  project.commit('policy');
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  for (const name of ['alpha', 'omega']) await mhtctl.run(['bootstrap', name, '--confirm', name]);
});
afterAll(async () => {
  await mhtctl.stopEmulator();
  await project.dispose();
});

const json = (...args: readonly string[]) => mhtctl.answer(...args);
const deployAlpha = () => json('deploy', 'alpha', '--yes');
const deployOmega = (...more: readonly string[]) => json('deploy', 'omega', '--confirm', 'omega', ...more);

it('the promotion gate opens for what is healthy where it was deployed first, and for nothing else', async () => {
  const first = await deployOmega();
  expect(first.exitCode).toBe(3);
  expect(first.result.error.code).toBe('PromotionGateClosed');
  expect(first.result.error.message).toContain('nothing was ever deployed to "alpha"');
  expect(first.result.error.nextSteps).toContain('deploy it there first: mhtctl deploy alpha');

  expect((await deployAlpha()).exitCode).toBe(0);
  expect((await deployOmega()).exitCode).toBe(0);
  // The only deployment there is has nothing before it.
  const nothing = await json('rollback', 'alpha', '--yes');
  expect(nothing).toMatchObject({ exitCode: 3, result: { error: { code: 'NothingToRollBackTo' } } });

  await project.write('terraform.tfvars.omega', variablesOf('omega', 'content = "next"\n'));
  const dirty = await deployOmega();
  expect(dirty.exitCode).toBe(3);
  expect(dirty.result.error.message).toContain('1 file is not committed');
  const hash = project.commit('next');
  const other = await deployOmega();
  expect(other.exitCode).toBe(3);
  expect(other.result.error.message).toContain(`commit ${hash.slice(0, 8)} is not what "alpha" has`);

  expect((await deployOmega('--skip-gate', ' ')).exitCode).toBe(2);
  const { exitCode, result } = await deployOmega('--skip-gate', 'customers wait');
  expect(exitCode).toBe(0);
  const shown = await json('history', 'omega', '--show', result.deployment.id);
  expect(shown.result.overrides).toEqual([{ flag: '--skip-gate', value: 'customers wait' }]);
  expect(shown.result.inputs.variables.text).toContain('content = "next"');
});
