import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { TerraformProject } from '../../support/terraform-project.js';

const PARAMETER = `provider "aws" {
  region = "us-east-1"
}

resource "aws_ssm_parameter" "this" {
  name  = "/acme/\${var.environment}/greeting"
  type  = "String"
  value = "hello"
}
`;

describe('the AWS provider', () => {
  let aws: EmulatedAws;
  let project: TerraformProject;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    project = await TerraformProject.create('real');
    await project.makeBackends();
    await project.configure(PARAMETER);
  });

  afterAll(async () => {
    await project.remove();
    await aws.stop();
  });

  it('is installed as locked, reaches the emulator, and has nothing to do after an apply', async () => {
    const { terraform } = project.process();
    expect(await terraform.initialise(project.staging)).toBe('initialised');
    expect(await terraform.initialise(project.staging)).toBe('up to date');
    const { events } = await project.deploy(project.staging);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'finished', address: 'aws_ssm_parameter.this', action: 'create' }),
    );
    const state = await project.state(project.staging);
    expect(state?.instances[0]?.attributes['name']).toBe('/acme/staging/greeting');
    const again = { ...project.run(), out: join(project.root, 'again.tfplan') };
    expect(await terraform.plan(project.staging, again)).toEqual({ hasChanges: false });
  });
});
