import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TerraformCli } from '../../../../src/adapters/terraform/terraform-cli.js';
import type { Binding } from '../../../../src/domain/environment.js';
import type { ProcessResult } from '../../../../src/ports/process-runner.js';
import { bindingOf } from '../../../fakes/bindings.js';
import { failureOf } from '../../../fakes/failure.js';
import { FakeInterruption } from '../../../fakes/interruption.js';
import { FakeToolchain } from '../../../fakes/ports.js';

let root: string;
let binding: Binding;
let interruption: FakeInterruption;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mhtctl-terraform-'));
  binding = bindingOf('staging', { configurationDir: join(root, 'terraform'), workDir: join(root, 'work') });
  await mkdir(binding.configurationDir);
  interruption = new FakeInterruption();
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Terraform as a process that does this and ends with that code. */
function terraformThat(act: () => unknown, exitCode: number): TerraformCli {
  const end = async (): Promise<ProcessResult> => {
    await act();
    return { exitCode, signal: undefined, stdout: '', stderr: '' } as ProcessResult;
  };
  return new TerraformCli({
    processes: { run: end, follow: end, attach: end },
    toolchain: new FakeToolchain(),
    interruption,
    environment: {},
    announce: () => undefined,
  });
}

const run = { logFile: '/log', onEvent: () => undefined };

describe('a plan', () => {
  it.each([0, 2, 1])('that was interrupted is none, although Terraform ends with %d', async (exitCode) => {
    const terraform = terraformThat(() => interruption.interrupt(), exitCode);
    const failure = await failureOf(() => terraform.plan(binding, { ...run, out: join(root, 'plans', 'x.tfplan') }));
    expect(failure).toMatchObject({ code: 'Interrupted', exitCode: 130 });
  });
});

describe('the state that Terraform could not save', () => {
  const leave = () =>
    writeFile(join(binding.configurationDir, 'errored.tfstate'), '{"version": 4, "lineage": "new", "serial": 1}');

  it.each<[string, (terraform: TerraformCli) => Promise<unknown>]>([
    ['an apply', (terraform) => failureOf(() => terraform.apply(binding, { ...run, planFile: join(root, 'none') }))],
    ["an apply at the caller's terminal", (terraform) => terraform.passThrough(binding, ['apply'])],
  ])('is kept for its environment after %s', async (_, apply) => {
    const terraform = terraformThat(leave, 1);
    await apply(terraform);
    expect(await readdir(binding.configurationDir)).toEqual([]);
    expect((await terraform.unsavedStates(binding, undefined)).own).toMatchObject({ lineage: 'new', serial: 1 });
  });
});
