import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MhtctlError } from '../../../src/domain/errors.js';
import { planDigest } from '../../../src/domain/plan.js';
import { type PrepareOptions, prepareDeployment } from '../../../src/services/prepare-deployment.js';
import { absentBackend, factsOf } from '../../fakes/backend-facts.js';
import { bindingOf, PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { changeOf, LINEAGE, NOW, outputChangeOf, planFileOf, planOf } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { later, recordOf, stateOf } from '../../fakes/states.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
});

const prepare = (options: Partial<PrepareOptions> = {}) => prepareDeployment(ports, { binding: STAGING, ...options });
const refusal = (options: Partial<PrepareOptions> = {}): Promise<MhtctlError> => failureOf(() => prepare(options));

/** The plan of staging as the fake Terraform shows it, and its digest. */
const CHANGES = [changeOf('aws_sqs_queue.this')];
const DIGEST = planDigest({
  environment: 'staging',
  backend: STAGING.backend,
  lineage: LINEAGE,
  changes: CHANGES,
  outputChanges: [],
});

describe('a deployment that is prepared', () => {
  it('goes through its stages in order', async () => {
    await prepare();
    expect(ports.progress.titles).toEqual(['Pre-flight', 'Identity', 'State', 'Initialise', 'Plan', 'Check']);
    const firsts = [
      'identities.whoAmI',
      'stateStore.inspect',
      'terraform.initialise',
      'terraform.plan',
      'terraform.showPlan',
    ];
    expect(ports.journal.filter((call) => firsts.includes(call))).toEqual(firsts);
  });

  it('changes nothing', async () => {
    await prepare();
    const changing = [
      'terraform.apply',
      'terraform.switchDefault',
      'stateStore.repair',
      'workspace.setCurrentEnvironment',
    ];
    expect(ports.journal.filter((call) => changing.includes(call) || call.startsWith('ledger.append'))).toEqual([]);
  });

  it('is everything that is confirmed and applied later', async () => {
    ports.repository.commit = { hash: 'f'.repeat(40), branch: undefined, dirtyFiles: ['main.tf'] };
    const prepared = await prepare();
    expect(prepared).toMatchObject({
      id: expect.stringMatching(/^20261123T100000Z-[0-9a-f]{6}$/),
      startedAt: NOW,
      binding: STAGING,
      identity: ports.identities.identity,
      commit: { dirtyFiles: ['main.tf'] },
      state: stateOf(),
      plan: planOf(CHANGES),
      hasChanges: true,
      digest: DIGEST,
      summary: { create: 1, update: 0, delete: 0, replace: 0 },
      risks: [],
    });
    expect(prepared.planFile).toBe(`${STAGING.workDir}/plans/${prepared.id}.tfplan`);
    expect(ports.workspace.files.has(prepared.planFile)).toBe(true);
  });

  it('has another id each time', async () => {
    expect((await prepare()).id).not.toBe((await prepare()).id);
  });

  it('says what it found', async () => {
    await prepare();
    expect(ports.progress.heard('Pre-flight', 'result')).toEqual(['Terraform 1.11.4, commit 01234567 (clean)']);
    expect(ports.progress.heard('Identity', 'result')).toEqual([
      'account 111111111111, us-east-1, arn:aws:iam::111111111111:user/ada',
    ]);
    expect(ports.progress.heard('State', 'result')).toEqual([
      's3://mht-api-terraform-state-staging/staging/terraform.tfstate, serial 7',
    ]);
    expect(ports.progress.heard('Check', 'result')).toEqual(['nothing to object to']);
  });

  it('shows warnings of Terraform and how far its reading is', async () => {
    ports.terraform.planning = ({ onEvent }) => {
      for (let index = 1; index <= 11; index += 1) onEvent({ kind: 'refreshing', address: `a[${index}]` });
      const diagnostic = { summary: 'Deprecated', detail: '', address: undefined, location: undefined };
      onEvent({ kind: 'diagnostic', diagnostic: { ...diagnostic, severity: 'warning' } });
    };
    await prepare();
    expect(ports.progress.heard('Plan', 'now')).toEqual(['reading a[1]', 'reading a[11]']);
    expect(ports.progress.heard('Plan', 'note')).toEqual(['warning: Deprecated']);
  });

  it('does not read the plan in full when Terraform says that nothing changes', async () => {
    ports.terraform.hasChanges = false;
    expect(await prepare()).toMatchObject({ hasChanges: false, plan: { changes: [] }, risks: [] });
    expect(ports.journal).not.toContain('terraform.showPlan');
  });

  it.each([
    ['nothing but outputs', planOf([], { outputChanges: [outputChangeOf('url')] }), true],
    ['nothing that mhtctl counts', planOf([]), false],
  ])('with %s has changes: %s', async (_, plan, hasChanges) => {
    ports.terraform.planToShow = plan;
    expect((await prepare()).hasChanges).toBe(hasChanges);
  });

  it('counts its risks by how grave they are', async () => {
    ports.terraform.planToShow = planOf([
      changeOf('aws_sqs_queue.a', { actions: ['delete'], after: null }),
      changeOf('aws_sqs_queue.b', { after: { name: 'nameless' } }),
      changeOf('aws_sqs_queue.c', { after: { name: 'staging-q', policy: 'x-production-y' } }),
    ]);
    const { risks } = await prepare();
    expect(risks.map(({ severity }) => severity)).toEqual(['forbidden', 'consent', 'notice']);
    expect(ports.progress.heard('Check', 'result')).toEqual(['1 forbidden, 1 to be allowed by name, 1 to know of']);
  });

  it('may be the first: without a state, a record or a commit', async () => {
    ports.stateStore.state = null;
    ports.repository.commit = null;
    ports.terraform.planFile = planFileOf(STAGING, { lineage: '', serial: 0 });
    expect(await prepare()).toMatchObject({ state: null, commit: null, hasChanges: true });
    expect(ports.progress.heard('State', 'result')[0]).toContain('no state yet');
    expect(ports.progress.heard('Pre-flight', 'result')[0]).toContain('no git commit');
  });

  it.each([
    [1, '1 uncommitted file)'],
    [2, '2 uncommitted files)'],
  ])('says that %d files are not committed', async (count, said) => {
    ports.repository.commit = { hash: 'f'.repeat(40), branch: 'main', dirtyFiles: Array(count).fill('main.tf') };
    await prepare();
    expect(ports.progress.heard('Pre-flight', 'result')[0]).toContain(said);
  });
});

