import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { S3StateArchive } from '../../../src/adapters/aws/s3-state-archive.js';
import type { StateCopy } from '../../../src/domain/state-archive.js';
import { withSerial } from '../../../src/domain/state-text.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { PLAIN, TerraformProject } from '../../support/terraform-project.js';

const MORE = `${PLAIN}\nresource "terraform_data" "more" {}\n`;

describe('a state that is pushed by Terraform', () => {
  let aws: EmulatedAws;
  let project: TerraformProject;
  const archive = () => new S3StateArchive(new AwsClients(new ClientConfigurations()));
  const current = async (): Promise<StateCopy> => {
    const copy = await archive().read(project.staging, { kind: 'current' });
    if (copy === null) throw new Error('there is no state');
    return copy;
  };
  const textOf = ({ bytes }: StateCopy) => new TextDecoder().decode(bytes);
  const push = async (text: string) => {
    const file = join(project.root, 'pushed.tfstate');
    await writeFile(file, text);
    await project.process().terraform.pushState(project.staging, file);
  };
  const addresses = async () => (await project.state(project.staging))?.instances.map(({ address }) => address);

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    project = await TerraformProject.create();
    await project.makeBackends();
    await project.process().terraform.initialise(project.staging);
    await project.deploy(project.staging);
  });
  afterAll(async () => {
    await project.remove();
    await aws.stop();
  });

  it('takes the place of a later one by a higher serial, and its lineage stays', async () => {
    const earlier = textOf(await current());
    await project.configure(MORE);
    await project.deploy(project.staging);
    const before = await project.state(project.staging);
    await push(withSerial(earlier, (before?.serial ?? 0) + 1));
    const after = await project.state(project.staging);
    expect(await addresses()).toEqual(['terraform_data.this']);
    expect(after?.lineage).toBe(before?.lineage);
    expect(after?.serial).toBeGreaterThan(before?.serial ?? 0);
  });

  it('is refused with a lower serial, and with another lineage', async () => {
    const { lineage = '' } = (await project.state(project.staging)) ?? {};
    const text = textOf(await current());
    for (const refused of [withSerial(text, 0).replace('"this"', '"that"'), text.replace(lineage, 'another')]) {
      const failure = await failureOf(push(refused));
      expect(failure).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
      expect(failure.message).toContain('terraform state push for "staging" failed');
    }
    expect(textOf(await current())).toBe(text);
  });

  it('that was lost is put back so that Terraform reads it, with its lineage', async () => {
    const copy = await current();
    const { lineage } = (await project.state(project.staging)) ?? {};
    const s3 = new S3Client();
    const { bucket: Bucket, key: Key } = project.staging.backend;
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    s3.destroy();
    const earlier = withSerial(textOf(copy), 1);
    await archive().putBack(project.staging, { ...copy, bytes: Buffer.from(earlier) }, null);
    await push(withSerial(earlier, 50));
    expect(await project.state(project.staging)).toMatchObject({ lineage, serial: expect.any(Number) });
    await project.configure(PLAIN);
    const { terraform } = project.process();
    const planned = await terraform.plan(project.staging, {
      ...project.run(),
      out: join(project.root, 'after.tfplan'),
    });
    expect(planned).toEqual({ hasChanges: false });
  });
});
