import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Binding } from '../../../src/domain/environment.js';
import { backendOf } from '../../support/bindings.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { backendText, PLAIN, TerraformProject } from '../../support/terraform-project.js';

const child = (name: string, value: string) => ({
  file: `modules/${name}/main.tf`,
  text: `output "value" {\n  value = "${value}"\n}\n`,
});

describe('the data directory of an environment', () => {
  let aws: EmulatedAws;
  let project: TerraformProject;
  const initialise = (binding: Binding = project.staging) => project.process().terraform.initialise(binding);

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    project = await TerraformProject.create('stand-in');
    for (const { file, text } of [child('first', '1'), child('second', '2')]) await project.write(file, text);
    await project.makeBackends();
    expect(await initialise()).toBe('initialised');
  });

  afterAll(async () => {
    await project.remove();
    await aws.stop();
  });

  /** Every test starts from what is initialised and up to date, whatever the one before did to it. */
  beforeEach(async () => {
    await rm(join(project.staging.dataDir, 'terraform.tfstate'), { force: true });
    await project.configure(PLAIN);
    await writeFile(project.staging.backendFile, backendText(project.staging.backend));
    await initialise();
  });

  it('is up to date the second time', async () => {
    expect(await initialise()).toBe('up to date');
  });

  it('stays up to date when a resource changes, which init has no part in', async () => {
    await project.configure(PLAIN.replace('made for', 'made anew for'));
    expect(await initialise()).toBe('up to date');
  });

  it.each([
    {
      change: 'a new module',
      make: () => project.configure('module "child" {\n  source = "./modules/first"\n}\n'),
    },
    {
      change: "a module's changed source",
      make: async () => {
        await project.configure('module "child" {\n  source = "./modules/first"\n}\n');
        await initialise();
        await project.configure('module "child" {\n  source = "./modules/second"\n}\n');
      },
    },
    {
      change: 'a changed lock file',
      make: () => appendFile(join(project.configurationDir, '.terraform.lock.hcl'), '# touched\n'),
    },
    {
      change: 'a changed attribute of the backend that is not its place',
      make: () => appendFile(project.staging.backendFile, 'encrypt = true\n'),
    },
    {
      change: 'an init that was killed while it wrote',
      make: () => writeFile(join(project.staging.dataDir, 'terraform.tfstate'), '{"version": 3, "back'),
    },
    {
      change: 'providers that are gone',
      make: () => rm(join(project.staging.dataDir, 'providers'), { recursive: true }),
    },
    {
      change: 'the loss of the whole directory',
      make: () => rm(project.staging.dataDir, { recursive: true }),
    },
  ])('is initialised once more after $change', async ({ make }) => {
    await make();
    expect(await initialise()).toBe('initialised');
    expect(await initialise()).toBe('up to date');
  });

  it('is not taken over by another state: both are named and nothing is changed', async () => {
    const moved = project.bindingOf('staging', backendOf('staging', { key: 'elsewhere/terraform.tfstate' }));
    await writeFile(moved.backendFile, backendText(moved.backend));
    const before = await readFile(join(moved.dataDir, 'terraform.tfstate'), 'utf8');
    const failure = await failureOf(initialise(moved));
    expect(failure).toMatchObject({ code: 'BackendMoved', exitCode: 2 });
    expect(failure.message).toContain('s3://acme-state-staging/staging/terraform.tfstate');
    expect(failure.message).toContain('s3://acme-state-staging/elsewhere/terraform.tfstate');
    expect(await readFile(join(moved.dataDir, 'terraform.tfstate'), 'utf8')).toBe(before);
  });

  it('is not made for a bucket that is not there, which is named', async () => {
    const homeless = {
      ...project.bindingOf('staging', backendOf('nowhere')),
      dataDir: join(project.root, 'data', 'x'),
    };
    await writeFile(homeless.backendFile, backendText(homeless.backend));
    const failure = await failureOf(initialise(homeless));
    expect(failure).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
    expect(failure.message).toContain('acme-state-nowhere');
  });

  it('is not made for a configuration with a syntax error, whose file and line are told', async () => {
    await project.write('broken.tf', '\n\nresource "terraform_data" {\n');
    await rm(project.staging.dataDir, { recursive: true });
    try {
      const failure = await failureOf(initialise());
      expect(failure).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
      expect(failure.message).toMatch(/broken\.tf(:| line )3/);
    } finally {
      await rm(join(project.configurationDir, 'broken.tf'));
    }
  });

  it('is not made after an interrupt', async () => {
    await rm(project.staging.dataDir, { recursive: true });
    const { terraform, signals } = project.process();
    const initialising = failureOf(terraform.initialise(project.staging));
    signals.emit('SIGINT', 'SIGINT');
    expect(await initialising).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect(await initialise()).toBe('initialised');
  });
});