describe('a stage that fails', () => {
  const failure = toolFailure('broken');

  it.each<[string, () => void, string]>([
    ['Pre-flight', () => Object.assign(ports.terraform.failures, { version: failure }), 'terraform.initialise'],
    ['Identity', () => Object.assign(ports.identities, { failure }), 'terraform.initialise'],
    ['State', () => Object.assign(ports.stateStore, { readFailure: failure }), 'terraform.initialise'],
    ['Initialise', () => Object.assign(ports.terraform.failures, { initialise: failure }), 'terraform.plan'],
    ['Plan', () => Object.assign(ports.terraform.failures, { plan: failure }), 'terraform.readPlanFile'],
    ['Check', () => Object.assign(ports.terraform.failures, { showPlan: failure }), 'nothing more'],
  ])('%s is the last one, and leaves no plan behind', async (title, breakIt, next) => {
    breakIt();
    expect(await refusal()).toBe(failure);
    expect(ports.progress.titles.at(-1)).toBe(title);
    expect(ports.journal).not.toContain(next);
    expect([...ports.workspace.files]).toEqual([]);
  });

  it('is not awaited after an interrupt', async () => {
    ports.interruption.interrupt();
    expect(await refusal()).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect(ports.journal).not.toContain('terraform.initialise');
  });
});

describe('an interrupt', () => {
  it.each<[string, () => void]>([
    ['Initialise', () => interruptIn('initialise')],
    ['Plan', () => Object.assign(ports.terraform, { planning: () => ports.interruption.interrupt() })],
    ['Check', () => interruptIn('showPlan')],
  ])('during %s lets nothing more begin, and leaves no plan behind', async (_, arrange) => {
    arrange();
    expect(await refusal()).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect([...ports.workspace.files]).toEqual([]);
  });

  it('during the initialisation means no plan', async () => {
    interruptIn('initialise');
    await refusal();
    expect(ports.journal).not.toContain('terraform.plan');
  });

  function interruptIn(method: 'initialise' | 'showPlan'): void {
    const original = ports.terraform[method].bind(ports.terraform) as () => Promise<unknown>;
    Object.assign(ports.terraform, {
      [method]: () => {
        ports.interruption.interrupt();
        return original();
      },
    });
  }
});

describe('plans of earlier runs', () => {
  it('that were killed are removed after an hour', async () => {
    await prepare();
    expect(ports.workspace.swept).toEqual([{ directory: `${STAGING.workDir}/plans`, before: later(-3600) }]);
  });
});

