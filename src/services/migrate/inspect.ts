import type { Commit } from '../../domain/commit.js';
import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import type { Identity } from '../../domain/identity.js';
import { describePlace, isOlderTerraform } from '../../domain/migration/former-state.js';
import { homeOf } from '../../domain/migration/home.js';
import { type Claim, environmentEvidence, type Identification, identify } from '../../domain/migration/identify.js';
import { stateMigrated } from '../../domain/migration/mark.js';
import type { Ports } from '../../ports/index.js';
import type { StageReport } from '../../ports/progress.js';
import { abandonOnInterrupt } from '../abandon-on-interrupt.js';
import { preflight } from '../preflight.js';
import { verifyIdentity } from '../verify-identity.js';
import { type Former, type FormerSource, readFormer, readMark, refuseLockedFormer } from './former-state.js';
import { readJournal } from './journal.js';

type Needed = Pick<
  Ports,
  | 'catalog'
  | 'environment'
  | 'identities'
  | 'interruption'
  | 'progress'
  | 'repository'
  | 'stateBucket'
  | 'stateStore'
  | 'terraform'
  | 'terraformLocks'
  | 'workspace'
>;

/** What is to be migrated, and what the caller says of it. */
export interface InspectOptions extends Claim {
  readonly source: FormerSource;
}

/** The single environment as it was found, and who looks at it. */
export interface Inspected {
  readonly former: Former;
  readonly identification: Identification;
  /** The environment that it is, and stays. */
  readonly binding: Binding;
  readonly identity: Identity;
  readonly commit: Commit | null;
}

/**
 * Finds out what the old state is, before anything else: which environment, written by which Terraform, in whose
 * account, and whether somebody works on it. Changes nothing. Fails with the exit code of the first thing that forbids
 * to go on.
 */
export async function inspectFormer(ports: Needed, options: InspectOptions): Promise<Inspected> {
  let found:
    | { readonly former: Former; readonly identification: Identification; readonly binding: Binding }
    | undefined;
  let commit: Commit | null = null;
  let identity: Identity | undefined;
  const subject = () => {
    if (found === undefined) throw new Error('the old state was not read');
    return found;
  };
  await ports.progress.run([
    {
      title: 'Old state',
      run: async (report) => {
        found = await abandonOnInterrupt(ports.interruption, findEnvironment(ports, options, report));
      },
    },
    {
      title: 'Pre-flight',
      run: async (report) => {
        const { former, binding } = subject();
        commit = await abandonOnInterrupt(ports.interruption, preflight(ports, binding, report));
        await refuseOlderTerraform(ports, former);
      },
    },
    {
      title: 'Identity',
      run: async (report) => {
        const { former, binding } = subject();
        identity = await abandonOnInterrupt(ports.interruption, verifyIdentity(ports, binding, report));
        refuseOtherHome(former, binding, identity);
        await abandonOnInterrupt(ports.interruption, refuseLockedFormer(ports, former, binding));
      },
    },
  ]);
  if (identity === undefined) throw new Error('nobody was asked who we are');
  return { ...subject(), identity, commit };
}

async function findEnvironment(ports: Needed, options: InspectOptions, report: StageReport) {
  const former = await readFormer(ports, options.source);
  const bindings = await ports.catalog.bindAll();
  const known = bindings.map(({ name }) => name);
  refuseEnvironmentsOwn(former, bindings);
  if (options.as !== undefined) await ports.catalog.bind(options.as);
  const identification = identify(environmentEvidence(former.state, known), known, options);
  const binding = await ports.catalog.bind(identification.environment);
  await refuseMigrated(ports, former, binding);
  const { serial, instances } = former.state;
  report.result(
    `${describePlace(former.place)}, serial ${serial}, ${instances.length} resources: it is ${identification.environment}`,
  );
  return { former, identification, binding };
}

/** The old backend is no environment's: copied onto itself, or from under another environment, a state would be lost. */
function refuseEnvironmentsOwn({ place }: Former, bindings: readonly Binding[]): void {
  const owner = bindings.find(
    ({ backend }) => place.kind === 's3' && backend.bucket === place.bucket && backend.key === place.key,
  );
  if (owner === undefined) return;
  throw new MhtctlError({
    code: 'SameBackend',
    outcome: 'usage',
    message: `${describePlace(place)} is the state of "${owner.name}" already, by ${owner.backendFile}`,
    nextSteps: [
      `give "${owner.name}" a bucket and key of its own in ${owner.backendFile}`,
      `or leave its state where it is: mhtctl plan ${owner.name}`,
    ],
  });
}

async function refuseMigrated(ports: Needed, former: Former, binding: Binding): Promise<void> {
  const mark = await readMark(ports, former);
  if (mark === null) return;
  // Marked, and migrated to here: run again, there is nothing to do.
  if ((await readJournal(ports, binding))?.id === mark.id) return;
  throw stateMigrated(describePlace(former.place), mark);
}

async function refuseOlderTerraform(ports: Needed, { place, state }: Former): Promise<void> {
  const version = await ports.terraform.version();
  if (!isOlderTerraform(version, state.terraformVersion)) return;
  throw new MhtctlError({
    code: 'TerraformTooOld',
    outcome: 'refused',
    message: `${describePlace(place)} was written by Terraform ${state.terraformVersion}; this is Terraform ${version}`,
    nextSteps: [`put Terraform ${state.terraformVersion} or a newer 1.x on PATH`, 'mhtctl doctor'],
  });
}

/** The state itself says where its resources are: credentials of another account would find none of them. */
function refuseOtherHome({ place, state }: Former, binding: Binding, identity: Identity): void {
  const { accountId, region } = homeOf(state);
  if (accountId !== undefined && accountId !== identity.accountId) {
    throw new MhtctlError({
      code: 'WrongAccount',
      outcome: 'wrongIdentity',
      message: `the resources of ${describePlace(place)} are in AWS account ${accountId}; the credentials for "${binding.name}" belong to ${identity.accountId} (${identity.arn})`,
      nextSteps: [`use credentials of account ${accountId}: export AWS_PROFILE=...`],
    });
  }
  if (region !== undefined && region !== binding.region) {
    throw new MhtctlError({
      code: 'WrongRegion',
      outcome: 'wrongIdentity',
      message: `the resources of ${describePlace(place)} are in ${region}; "${binding.name}" lives in ${binding.region}`,
      nextSteps: [`set aws_region = "${region}" in ${binding.variablesFile}`],
    });
  }
}
