import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Commit } from '../domain/commit.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Identity } from '../domain/identity.js';
import { type LedgerRecord, type RecordedInputs, recordId } from '../domain/ledger-record.js';
import { type Plan, type PlanFile, planDigest, summarise } from '../domain/plan.js';
import { judgePlan, judgePlanFile } from '../domain/plan-checks/index.js';
import type { Risk } from '../domain/plan-checks/rule.js';
import { refuseStalePlan } from '../domain/plan-freshness.js';
import type { PlanPurpose } from '../domain/plan-purpose.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import { judgePlannedSeparation, type OtherState } from '../domain/separation/judge-plan.js';
import type { State, StateObject } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import type { Stage, StageReport } from '../ports/progress.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { costOfPrepared } from './cost-of-prepared.js';
import { type HeldOperation, holdOperation } from './hold-operation.js';
import { makePlan } from './make-plan.js';
import { preflight } from './preflight.js';
import { readInputs } from './read-inputs.js';
import { askBackend, verifyBackend } from './verify-backend.js';
import { verifyIdentity } from './verify-identity.js';
import { type PromotionPorts, verifyPromotion } from './verify-promotion.js';
import { sendUnsentRecords } from './write-record.js';

/** The ports that preparing a deployment takes. */
export type PreparePorts = PromotionPorts &
  Pick<
    Ports,
    | 'catalog'
    | 'clock'
    | 'costSources'
    | 'environment'
    | 'identities'
    | 'interruption'
    | 'ledger'
    | 'operationLock'
    | 'origin'
    | 'progress'
    | 'repository'
    | 'stateStore'
    | 'terraform'
    | 'workspace'
  >;

/** A plan this old is not waiting for its confirmation any more: its mhtctl was killed. */
const LEFT_BEHIND_MS = 60 * 60 * 1000;

/** What to prepare. */
export interface PrepareOptions {
  readonly binding: Binding;
  /** What it is recorded as. */
  readonly operation?: 'deploy' | 'rollback' | 'import' | 'destroy';
  /** What the plan is made for; a deployment when left out. */
  readonly purpose?: PlanPurpose;
  /** The commit that is deployed; that of the work tree when left out. */
  readonly commit?: Commit;
  /** What it is about beside the plan, for the record. */
  readonly about?: LedgerRecord['about'];
  /**
   * Takes the operation lock, and waits so many seconds for it. Left out by who changes nothing: then nothing at all is
   * written.
   */
  readonly hold?: { readonly waitSeconds: number } | undefined;
  /** Keeps the promotion gate; left out by what is not promoted, such as a rollback. */
  readonly promotion?: { readonly skipReason: string | undefined };
  /** A saved plan to use instead of making one. */
  readonly planFile?: string | undefined;
  /** Digest the plan must have: the one that was reviewed. */
  readonly expectedDigest?: string | undefined;
}

/**
 * Everything before the confirmation: the machine, the account, the state backend, Terraform's initialisation, the
 * plan and its judgement. Changes nothing. Fails with the exit code of the first thing that is not as it must be.
 */
