// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of HCL.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { judgeImport } from '../../../src/domain/plan-checks/import-alone.js';
import type { PlanPurpose } from '../../../src/domain/plan-purpose.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { PLAIN, TerraformProject } from '../../support/terraform-project.js';

const TARGET = { address: 'module.taken["a"].terraform_data.in', id: 'by-hand ${x} %{y} "z"' };
/** One that a test really takes in, whatever the order of the tests. */
const TAKEN = { address: 'module.taken["b"].terraform_data.in', id: 'taken' };
const MODULE = 'resource "terraform_data" "in" {}\n';
const WITH_MODULE = `${PLAIN}
module "taken" {
  for_each = { a = 1, b = 2 }
  source   = "./modules/taken"
}
resource "terraform_data" "other" {}
output "shared" { value = file("../shared/note.txt") }
`;

describe('a plan', () => {
  let aws: EmulatedAws;
  let project: TerraformProject;
  const plan = async (purpose: PlanPurpose) => {
    const { terraform } = project.process();
    const run = project.run();
    const out = join(project.root, 'plans', `${purpose.kind}.tfplan`);
    const { hasChanges } = await terraform.plan(project.staging, { ...run, out, purpose });
    return { hasChanges, run, out, plan: await terraform.showPlan(project.staging, out) };
  };

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    project = await TerraformProject.create();
    await project.makeBackends();
    await mkdir(join(project.root, 'shared'));
    await writeFile(join(project.root, 'shared', 'note.txt'), 'beside the configuration');
    await project.write('modules/taken/main.tf', MODULE);
    await project.configure(PLAIN);
    await project.process().terraform.initialise(project.staging);
    await project.deploy(project.staging);
    await project.configure(WITH_MODULE);
    await project.process().terraform.initialise(project.staging);
  });
  afterAll(async () => {
    await project.remove();
    await aws.stop();
  });

  describe('of an import', () => {
    let before: readonly string[];
    beforeEach(async () => {
      before = await readdir(project.configurationDir);
      await rm(join(project.staging.workDir, 'imports'), { recursive: true, force: true });
    });

    it('imports what was asked for and leaves the rest alone, and the configuration as it was', async () => {
      const { hasChanges, run, plan: made } = await plan({ kind: 'import', target: TARGET });
      expect(hasChanges).toBe(true);
      expect(made.changes.map(({ address, importId }) => ({ address, importId }))).toEqual([
        { address: TARGET.address, importId: TARGET.id },
      ]);
      expect(judgeImport(made, TARGET)).toEqual([]);
      expect(run.events.filter(({ kind }) => kind === 'diagnostic')).toEqual([]);
      expect(await readdir(project.configurationDir)).toEqual(before);
      expect(await readdir(join(project.staging.workDir, 'imports'))).toEqual([]);
    });

    it('is applied from the configuration itself, as any plan is', async () => {
      const { out } = await plan({ kind: 'import', target: TAKEN });
      const { terraform } = project.process();
      await terraform.apply(project.staging, { ...project.run(), planFile: out });
      const imported = (await project.state(project.staging))?.instances.find(
        ({ address }) => address === TAKEN.address,
      );
      expect(imported?.attributes).toMatchObject({ id: TAKEN.id });
      const again = await plan({ kind: 'import', target: TAKEN });
      expect(again.hasChanges).toBe(false);
    });

    it('of what the configuration does not have fails as Terraform does, and leaves no copy behind', async () => {
      const target = { address: 'terraform_data.nowhere', id: 'x' };
      expect(await failureOf(plan({ kind: 'import', target }))).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
      expect(await readdir(join(project.staging.workDir, 'imports'))).toEqual([]);
    });

    it('removes the copy that a killed run has left, and not that of one that runs', async () => {
      const imports = join(project.staging.workDir, 'imports');
      const [dead, living] = [join(imports, '1'), join(imports, '2')];
      for (const directory of [dead, living]) await mkdir(join(directory, 'terraform'), { recursive: true });
      const long = new Date(Date.now() - 2 * 60 * 60 * 1000);
      await utimes(dead, long, long);
      await plan({ kind: 'import', target: { address: 'terraform_data.other', id: 'x' } });
      expect(existsSync(dead)).toBe(false);
      expect(existsSync(living)).toBe(true);
    });
  });

  it('of a destruction takes everything away that the state has', async () => {
    const { hasChanges, plan: made } = await plan({ kind: 'destroy' });
    expect(hasChanges).toBe(true);
    const inState = (await project.state(project.staging))?.instances.map(({ address }) => address).sort();
    expect(made.changes.map(({ address }) => address).sort()).toEqual(inState);
    expect(made.changes.every(({ actions }) => actions.join() === 'delete')).toBe(true);
  });
});