describe('a state that could not be saved', () => {
  const FILE = `${STAGING.workDir}/errored.tfstate`;
  const unsaved = (serial: number, lineage = LINEAGE) => {
    ports.workspace.files.set(FILE, 'state');
    ports.terraform.unsaved = { own: { file: FILE, lineage, serial }, stray: null };
  };

  it('is looked for by the lineage of the state', async () => {
    await prepare();
    expect(ports.terraform.askedForLineages).toEqual([LINEAGE]);
  });

  it.each<[string, () => void]>([
    ['newer than the one AWS has', () => unsaved(8)],
    ['of another lineage', () => unsaved(3, 'other')],
    [
      'the only one',
      () => {
        unsaved(1);
        ports.stateStore.state = null;
      },
    ],
    [
      'what makes the state look lost',
      () => {
        unsaved(8);
        ports.stateStore.state = null;
        ports.ledger.last = recordOf();
      },
    ],
  ])('is to be saved first, when it is %s', async (_, arrange) => {
    arrange();
    const failure = await refusal();
    expect(failure).toMatchObject({ code: 'StateUnsaved', exitCode: 3 });
    expect(failure.nextSteps[0]).toBe(`save it: mhtctl terraform staging -- state push ${FILE}`);
    expect(failure.message).toContain(FILE);
    expect(ports.journal).not.toContain('terraform.initialise');
    expect(ports.workspace.files.has(FILE)).toBe(true);
  });

  it.each([7, 6])(
    'has served its purpose once AWS has serial 7 and it is %d: it is removed in silence',
    async (serial) => {
      unsaved(serial);
      await expect(prepare()).resolves.toMatchObject({ hasChanges: true });
      expect(ports.workspace.files.has(FILE)).toBe(false);
      expect(ports.progress.heard('State', 'note')).toEqual([]);
    },
  );

  it('of nobody knows whom is warned of', async () => {
    ports.terraform.unsaved = { own: null, stray: '/project/terraform/errored.tfstate' };
    await expect(prepare()).resolves.toMatchObject({ hasChanges: true });
    expect(ports.progress.heard('State', 'note')).toEqual([
      expect.stringMatching(/^warning: .*\/project\/terraform\/errored\.tfstate/),
    ]);
  });
});

describe('the identity', () => {
  it('of another account is refused, both named', async () => {
    ports.identities.identity = { accountId: '222222222222', arn: 'arn:aws:iam::222222222222:user/eve' };
    const failure = await refusal();
    expect(failure).toMatchObject({ code: 'WrongAccount', exitCode: 7 });
    for (const part of ['222222222222', '111111111111', 'user/eve']) expect(failure.message).toContain(part);
    expect(ports.journal).not.toContain('terraform.initialise');
  });

  it('may be anybody where no account is pinned, which is said', async () => {
    ports.identities.identity = { accountId: '222222222222', arn: 'arn:x' };
    await prepare({ binding: bindingOf('staging', { accountId: undefined }) });
    expect(ports.progress.heard('Identity', 'note')).toEqual([expect.stringContaining('no account is pinned')]);
  });

  it.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])(
    'is refused when %s is another region, before Terraform runs',
    async (name) => {
      ports = fakePorts({ environment: { [name]: 'eu-west-1' } });
      const failure = await refusal();
      expect(failure).toMatchObject({ code: 'WrongRegion', exitCode: 7, nextSteps: [`export ${name}=us-east-1`] });
      expect(failure.message).toContain(`${name} is eu-west-1`);
      expect(ports.journal).not.toContain('terraform.initialise');
    },
  );

  it.each(['us-east-1', ''])('is accepted when the region is "%s"', async (region) => {
    ports = fakePorts({ environment: { AWS_REGION: region, AWS_DEFAULT_REGION: region } });
    await expect(prepare()).resolves.toMatchObject({ hasChanges: true });
  });
});

