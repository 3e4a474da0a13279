import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Binding } from '../../../src/domain/environment.js';
import { wrongBackend } from '../../../src/domain/plan-checks/wrong-backend.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { TerraformProject } from '../../support/terraform-project.js';

/** One resource in every environment, and one that only staging has. */
const DIFFERENT = `resource "terraform_data" "both" {
  input = var.environment
}

resource "terraform_data" "staging_only" {
  count = var.environment == "staging" ? 1 : 0
}

output "made_for" {
  value = var.environment
}
`;

describe('two environments of one configuration', () => {
  let aws: EmulatedAws;
  let project: TerraformProject;

  /** What a command prints that is run by `mhtctl terraform`. */
  const through = async (binding: Binding, args: readonly string[], variables?: NodeJS.ProcessEnv) => {
    const { terraform, attached } = project.process(variables);
    const exitCode = await terraform.passThrough(binding, args);
    return { exitCode, output: attached.map(({ stdout }) => stdout).join('') };
  };

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    project = await TerraformProject.create();
    await project.makeBackends();
    await project.configure(DIFFERENT);
    for (const binding of [project.staging, project.production]) {
      await project.process().terraform.initialise(binding);
    }
  });

  afterAll(async () => {
    await project.remove();
    await aws.stop();
  });

  beforeEach(async () => {
    await aws.reset();
    await project.makeBackends();
  });

  it("never see each other's resources, in whatever order they are asked for", async () => {
    await project.deploy(project.staging);
    expect((await through(project.production, ['state', 'list'])).output).toBe('');
    await project.deploy(project.production);
    const listed = async (binding: Binding) =>
      (await through(binding, ['state', 'list'])).output.trim().split('\n').sort();
    expect(await listed(project.staging)).toEqual(['terraform_data.both', 'terraform_data.staging_only[0]']);
    expect(await listed(project.production)).toEqual(['terraform_data.both']);
    const [staging, production] = await Promise.all([
      project.state(project.staging),
      project.state(project.production),
    ]);
    expect(staging?.lineage).not.toBe(production?.lineage);
  });

  it('are deployed side by side', async () => {
    await Promise.all([project.deploy(project.staging), project.deploy(project.production)]);
    const states = await Promise.all([project.state(project.staging), project.state(project.production)]);
    expect(states.map((state) => state?.instances.length)).toEqual([2, 1]);
  });

  it("are not bent by the caller's variables for Terraform", async () => {
    await project.deploy(project.staging);
    const bent = project.process({
      TF_WORKSPACE: 'other',
      TF_DATA_DIR: project.production.dataDir,
      TF_CLI_ARGS: '-no-such-flag',
      TF_CLI_ARGS_plan: '-destroy',
      TF_CLI_ARGS_init: '-migrate-state -force-copy',
      TF_INPUT: '1',
    });
    const planFile = await project.plan(project.staging, bent);
    expect((await bent.terraform.showPlan(project.staging, planFile)).changes).toEqual([]);
    expect((await bent.terraform.readPlanFile(planFile)).workspace).toBe('default');
    expect(await bent.terraform.passThrough(project.staging, ['workspace', 'show'])).toBe(0);
    expect(bent.attached[0]?.stdout.trim()).toBe('default');
  });

  it('are refused a plan made in a workspace that somebody has chosen by hand', async () => {
    const { terraform } = project.process();
    try {
      expect((await through(project.staging, ['workspace', 'new', 'mine'])).exitCode).toBe(0);
      const planFile = await project.plan(project.staging);
      const [file, plan] = [
        await terraform.readPlanFile(planFile),
        await terraform.showPlan(project.staging, planFile),
      ];
      expect(wrongBackend.check({ file, plan, binding: project.staging, others: [], cost: null })).toEqual([
        expect.objectContaining({ severity: 'forbidden', message: expect.stringContaining('"mine"') }),
      ]);
    } finally {
      await through(project.staging, ['workspace', 'select', 'default']);
    }
  });

  describe('by mhtctl terraform', () => {
    it.each([
      { command: 'plan', flags: [], left: 'production' },
      { command: 'apply', flags: ['-auto-approve'], left: 'production' },
      { command: 'refresh', flags: [], left: 'production' },
      { command: 'destroy', flags: ['-auto-approve'], left: undefined },
    ])('get their own values for $command', async ({ command, flags, left }) => {
      await project.deploy(project.production);
      expect((await through(project.production, [command, ...flags])).exitCode).toBe(0);
      expect((await project.state(project.production))?.outputs['made_for']?.value).toBe(left);
    });

    it('apply a saved plan as it is', async () => {
      const planFile = await project.plan(project.staging);
      expect((await through(project.staging, ['apply', planFile])).exitCode).toBe(0);
      expect((await project.state(project.staging))?.instances).toHaveLength(2);
    });

    it('use values that are given', async () => {
      const given = join(project.configurationDir, 'given.tfvars');
      await project.write('given.tfvars', 'environment = "given"\n');
      const { output } = await through(project.staging, ['plan', '-no-color', `-var-file=${given}`]);
      expect(output).toContain('"given"');
      expect(output).not.toContain('"staging"');
    });

    it.each([['plan'], ['validate'], ['version'], ['workspace', 'show'], ['fmt', '-check']])(
      'are not coloured where nobody wants it, whatever the command: %s',
      async (...args) => {
        const { exitCode, output } = await through(project.staging, args, { NO_COLOR: '1' });
        expect(exitCode).toBe(0);
        expect(output).not.toContain('\u001b');
      },
    );

    it("end with Terraform's own code", async () => {
      expect((await through(project.staging, ['plan', '-detailed-exitcode'])).exitCode).toBe(2);
      expect((await through(project.staging, ['no-such-command'])).exitCode).toBe(1);
    });
  });
});
