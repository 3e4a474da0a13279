import { beforeEach, describe, expect, it } from '@jest/globals';
import { outcomeOf } from '../../../src/domain/drift/environment-drift.js';
import { detectDrift, detectDriftOf, detectDrifts } from '../../../src/services/detect-drift.js';
import { PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { changeOf, planOf } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { FakeStageReport } from '../../fakes/progress.js';

const QUEUE = 'aws_sqs_queue.this';
const change = (before: number, after: number) =>
  changeOf(QUEUE, { actions: ['update'], before: { timeout: before }, after: { timeout: after } });

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
  ports.terraform.planToShow = planOf([change(77, 60)], { drift: [change(60, 77)] });
});

describe('the drift of an environment', () => {
  it('is found after the checks of a deployment, by a plan that is removed', async () => {
    const report = new FakeStageReport();
    const found = await detectDrift(ports, { binding: STAGING }, report);
    expect(found).toMatchObject({ environment: 'staging', deployed: true, drift: [{ address: QUEUE }] });
    expect(ports.journal.filter((call) => !call.startsWith('stateStore') && !call.startsWith('ledger'))).toEqual([
      'terraform.version',
      'identities.whoAmI',
      'terraform.unsavedStates',
      'terraform.initialise',
      'terraform.plan',
      'terraform.showPlan',
      'workspace.remove',
    ]);
    expect([...ports.workspace.files.keys()]).toEqual([]);
    expect(report.heard('result')).toEqual(['1 drifted']);
  });

  it('is looked for where a plan has nothing to do, too: what was added by hand is in no plan', async () => {
    ports.terraform.hasChanges = false;
    await detectDrift(ports, { binding: STAGING }, new FakeStageReport());
    expect(ports.journal).toContain('terraform.showPlan');
  });

  it('is none of one that was never deployed, and no plan is made', async () => {
    ports.stateStore.state = null;
    expect(await detectDrift(ports, { binding: STAGING }, new FakeStageReport())).toEqual({
      environment: 'staging',
      deployed: false,
      drift: [],
      unmanaged: [],
    });
    expect(ports.journal).not.toContain('terraform.plan');
  });

  it.each(['plan', 'showPlan'] as const)('leaves no plan behind when %s fails', async (method) => {
    ports.terraform.failures = { [method]: toolFailure('no answer') };
    expect(await failureOf(() => detectDriftOf(ports, 'staging'))).toMatchObject({ exitCode: 5 });
    expect([...ports.workspace.files.keys()]).toEqual([]);
  });

  it('is not looked for with the credentials of another account', async () => {
    ports.identities.identity = { accountId: '999999999999', arn: 'arn:aws:iam::999999999999:user/eve' };
    expect(await failureOf(() => detectDriftOf(ports, 'staging'))).toMatchObject({ code: 'WrongAccount', exitCode: 7 });
    expect(ports.journal).not.toContain('terraform.plan');
  });
});

describe('the drift of several', () => {
  const production = (code: string) => {
    const { catalog } = ports;
    const bind = catalog.bind.bind(catalog);
    catalog.bind = async (name) => {
      if (name === PRODUCTION.name) throw Object.assign(toolFailure('broken'), { code });
      return bind(name);
    };
  };

  it('is told in order, one beside the other', async () => {
    const answers = await detectDrifts(ports, ['production', 'staging']);
    expect(answers.map(({ environment }) => environment)).toEqual(['production', 'staging']);
    expect(ports.progress.titles).toEqual(['Drift of production, staging']);
    expect(outcomeOf(answers)).toBe('refused');
  });

  it('hides none for the sake of one that fails, and ends as that one', async () => {
    production('HclSyntax');
    const answers = await detectDrifts(ports, ['production', 'staging']);
    expect(answers).toMatchObject([{ failure: { code: 'HclSyntax' } }, { found: { drift: [{ address: QUEUE }] } }]);
    expect(outcomeOf(answers)).toBe('toolFailed');
    expect(ports.progress.heard('Drift of production, staging', 'result')).toEqual([
      'found in staging; not known of production',
    ]);
  });

  it('ends with an interrupt, whatever was found', async () => {
    const { reason } = AbortSignal.abort(toolFailure('x'));
    ports.terraform.failures = {
      plan: Object.assign(reason as Error, { code: 'Interrupted', outcome: 'interrupted' }),
    };
    expect(await failureOf(() => detectDrifts(ports, ['production', 'staging']))).toMatchObject({
      code: 'Interrupted',
    });
    expect([...ports.workspace.files.keys()]).toEqual([]);
  });

  it('is none where there is none', async () => {
    ports.terraform.planToShow = planOf([]);
    expect(outcomeOf(await detectDrifts(ports, ['production', 'staging']))).toBe('done');
  });
});