describe('what would silently change the run', () => {
  it.each<[string, Record<string, string>, string[], string]>([
    ['TF_VAR_environment', { TF_VAR_environment: 'x' }, [], 'unset TF_VAR_environment'],
    ['TF_WORKSPACE', { TF_WORKSPACE: 'x' }, [], 'unset TF_WORKSPACE'],
    ['x.auto.tfvars', {}, ['x.auto.tfvars'], 'rm /project/terraform/x.auto.tfvars'],
  ])('is refused for a protected environment: %s', async (name, environment, files, nextStep) => {
    ports = fakePorts({ environment });
    ports.workspace.names = files;
    const failure = await refusal({ binding: PRODUCTION });
    expect(failure).toMatchObject({
      code: 'SilentInfluences',
      exitCode: 2,
      nextSteps: [expect.stringContaining(nextStep)],
    });
    expect(failure.message).toContain(name);
    expect(ports.journal).not.toContain('terraform.initialise');
  });

  it('is only warned of for an unprotected one', async () => {
    ports = fakePorts({ environment: { TF_VAR_x: '1' } });
    ports.workspace.names = ['x.auto.tfvars'];
    await prepare();
    expect(ports.progress.heard('Pre-flight', 'note')).toEqual([
      expect.stringContaining('warning: TF_VAR_x'),
      expect.stringContaining('warning: x.auto.tfvars'),
    ]);
  });

  it('is all told at once', async () => {
    ports = fakePorts({ environment: { TF_VAR_a: '1', TF_DATA_DIR: 'x' } });
    ports.workspace.names = ['a.auto.tfvars', 'terraform.tfvars'];
    const { nextSteps } = await refusal({ binding: PRODUCTION });
    expect(nextSteps).toEqual([
      'unset TF_DATA_DIR TF_VAR_a',
      expect.stringContaining('a.auto.tfvars'),
      expect.stringContaining('terraform.tfvars'),
    ]);
  });
});

describe('the disk', () => {
  const MIB = 1024 * 1024;

  it('with a byte less than 64 MiB is too full', async () => {
    ports.workspace.free = 64 * MIB - 1;
    const failure = await refusal();
    expect(failure).toMatchObject({ code: 'DiskFull', exitCode: 5 });
    expect(failure.message).toMatch(/only 63 MiB .* at least 64 MiB/);
    expect(ports.journal).not.toContain('terraform.initialise');
  });

  it('with 64 MiB is not', async () => {
    ports.workspace.free = 64 * MIB;
    await expect(prepare()).resolves.toMatchObject({ hasChanges: true });
  });
});

describe('the backend', () => {
  it('that is not there is refused in one line a resource, bootstrap being next', async () => {
    ports.stateStore.facts = absentBackend(STAGING);
    ports.stateStore.state = null;
    const failure = await refusal();
    expect(failure).toMatchObject({
      code: 'BackendNotReady',
      exitCode: 3,
      nextSteps: ['mhtctl bootstrap staging'],
      message:
        'the state bucket mht-api-terraform-state-staging is not there; ' +
        'the lock table mht-api-terraform-locks-staging is not there',
    });
    expect(ports.journal).not.toContain('terraform.initialise');
  });

  it.each([
    ['versioned', { bucket: { versioned: false } }],
    ['encrypted', { bucket: { encryption: null } }],
    ['private', { bucket: { publicAccessBlocked: false } }],
    ['there', { lockTable: { exists: false } }],
  ])('that is not %s is refused', async (property, facts) => {
    ports.stateStore.facts = factsOf(STAGING, facts);
    const failure = await refusal();
    expect(failure).toMatchObject({ code: 'BackendNotReady', exitCode: 3, nextSteps: ['mhtctl bootstrap staging'] });
    expect(failure.message).toMatch(new RegExp(`is not ${property}$`));
  });

  it('that lacks what is not essential is warned of', async () => {
    ports.stateStore.facts = factsOf(STAGING, {
      bucket: { tlsOnly: false },
      lockTable: { pointInTimeRecovery: false },
    });
    await prepare();
    expect(ports.progress.heard('State', 'note')).toEqual([
      'warning: the state bucket mht-api-terraform-state-staging is not TLS-only; mend it: mhtctl bootstrap staging',
      'warning: the lock table mht-api-terraform-locks-staging is not recoverable to a point in time; mend it: mhtctl bootstrap staging',
    ]);
  });
});

