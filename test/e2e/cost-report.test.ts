import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CostReportJson } from '../../src/presenters/cost/report-json.js';
import { clientSettings } from './support/aws.js';
import { CommandLine } from './support/command-line.js';
import { REPOSITORY, type TemporaryProject, wholeProject } from './support/project.js';

/** The built command line, with the states that a demo leaves, on the emulator. */
let project: TemporaryProject;
let mhtctl: CommandLine;

beforeAll(async () => {
  project = await wholeProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  const s3 = new S3Client({ ...clientSettings(mhtctl), forcePathStyle: true });
  for (const name of ['staging', 'production']) {
    await mhtctl.run(['bootstrap', name, '--confirm', name, '--yes']);
    const Body = await readFile(join(REPOSITORY, 'test/fixtures/cost', `${name}.state.json`));
    const place = { Bucket: `mht-api-terraform-state-${name}`, Key: `${name}/terraform.tfstate` };
    await s3.send(new PutObjectCommand({ ...place, Body }));
  }
  s3.destroy();
});
afterAll(async () => {
  await mhtctl.stopEmulator();
  await project.dispose();
});

// Tests run in any order.
afterEach(() => project.write('usage.hcl', ''));

const report = (...args: readonly string[]) => mhtctl.run(['cost-report', ...args]);

/** What Cost Explorer says from now on to a question it was not asked before. */
async function seedBill(amount: string): Promise<void> {
  const group = { Keys: ['EC2 - Other'], Metrics: { UnblendedCost: { Amount: amount, Unit: 'USD' } } };
  const results = [{ ResultsByTime: [{ TimePeriod: { Start: '2026-11-01', End: '2026-11-02' }, Groups: [group] }] }];
  const { endpoint } = clientSettings(mhtctl);
  await fetch(`${endpoint}/moto-api/static/ce/cost-and-usage-results`, {
    method: 'POST',
    body: JSON.stringify({ account_id: '123456789012', results }),
  });
}

describe('cost-report', () => {
  it('says on stdout what an environment costs, and nothing else there', async () => {
    const { exitCode, stdout, stderr } = await report('staging', '--no-actual');
    expect([exitCode, stderr]).toEqual([0, '']);
    // Reckoned by hand in test/unit/domain/cost/demo.test.ts.
    expect(stdout).toMatch(/^Cost of staging a month/);
    expect(stdout).toMatch(/\n {2}fixed +72\.00 USD /);
    expect(stdout).not.toContain('\u001B[');
  });

  it('returns the document of the contract, and the backend that no state has', async () => {
    const { stdout } = await report('production', '--no-actual', '--compare', 'staging', '--json');
    const json = JSON.parse(stdout) as CostReportJson;
    expect(json).toMatchObject({
      environment: 'production',
      currency: 'USD',
      region: 'us-east-1',
      totals: { fixedMonthly: 194.54 },
      actual: null,
      comparison: { environment: 'staging', totals: { other: { fixedMonthly: 72 } } },
    });
    expect(json.resources.filter(({ origin }) => origin !== 'state').map(({ name, origin }) => [name, origin])).toEqual(
      expect.arrayContaining([['mht-api-terraform-state-production', 'backend']]),
    );
  });

  it.each([
    ['csv', /^environment,address,/],
    ['html', /^<!doctype html>/],
    ['json', /^\{\n {2}"environment": "staging"/],
    ['text', /^Cost of staging/],
  ])('writes %s to a file, and the text to the terminal', async (format, beginning) => {
    const file = join(project.root, `report.${format}`);
    const { exitCode, stdout } = await report('staging', '--no-actual', '--format', format, '--output', file);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Cost of staging/);
    expect(await readFile(file, 'utf8')).toMatch(beginning);
  });

  it('says why nothing was billed; then asks Cost Explorer once a day, and says what that cost', async () => {
    const empty = await report('production', '--json');
    expect(empty.exitCode).toBe(0);
    expect(empty.stderr).toContain('TagKey=Environment,Status=Active');
    expect((JSON.parse(empty.stdout) as CostReportJson).actual).toBeNull();

    await seedBill('12.345');
    const first = await report('staging', '--json');
    expect(first.stderr).toContain('Cost Explorer bills 0.01 USD a request: 2 were made, 0.02 USD');
    expect((JSON.parse(first.stdout) as CostReportJson).actual).toMatchObject({ monthToDate: 12.35, forecast: null });
    const again = await report('staging', '--json');
    expect(again.stderr).toBe('');
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(first.stdout));
  });

  it.each([
    [['nowhere'], 'UnknownEnvironment'],
    [['staging', '--compare', 'prod'], 'UnknownEnvironment'],
    [['staging', '--format', 'pdf'], 'Usage'],
    [['staging', '--no-actual', '--output', '/nowhere/report.html'], 'DirectoryMissing'],
  ])('is used wrongly as %j', async (args, code) => {
    const { exitCode, stdout } = await report(...args, '--json');
    expect(exitCode).toBe(2);
    expect((JSON.parse(stdout) as { error: { code: string } }).error.code).toBe(code);
  });

  it('goes by what the team says of its use, and refuses what it misspells', async () => {
    await project.write('usage.hcl', 'environment "staging" {\n  aws_lb {\n    average_lcus = 2\n  }\n}\n');
    const before = JSON.parse((await report('production', '--no-actual', '--json')).stdout) as CostReportJson;
    const staging = JSON.parse((await report('staging', '--no-actual', '--json')).stdout) as CostReportJson;
    const capacity = (json: CostReportJson) =>
      json.resources.flatMap(({ components }) => components).find(({ name }) => name === 'Capacity units')?.monthly;
    expect([capacity(before), capacity(staging)]).toEqual([5.84, 11.68]);
    await project.write('usage.hcl', 'environment "staging" {\n  aws_lb {\n    average_lcu = 2\n  }\n}\n');
    const wrong = await report('staging', '--no-actual');
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toContain('did you mean "average_lcus"?');
  });
});
