import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync, zipSync } from 'fflate';
import { readPlanFile } from '../../../src/adapters/terraform/plan-file.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { TerraformProject } from '../../support/terraform-project.js';

describe('a saved plan', () => {
  let directory: string;
  /** What Terraform wrote. */
  let genuine: Uint8Array;
  const written = async (content: Uint8Array) => {
    const file = join(directory, 'some.tfplan');
    await writeFile(file, content);
    return file;
  };
  const parts = () => unzipSync(genuine);
  const without = (name: string) =>
    zipSync(Object.fromEntries(Object.entries(parts()).filter(([part]) => part !== name)));

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'plan-file-'));
    const aws = await EmulatedAws.start();
    const project = await TerraformProject.create();
    try {
      await project.makeBackends();
      await project.process().terraform.initialise(project.staging);
      genuine = await readFile(await project.plan(project.staging));
    } finally {
      await project.remove();
      await aws.stop();
    }
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('is read as Terraform wrote it', async () => {
    expect((await readPlanFile(await written(genuine))).variables).toEqual({ environment: 'staging' });
  });

  it.each([
    { what: 'text', content: () => Buffer.from('this is no plan') },
    { what: 'JSON', content: () => Buffer.from('{"format_version": "1.2"}') },
    { what: 'nothing', content: () => new Uint8Array() },
    { what: 'the first half of a plan', content: () => genuine.subarray(0, genuine.length / 2) },
    { what: 'a plan without its end', content: () => genuine.subarray(0, genuine.length - 10) },
    { what: 'the second half of a plan', content: () => genuine.subarray(genuine.length / 2) },
    { what: 'an archive of something else', content: () => zipSync({ 'readme.txt': Buffer.from('hello') }) },
    { what: 'a plan without tfplan', content: () => without('tfplan') },
    { what: 'a plan without tfstate', content: () => without('tfstate') },
    { what: 'garbage for tfplan', content: () => zipSync({ ...parts(), tfplan: Buffer.from('\u00ff\u00ffgarbage') }) },
    { what: 'an empty tfplan', content: () => zipSync({ ...parts(), tfplan: new Uint8Array() }) },
    {
      what: 'half a tfplan',
      content: () => zipSync({ ...parts(), tfplan: (parts()['tfplan'] ?? new Uint8Array()).subarray(0, 60) }),
    },
    { what: 'garbage for tfstate', content: () => zipSync({ ...parts(), tfstate: Buffer.from('{') }) },
    {
      what: 'a plan of another version of the format',
      // Field 1 of the message is its version: a varint, 3 for all of Terraform 1.x.
      content: () => zipSync({ ...parts(), tfplan: Buffer.concat([Buffer.from([0x08, 0x04]), afterVersion()]) }),
    },
  ])('is refused (exit 2) when it holds $what, naming the file', async ({ content }) => {
    const file = await written(content());
    const failure = await failureOf(readPlanFile(file));
    expect(failure).toMatchObject({ code: 'PlanFileUnreadable', exitCode: 2 });
    expect(failure.message).toContain(file);
  });

  const afterVersion = () => {
    const plan = parts()['tfplan'] ?? new Uint8Array();
    expect([...plan.subarray(0, 2)]).toEqual([0x08, 0x03]);
    return plan.subarray(2);
  };

  it('is refused (exit 2) when it is not there', async () => {
    const file = join(directory, 'absent.tfplan');
    const failure = await failureOf(readPlanFile(file));
    expect(failure).toMatchObject({ code: 'PlanFileUnreadable', exitCode: 2 });
    expect(failure.message).toContain(file);
  });
});