export async function prepareDeployment(ports: PreparePorts, options: PrepareOptions): Promise<PreparedDeployment> {
  const { binding, operation = 'deploy', about = {} } = options;
  const startedAt = ports.clock.now();
  const id = recordId(startedAt, randomBytes(3).toString('hex'));
  const plans = await ports.workspace.makeDirectory(join(binding.workDir, 'plans'));
  await ports.workspace.removeOlder(plans, new Date(startedAt.getTime() - LEFT_BEHIND_MS));
  const planFile = join(plans, `${id}.tfplan`);

  let commit: Commit | null = null;
  let identity: Identity = { accountId: '', arn: '' };
  let held: HeldOperation | undefined;
  let inputs: RecordedInputs | undefined;
  let state = null as StateObject | null;
  let hasChanges = false;
  let judged: Judged | undefined;

  // Asked together and judged in order: an answer takes its time to come, and asking changes nothing.
  const identityAnswer = awaitedLater(ports.identities.whoAmI(binding));
  // Under a lock the state is read only once the lock is held: whoever held it before may have changed it.
  let backendAnswer = options.hold === undefined ? awaitedLater(askBackend(ports, binding)) : undefined;
  let bindings: Promise<readonly Binding[]> | undefined;
  let others: Promise<readonly OtherState[]> | undefined;

  const lockStage = ({ waitSeconds }: { readonly waitSeconds: number }): Stage => ({
    title: 'Lock',
    run: async (report) => {
      held = await holdOperation(ports, { binding, id, operation, identity, commit, waitSeconds }, report);
    },
  });
  const promotionStage = ({ skipReason }: { readonly skipReason: string | undefined }): Stage => ({
    title: 'Promotion',
    run: async (report) => {
      await abandonOnInterrupt(ports.interruption, verifyPromotion(ports, { binding, commit, skipReason }, report));
    },
  });
  const release = async (): Promise<void> => {
    // A saved plan holds every value in the clear; one that is not used any more is not left behind.
    await ports.workspace.remove(planFile);
    await held?.release();
    held = undefined;
  };
  const stages: readonly Stage[] = [
    {
      title: 'Pre-flight',
      run: async (report) => {
        const found = await abandonOnInterrupt(ports.interruption, preflight(ports, binding, report));
        commit = options.commit ?? found;
      },
    },
    {
      title: 'Identity',
      run: async (report) => {
        identity = await abandonOnInterrupt(ports.interruption, verifyIdentity(ports, binding, report, identityAnswer));
      },
    },
    ...(options.hold === undefined ? [] : [lockStage(options.hold)]),
    ...(options.promotion === undefined ? [] : [promotionStage(options.promotion)]),
    {
      title: 'State',
      run: async (report) => {
        backendAnswer ??= awaitedLater(askBackend(ports, binding));
        const known = Promise.all([
          verifyBackend(ports, binding, report, backendAnswer),
          readInputs(ports, binding),
        ] as const);
        [state, inputs] = await abandonOnInterrupt(ports.interruption, known);
        if (held !== undefined) await sendUnsentRecords(ports, binding, report);
      },
    },
    {
      title: 'Initialise',
      run: async (report) => report.result(await ports.terraform.initialise(binding)),
    },
    {
      title: 'Plan',
      run: async (report) => {
        // Read while Terraform works.
        bindings = awaitedLater(ports.catalog.bindAll());
        others = awaitedLater(bindings.then((all) => readOtherStates(ports, binding, all, report)));
        hasChanges =
          options.planFile === undefined
            ? await makePlan(
                ports,
                {
                  binding,
                  out: planFile,
                  logFile: join(binding.workDir, 'logs', `${id}-plan.jsonl`),
                  purpose: options.purpose,
                },
                report,
              )
            : await takePlan(ports, options.planFile, planFile, report);
      },
    },
    {
      title: 'Check',
      run: async (report) => {
        judged = await judge(ports, {
          binding,
          bindings: bindings ?? ports.catalog.bindAll(),
          others: others ?? Promise.resolve([]),
          planFile,
          hasChanges,
          state: state?.state ?? null,
          report,
        });
      },
    },
  ];
  try {
    await ports.progress.run(stages.map((stage) => unlessInterrupted(ports, stage)));
    if (ports.interruption.interrupted) throw ports.interruption.signal.reason;
    if (judged === undefined || inputs === undefined) throw new Error('the plan was not judged');
    // A forbidden plan is refused for what it is, not for its digest.
    if (!judged.risks.some(({ severity }) => severity === 'forbidden')) {
      refuseOtherDigest(binding, judged.digest, options.expectedDigest);
    }
  } catch (error) {
    await release();
    throw error;
  }
  return {
    id,
    operation,
    startedAt,
    binding,
    identity,
    origin: ports.origin,
    commit,
    state: state?.state ?? null,
    stateVersionId: state?.versionId ?? null,
    inputs,
    about,
    planFile,
    release,
    ...judged,
  };
}

/** The stage, except that it does not begin after an interrupt. */
function unlessInterrupted({ interruption }: Pick<Ports, 'interruption'>, { title, run }: Stage): Stage {
  return {
    title,
    run: async (report) => {
      if (interruption.interrupted) throw interruption.signal.reason;
      await run(report);
    },
  };
}

