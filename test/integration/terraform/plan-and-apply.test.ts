import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { wrongBackend } from '../../../src/domain/plan-checks/wrong-backend.js';
import { wrongEnvironment } from '../../../src/domain/plan-checks/wrong-environment.js';
import { refuseStalePlan } from '../../../src/domain/plan-freshness.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { PLAIN, TerraformProject } from '../../support/terraform-project.js';

const ADDRESS = 'terraform_data.this';

describe('Terraform', () => {
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

  /** The data directories stay as they are: they say where the state is, not what is in it. */
  beforeEach(async () => {
    await aws.reset();
    await project.makeBackends();
    await project.configure(PLAIN);
  });

  describe('makes a plan', () => {
    it('of what changes, tells it as it finds it, and keeps plan and log from others', async () => {
      const run = project.run();
      const out = join(project.root, 'a-new-directory', 'it.tfplan');
      const { terraform } = project.process();
      expect(await terraform.plan(project.staging, { ...run, out })).toEqual({ hasChanges: true });
      expect(run.events).toContainEqual({ kind: 'planned', address: ADDRESS, action: 'create' });
      expect(statSync(join(out, '..')).mode & 0o077).toBe(0);
      expect(statSync(out).mode & 0o777).toBe(0o600);
      expect(statSync(run.logFile).mode & 0o077).toBe(0);
      expect(readFileSync(run.logFile, 'utf8')).toContain('planned_change');
    });

    it('of nothing right after an apply', async () => {
      await project.deploy(project.staging);
      const run = project.run();
      const out = join(project.root, 'nothing.tfplan');
      const { terraform } = project.process();
      expect(await terraform.plan(project.staging, { ...run, out })).toEqual({ hasChanges: false });
      expect(run.events.filter(({ kind }) => kind === 'planned')).toEqual([]);
      expect((await terraform.showPlan(project.staging, out)).changes).toEqual([]);
    });

    it('that shows its environment, its changes and its outputs', async () => {
      const planFile = await project.plan(project.staging);
      const plan = await project.process().terraform.showPlan(project.staging, planFile);
      expect(plan.environment).toBe('staging');
      expect(plan.changes).toEqual([
        expect.objectContaining({ address: ADDRESS, type: 'terraform_data', actions: ['create'], before: null }),
      ]);
      expect(plan.changes[0]?.after).toMatchObject({ input: 'made for staging' });
      expect(plan.outputChanges).toEqual([expect.objectContaining({ name: 'made_for', actions: ['create'] })]);
    });

    it.each([
      { what: 'a syntax error', text: 'resource "terraform_data" {', line: 1 },
      { what: 'an unknown reference', text: '\n\noutput "lost" {\n  value = terraform_data.lost.id\n}\n', line: 4 },
    ])('of no configuration with $what, whose file and line it tells', async ({ text, line }) => {
      await project.write('extra.tf', text);
      try {
        const run = project.run();
        const out = join(project.root, 'never.tfplan');
        const failure = await failureOf(project.process().terraform.plan(project.staging, { ...run, out }));
        expect(failure).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
        expect(failure.message).toContain(`extra.tf:${line}`);
        expect(failure.nextSteps.join('\n')).toContain(run.logFile);
      } finally {
        await project.write('extra.tf', '');
      }
    });

    it('into no file that cannot be written', async () => {
      const run = project.run();
      const { terraform } = project.process();
      const failure = await failureOf(terraform.plan(project.staging, { ...run, out: project.root }));
      expect(failure).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
      expect(failure.message).toContain(project.root);
    });
  });

  describe('applies a plan', () => {
    it('and tells what is done, which is in the state afterwards', async () => {
      const { events } = await project.deploy(project.staging);
      expect(events).toContainEqual({ kind: 'started', address: ADDRESS, action: 'create' });
      expect(events).toContainEqual(expect.objectContaining({ kind: 'finished', address: ADDRESS, action: 'create' }));
      const state = await project.state(project.staging);
      expect(state?.instances.map(({ address }) => address)).toEqual([ADDRESS]);
      expect(state?.outputs['made_for']).toEqual({ value: 'made for staging', sensitive: false });
    });

    it('only once: the second time it is stale (exit 3)', async () => {
      const planFile = await project.plan(project.staging);
      const { terraform } = project.process();
      await terraform.apply(project.staging, { ...project.run(), planFile });
      const after = await project.state(project.staging);
      const failure = await failureOf(terraform.apply(project.staging, { ...project.run(), planFile }));
      expect(failure).toMatchObject({ code: 'PlanStale', exitCode: 3 });
      expect(failure.nextSteps).toEqual([expect.stringContaining('mhtctl plan staging')]);
      expect(await project.state(project.staging)).toEqual(after);
    });

    it('not when another was applied after it was made', async () => {
      await project.deploy(project.staging);
      await project.configure(PLAIN.replace('made for', 'made anew for'));
      const older = await project.plan(project.staging);
      await project.deploy(project.staging);
      const { terraform } = project.process();
      const failure = await failureOf(terraform.apply(project.staging, { ...project.run(), planFile: older }));
      expect(failure).toMatchObject({ code: 'PlanStale', exitCode: 3 });
    });

    it('and names the resource that fails, what was done before it being saved', async () => {
      await project.configure(`${PLAIN}
resource "terraform_data" "bad" {
  depends_on = [terraform_data.this]
  provisioner "local-exec" {
    command = "exit 3"
  }
}
`);
      const planFile = await project.plan(project.staging);
      const run = project.run();
      const failure = await failureOf(project.process().terraform.apply(project.staging, { ...run, planFile }));
      expect(failure).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
      expect(failure.message).toContain('terraform_data.bad');
      expect(run.events).toContainEqual(expect.objectContaining({ kind: 'failed', address: 'terraform_data.bad' }));
      const state = await project.state(project.staging);
      expect(state?.instances.map(({ address }) => address)).toContain(ADDRESS);
    });
  });

  describe('saves a plan that says of itself', () => {
    it('where and with what it was made, when there was no state', async () => {
      const before = Date.now();
      const file = await project.process().terraform.readPlanFile(await project.plan(project.staging));
      const { bucket, key, region } = project.staging.backend;
      expect(file.backend).toEqual({ type: 's3', bucket, key, region });
      expect(file.workspace).toBe('default');
      expect(file.variables).toEqual({ environment: 'staging' });
      expect(file.terraformVersion).toBe(await project.process().terraform.version());
      // Terraform writes whole seconds.
      expect(file.createdAt.getTime()).toBeGreaterThanOrEqual(before - 1000);
      expect(file.createdAt.getTime()).toBeLessThanOrEqual(Date.now());
      expect(() => refuseStalePlan(project.staging, file, null, new Date())).not.toThrow();
    });

    it('from which state it was made, until that is another', async () => {
      await project.deploy(project.staging);
      await project.configure(PLAIN.replace('made for', 'made anew for'));
      const { terraform } = project.process();
      const planFile = await project.plan(project.staging);
      const file = await terraform.readPlanFile(planFile);
      const state = await project.state(project.staging);
      expect({ lineage: file.lineage, serial: file.serial }).toEqual({
        lineage: state?.lineage,
        serial: state?.serial,
      });
      expect(() => refuseStalePlan(project.staging, file, state, new Date())).not.toThrow();
      await terraform.apply(project.staging, { ...project.run(), planFile });
      const next = await project.state(project.staging);
      expect(() => refuseStalePlan(project.staging, file, next, new Date())).toThrow('serial');
    });

    it('whose it is: checked for another environment it is refused, by backend and by values', async () => {
      const { terraform } = project.process();
      const planFile = await project.plan(project.staging);
      const file = await terraform.readPlanFile(planFile);
      const plan = await terraform.showPlan(project.production, planFile);
      const evidence = { plan, file, binding: project.production, others: [project.staging], cost: null };
      const risks = [wrongBackend, wrongEnvironment].map(({ check }) => check(evidence));
      expect(risks).toEqual([
        [expect.objectContaining({ severity: 'forbidden' })],
        [expect.objectContaining({ severity: 'forbidden' })],
      ]);
      expect(risks[0]?.[0]?.message).toContain(project.staging.backend.bucket);
      expect(risks[0]?.[0]?.message).toContain(project.production.backend.bucket);
      const own = { ...evidence, binding: project.staging, others: [project.production] };
      expect([wrongBackend, wrongEnvironment].flatMap(({ check }) => check(own))).toEqual([]);
    });
  });
});