describe('a state that is empty', () => {
  it.each([
    ['gone', null],
    ['without resources', stateOf({ lineage: 'new', serial: 1, instances: [] })],
  ])('is an alarm after a deployment: %s', async (_, state) => {
    ports.stateStore.state = state;
    ports.ledger.last = recordOf();
    const failure = await refusal();
    expect(failure).toMatchObject({ code: 'StateLost', exitCode: 3 });
    for (const part of ['20261122T090000Z-ffffff', 'serial 7', LINEAGE]) expect(failure.message).toContain(part);
    expect(failure.nextSteps.join('\n')).toContain('mhtctl state restore staging VERSION');
    expect(ports.journal).not.toContain('terraform.initialise');
  });

  it('is history where a mark says that it was migrated away', async () => {
    const migrated = {
      format: 1,
      environment: 'staging',
      id: '20261122T090000Z-ffffff',
      to: { bucket: 'new-bucket', key: 'k', region: 'us-east-1', lineage: LINEAGE },
      from: { lineage: 'old', serial: 9 },
      migratedAt: '2026-11-22T09:00:00.000Z',
      actor: 'arn:aws:iam::111111111111:user/ada',
    } as const;
    ports.stateStore.facts = { ...ports.stateStore.facts, migrated };
    const failure = await refusal();
    expect(failure).toMatchObject({ code: 'StateMigrated', exitCode: 3 });
    expect(failure.message).toContain('was migrated to s3://new-bucket/k as "staging" on 2026-11-22');
    expect(ports.journal).not.toContain('terraform.initialise');
  });

  it('is an alarm after a deployment that was killed, when there was a state before it', async () => {
    ports.stateStore.state = null;
    ports.ledger.last = recordOf({
      status: 'started',
      stateBefore: { lineage: LINEAGE, serial: 5 },
      stateAfter: null,
    });
    expect(await refusal()).toMatchObject({ code: 'StateLost' });
  });

  it('is none after a first deployment that was killed before it wrote anything', async () => {
    ports.stateStore.state = null;
    ports.terraform.planFile = planFileOf(STAGING, { lineage: '', serial: 0 });
    ports.ledger.last = recordOf({ status: 'started', stateBefore: null, stateAfter: null });
    await expect(prepare()).resolves.toMatchObject({ state: null });
  });

  it('is none when the last deployment failed before it made anything, and left just this state', async () => {
    ports.stateStore.state = stateOf({ serial: 1, instances: [] });
    ports.terraform.planFile = planFileOf(STAGING, { serial: 1 });
    ports.ledger.last = recordOf({ status: 'failed', stateBefore: null, stateAfter: { lineage: LINEAGE, serial: 1 } });
    await expect(prepare()).resolves.toMatchObject({ hasChanges: true });
  });
});

describe('a plan that is given', () => {
  const GIVEN = '/elsewhere/reviewed.tfplan';

  beforeEach(() => {
    ports.workspace.files.set(GIVEN, 'reviewed');
  });

  it('is copied, and the copy is what counts', async () => {
    const { planFile, digest } = await prepare({ planFile: GIVEN });
    expect(planFile).not.toBe(GIVEN);
    expect(ports.workspace.files.get(planFile)).toBe('reviewed');
    expect(digest).toBe(DIGEST);
    expect(ports.journal).not.toContain('terraform.plan');
  });

  it('that is not there is a usage error', async () => {
    expect(await refusal({ planFile: '/elsewhere/missing' })).toMatchObject({ code: 'FileMissing', exitCode: 2 });
  });

  it.each([
    ['its backend', { backend: planFileOf(PRODUCTION).backend }],
    ['its variables', { variables: { environment: 'production' } }],
    ['its workspace', { workspace: 'production' }],
  ])('of another environment is refused by %s alone, without being shown in full', async (_, parts) => {
    // Another environment's lineage is another one too; that the plan is foreign is the graver thing.
    ports.terraform.planFile = planFileOf(STAGING, { lineage: 'other', ...parts });
    const { risks, plan } = await prepare({ planFile: GIVEN });
    expect(risks).toMatchObject([{ severity: 'forbidden' }]);
    expect(plan.changes).toEqual([]);
    expect(ports.journal).not.toContain('terraform.showPlan');
  });

  it.each([
    ['too old', { createdAt: later(-24 * 3600 - 1) }],
    ['from another serial', { serial: 6 }],
    ['from another lineage', { lineage: 'other' }],
  ])('that is %s is refused, and its copy removed', async (_, parts) => {
    ports.terraform.planFile = planFileOf(STAGING, parts);
    expect(await refusal({ planFile: GIVEN })).toMatchObject({ code: 'PlanStale', exitCode: 3 });
    expect([...ports.workspace.files.keys()]).toEqual([GIVEN]);
  });
});

describe('the digest that was reviewed', () => {
  it('is accepted when the plan has it', async () => {
    await expect(prepare({ expectedDigest: DIGEST })).resolves.toMatchObject({ digest: DIGEST });
  });

  it('is refused when the plan has another, both named, and no plan is left behind', async () => {
    const failure = await refusal({ expectedDigest: 'sha256:reviewed' });
    expect(failure).toMatchObject({
      code: 'PlanChanged',
      exitCode: 3,
      nextSteps: [expect.stringContaining('mhtctl plan staging')],
    });
    for (const part of [DIGEST, 'sha256:reviewed']) expect(failure.message).toContain(part);
    expect([...ports.workspace.files]).toEqual([]);
  });
});
