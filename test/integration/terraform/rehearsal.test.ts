import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LinkedRehearsals } from '../../../src/adapters/terraform/linked-rehearsals.js';
import { asLineage, contentDigest, emptied } from '../../../src/domain/migration/former-state.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { PLAIN, TerraformProject } from '../../support/terraform-project.js';

const MOVED = PLAIN.replaceAll('terraform_data.this', 'terraform_data.other').replace('"this"', '"other"');
const WITH_MODULES = `${PLAIN}
module "inner" { source = "./modules/inner" }
module "beside" { source = "../beside" }
`;

describe('Terraform, for a migration', () => {
  let aws: EmulatedAws;
  let project: TerraformProject;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    project = await TerraformProject.create();
    await project.makeBackends();
    const { terraform } = project.process();
    for (const binding of [project.staging, project.production]) await terraform.initialise(binding);
  });
  afterAll(async () => {
    await project.remove();
    await aws.stop();
  });
  beforeEach(async () => {
    await aws.reset();
    await project.makeBackends();
    await project.configure(PLAIN);
  });

  /** The state of staging as Terraform wrote it. */
  async function deployedText(): Promise<string> {
    await project.deploy(project.staging);
    const { terraform, attached } = project.process();
    await terraform.passThrough(project.staging, ['state', 'pull']);
    return attached[0]?.stdout ?? '';
  }

  /** The plan of a rehearsal from that state. */
  async function rehearsed(state: string, write: Readonly<Record<string, string>> = {}) {
    const rehearsal = await new LinkedRehearsals().open(project.staging, state);
    try {
      const { terraform } = project.process();
      await terraform.initialise(rehearsal.binding);
      for (const [file, text] of Object.entries(write)) await rehearsal.write(file, text);
      return await terraform.showPlan(rehearsal.binding, await project.plan(rehearsal.binding));
    } finally {
      await rehearsal.close();
    }
  }

  it('rehearses with a copy of the state, and leaves everything else alone', async () => {
    const text = await deployedText();
    const before = await project.state(project.staging);
    await project.configure(MOVED);
    expect((await rehearsed(text)).changes.map(({ actions }) => actions)).toEqual([['create'], ['delete']]);
    const moved = { 'migrated.tf': 'moved {\n  from = terraform_data.this\n  to   = terraform_data.other\n}\n' };
    expect((await rehearsed(text, moved)).changes).toMatchObject([
      { address: 'terraform_data.other', actions: ['no-op'], previousAddress: 'terraform_data.this' },
    ]);
    expect(await project.state(project.staging)).toEqual(before);
    expect(readdirSync(project.configurationDir)).not.toContain('migrated.tf');
    expect(readdirSync(project.staging.workDir)).not.toContain('rehearsal');
  });

  it('writes in the place of a link, never through it', async () => {
    await project.write('migrated.tf', '# the original\n');
    const rehearsal = await new LinkedRehearsals().open(project.staging, '{}');
    const copy = join(rehearsal.binding.configurationDir, 'migrated.tf');
    expect(lstatSync(copy).isSymbolicLink()).toBe(true);
    await rehearsal.write('migrated.tf', '# the copy\n');
    expect(lstatSync(copy).isSymbolicLink()).toBe(false);
    expect(statSync(join(project.configurationDir, 'migrated.tf')).size).toBe('# the original\n'.length);
    await rehearsal.close();
    await rm(join(project.configurationDir, 'migrated.tf'));
  });

  it('keeps the copy of the state from others, and what a killed one left is gone', async () => {
    const rehearsals = new LinkedRehearsals();
    const killed = await rehearsals.open(project.staging, '{"secret": 1}');
    const [state] = readdirSync(killed.binding.dataDir).filter((name) => name.endsWith('.tfstate'));
    const path = join(killed.binding.dataDir, state ?? '');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(killed.binding.configurationDir, '..')).mode & 0o077).toBe(0);
    await writeFile(join(killed.binding.configurationDir, 'left.tf'), '# by a killed one\n');
    const next = await rehearsals.open(project.staging, '{}');
    expect(readdirSync(next.binding.configurationDir)).not.toContain('left.tf');
    await next.close();
  });

  it('finds local modules, below the configuration and beside it', async () => {
    const text = await deployedText();
    const module = 'resource "terraform_data" "this" {}\n';
    await project.write('modules/inner/main.tf', module);
    await mkdir(join(project.root, 'real'), { recursive: true });
    await writeFile(join(project.root, 'real', 'main.tf'), module);
    await symlink(join(project.root, 'real'), join(project.root, 'beside'));
    await project.configure(WITH_MODULES);
    expect((await rehearsed(text)).changes.map(({ address }) => address)).toEqual([
      'module.beside.terraform_data.this',
      'module.inner.terraform_data.this',
    ]);
    await rm(join(project.configurationDir, 'modules'), { recursive: true });
  });

  it('pushes a state to where none is, with a lineage that no other state has', async () => {
    const text = await deployedText();
    const file = join(project.root, 'copy.tfstate');
    await writeFile(file, asLineage(text, randomUUID()));
    await project.process().terraform.pushState(project.production, file);
    const [old, copy] = [await project.state(project.staging), await project.state(project.production)];
    expect(copy?.serial).toBe(1);
    expect(copy?.lineage).not.toBe(old?.lineage);
    expect(copy !== null && old !== null && contentDigest(copy) === contentDigest(old)).toBe(true);
  });

  it('pushes the same again over an emptied state, with the lineage it is given', async () => {
    const text = await deployedText();
    const file = join(project.root, 'copy.tfstate');
    const { terraform } = project.process();
    const push = async (state: string) => {
      await writeFile(file, state);
      await terraform.pushState(project.production, file);
    };
    await push(asLineage(text, randomUUID()));
    const copy = await project.state(project.production);
    if (copy === null) throw new Error('nothing was pushed');
    await push(emptied(copy));
    expect(await project.state(project.production)).toMatchObject({ instances: [], lineage: copy.lineage });
    const fresh = randomUUID();
    await push(asLineage(text, fresh));
    expect(await project.state(project.production)).toMatchObject({ lineage: fresh });
  });

  it('does not push over a state that holds something else', async () => {
    const text = await deployedText();
    const file = join(project.root, 'copy.tfstate');
    await writeFile(file, asLineage(text, randomUUID()));
    const before = await project.state(project.staging);
    expect(await failureOf(project.process().terraform.pushState(project.staging, file))).toMatchObject({
      code: 'TerraformFailed',
      message: expect.stringContaining('terraform state push for "staging" failed'),
    });
    expect(await project.state(project.staging)).toEqual(before);
  });
});
