import { EventEmitter } from 'node:events';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExecaProcessRunner } from '../../../src/adapters/process/execa-process-runner.js';
import { ProcessInterruption } from '../../../src/adapters/process/interruption.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { TerraformProject } from '../../support/terraform-project.js';

describe('the default environment of plain terraform', () => {
  let aws: EmulatedAws;
  let project: TerraformProject;

  /** What plain Terraform lists in the configuration's directory. */
  const listed = async () => {
    const runner = new ExecaProcessRunner(new ProcessInterruption(new EventEmitter()));
    const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
    const { stdout } = await runner.run('terraform', ['state', 'list'], { cwd: project.configurationDir, env });
    return stdout.trim();
  };

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    project = await TerraformProject.create('stand-in');
    await project.makeBackends();
    const s3 = new S3Client();
    for (const { name, backend } of [project.staging, project.production]) {
      const instances = [{ schema_version: 0, attributes: { id: name } }];
      const provider = 'provider["terraform.io/builtin/terraform"]';
      const resource = { mode: 'managed', type: 'terraform_data', name: `of_${name}`, provider, instances };
      const state = { version: 4, terraform_version: '1.11.4', serial: 1, lineage: name, resources: [resource] };
      await s3.send(new PutObjectCommand({ Bucket: backend.bucket, Key: backend.key, Body: JSON.stringify(state) }));
    }
    s3.destroy();
  });

  afterAll(async () => {
    await project.remove();
    await aws.stop();
  });

  it('is switched to and fro without a question, and once is enough', async () => {
    const { terraform } = project.process();
    expect(await terraform.switchDefault(project.staging)).toBe('switched');
    expect(await listed()).toBe('terraform_data.of_staging');
    expect(await terraform.switchDefault(project.staging)).toBe('already there');
    expect(await terraform.switchDefault(project.production)).toBe('switched');
    expect(await listed()).toBe('terraform_data.of_production');
    expect(await terraform.switchDefault(project.staging)).toBe('switched');
    expect(await listed()).toBe('terraform_data.of_staging');
  });

  it("is not changed by a command bound to another environment, nor changes that one's", async () => {
    const { terraform, attached } = project.process();
    await terraform.switchDefault(project.production);
    await terraform.initialise(project.staging);
    expect(await listed()).toBe('terraform_data.of_production');
    await terraform.passThrough(project.staging, ['state', 'list']);
    expect(attached.map(({ stdout }) => stdout.trim())).toEqual(['terraform_data.of_staging']);
  });
});