/** Marks a promise as one whose failure is heard when it is awaited, should that ever happen. */
function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

type Judged = Pick<PreparedDeployment, 'plan' | 'hasChanges' | 'digest' | 'summary' | 'risks' | 'cost'>;

/** A given plan is copied first: what is checked and confirmed is what is applied, whatever becomes of the original. */
async function takePlan(ports: PreparePorts, given: string, planFile: string, report: StageReport): Promise<boolean> {
  await ports.workspace.copyPrivate(given, planFile);
  report.result(`taken from ${given}`);
  return true;
}

/** The states that the planned one is compared with. One that cannot be read is said, and stops no deployment. */
async function readOtherStates(
  ports: PreparePorts,
  binding: Binding,
  all: readonly Binding[],
  report: StageReport,
): Promise<readonly OtherState[]> {
  const others = all.filter(({ name }) => name !== binding.name);
  return Promise.all(
    others.map(async (other) => {
      const state = await ports.stateStore.readStateObject(other).catch((error: Error) => {
        report.note(`warning: not compared with the state of "${other.name}": ${error.message}`);
        return null;
      });
      return { binding: other, state };
    }),
  );
}

async function judge(
  ports: PreparePorts,
  subject: {
    readonly binding: Binding;
    readonly bindings: Promise<readonly Binding[]>;
    readonly others: Promise<readonly OtherState[]>;
    readonly planFile: string;
    readonly hasChanges: boolean;
    readonly state: State | null;
    readonly report: StageReport;
  },
): Promise<Judged> {
  const { binding, planFile, state, report } = subject;
  const [file, bindings] = await Promise.all([ports.terraform.readPlanFile(planFile), subject.bindings]);
  const others = bindings.filter(({ name }) => name !== binding.name);
  const lineage = state?.lineage ?? '';
  // What the file says of itself is judged first: a plan of another environment needs no further reading.
  const foreign = judgePlanFile(file, binding);
  if (foreign.length === 0) refuseStalePlan(binding, file, state, ports.clock.now());

  const readInFull = subject.hasChanges && foreign.length === 0;
  const plan = readInFull ? await ports.terraform.showPlan(binding, planFile) : withoutChanges(file);
  const cost = foreign.length === 0 ? await costOfPrepared(ports, binding, readInFull ? plan : null, state) : null;
  const risks = readInFull
    ? [
        ...judgePlan({ plan, file, binding, others, cost }),
        ...judgePlannedSeparation({ binding, state, plan }, await subject.others),
      ]
    : foreign;
  const hasChanges = plan.changes.length > 0 || plan.outputChanges.length > 0;
  const digest = planDigest({ ...plan, environment: binding.name, backend: binding.backend, lineage });
  report.result(describeRisks(risks));
  return { plan, hasChanges, digest, summary: summarise(plan.changes), risks, cost };
}

/** The plan that Terraform has said changes nothing, or that is not read further. */
function withoutChanges({ variables, terraformVersion }: PlanFile): Plan {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const { environment, aws_region: region } = variables;
  return {
    environment: text(environment),
    region: text(region),
    terraformVersion,
    changes: [],
    unchanged: [],
    outputChanges: [],
    drift: [],
  };
}

function describeRisks(risks: readonly Risk[]): string {
  if (risks.length === 0) return 'nothing to object to';
  const count = (severity: Risk['severity']) => risks.filter((risk) => risk.severity === severity).length;
  const parts = [
    [count('forbidden'), 'forbidden'],
    [count('consent'), 'to be allowed by name'],
    [count('notice'), 'to know of'],
  ] as const;
  return parts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`])).join(', ');
}

function refuseOtherDigest(binding: Binding, digest: string, expected: string | undefined): void {
  if (expected === undefined || expected === digest) return;
  throw new MhtctlError({
    code: 'PlanChanged',
    outcome: 'refused',
    message: `the plan for "${binding.name}" is ${digest}; ${expected} was reviewed`,
    nextSteps: [`see what it would do now: mhtctl plan ${binding.name}`],
  });
}
