import type { Backend, Binding } from '../../../../src/domain/environment.js';
import { MhtctlError } from '../../../../src/domain/errors.js';
import { asLineage } from '../../../../src/domain/migration/former-state.js';
import type { Plan } from '../../../../src/domain/plan.js';
import { parseState } from '../../../../src/domain/state.js';
import { carryOut } from '../../../../src/services/migrate/carry-out.js';
import { migrationCommands } from '../../../../src/services/migrate/commands.js';
import { type OpenOptions, openMigration } from '../../../../src/services/migrate/open.js';
import { prepareMigration, refuseDifferences } from '../../../../src/services/migrate/prepare.js';
import { openUndo, undoMigration } from '../../../../src/services/migrate/undo.js';
import { ACCOUNT, STAGING } from '../../../fakes/bindings.js';
import { changeOf, planFileOf, planOf } from '../../../fakes/plans.js';
import { fakePorts } from '../../../fakes/ports.js';

/** The single environment's backend, and the file that names it. */
export const OLD: Backend = {
  ...STAGING.backend,
  bucket: 'old-state',
  key: 'terraform.tfstate',
  lockTable: 'old-locks',
};
export const OLD_FILE = 'old.tfbackend';
export const OLD_OBJECT = `${OLD.bucket}/${OLD.key}`;
export const OLD_LINEAGE = '0000aaaa-0000-0000-0000-000000000000';

/** Objects of the new backend. */
export const NEW_OBJECT = `${STAGING.backend.bucket}/${STAGING.backend.key}`;
export const JOURNAL_OBJECT = `${NEW_OBJECT}.migration.json`;
export const MIGRATED_FILE = `${STAGING.configurationDir}/migrated.tf`;

const QUEUE = {
  name: 'mht-api-staging-jobs',
  tags_all: { Environment: 'staging' },
  arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:mht-api-staging-jobs`,
};

/** A state with one queue at that address. */
export function stateText(address: string, parts: object = {}): string {
  const [type, name] = address.split('.').slice(-2);
  const module = address.split('.').slice(0, -2).join('.');
  const resource = {
    ...(module === '' ? {} : { module }),
    mode: 'managed',
    type,
    name,
    instances: [{ attributes: QUEUE }],
  };
  return JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 9,
    lineage: OLD_LINEAGE,
    ...parts,
    outputs: {},
    resources: [resource],
  });
}

const FROM = 'aws_sqs_queue.jobs';
const TO = 'module.queues.aws_sqs_queue.this';

/**
 * A live stack of staging in an old backend, whose one queue the configuration calls otherwise. Terraform behaves as far
 * as a migration goes: it plans by the state and by the moves that are written, and pushes and applies to the bucket.
 */
export function world() {
  const ports = fakePorts();
  const { stateBucket, stateStore, terraform, workspace, rehearsals, catalog } = ports;
  catalog.backends.set(OLD_FILE, OLD);
  stateBucket.objects.set(OLD_OBJECT, stateText(FROM));
  stateStore.state = null;
  stateStore.otherStates.clear();
  const read = async () => {
    const text = stateBucket.objects.get(NEW_OBJECT);
    return text === undefined ? null : parseState(text, NEW_OBJECT);
  };
  stateStore.readState = async () => read();
  stateStore.readStateObject = async () => {
    const state = await read();
    return state === null ? null : { state, versionId: 'v1', kmsKeyArn: null, digest: 'sha256:0' };
  };
  let pushes = 0;
  terraform.pushing = (_, text) => {
    pushes += 1;
    // Pushed to where nothing is, a state gets a new lineage whatever it says.
    const before = stateBucket.objects.get(NEW_OBJECT);
    stateBucket.objects.set(NEW_OBJECT, before === undefined ? asLineage(text, `copy-${pushes}`) : text);
  };
  const planOn = (text: string, moved: boolean): Plan => {
    const [resource] = (JSON.parse(text) as { resources: readonly { name: string }[] }).resources;
    if (resource === undefined) return planOf([changeOf(TO, { after: QUEUE })]);
    if (resource.name === 'this') return planOf([]);
    if (moved) return planOf([changeOf(TO, { actions: ['no-op'], previousAddress: FROM })]);
    return planOf([
      changeOf(TO, { after: { name: QUEUE.name } }),
      changeOf(FROM, { actions: ['delete'], before: QUEUE, after: null }),
    ]);
  };
  const written = (binding: Binding) => {
    const rehearsed = binding.dataDir.includes('rehearsal') ? rehearsals.written.at(-1)?.text : undefined;
    return (rehearsed ?? workspace.files.get(MIGRATED_FILE) ?? '').includes('moved {');
  };
  const planFor = (binding: Binding): Plan => {
    const isRehearsal = binding.dataDir.includes('rehearsal');
    const text = isRehearsal ? rehearsals.states.at(-1) : stateBucket.objects.get(NEW_OBJECT);
    return planOn(text ?? stateText(FROM), written(binding));
  };
  terraform.plan = async (binding, { out }) => {
    ports.journal.push('terraform.plan');
    workspace.files.set(out, 'plan');
    return { hasChanges: planFor(binding).changes.length > 0 };
  };
  terraform.showPlan = (async (binding: Binding) => planFor(binding)) as typeof terraform.showPlan;
  terraform.planFile = planFileOf(STAGING);
  terraform.applying = () => {
    const { lineage, serial } = JSON.parse(stateBucket.objects.get(NEW_OBJECT) ?? '{}');
    stateBucket.objects.set(NEW_OBJECT, stateText(TO, { lineage, serial: serial + 1 }));
  };
  return ports;
}

export type World = ReturnType<typeof world>;

const GIVEN = migrationCommands({ 'from-backend': OLD_FILE });

/** The whole of `mhtctl migrate`, confirmed. */
export async function migrate(ports: World, options: Partial<OpenOptions> = {}) {
  const migration = await openMigration(ports, {
    ...GIVEN,
    as: undefined,
    override: undefined,
    hold: { waitSeconds: 0 },
    ...options,
  });
  try {
    if (migration.finished !== null) return { journal: migration.finished, prepared: null, backup: null };
    const prepared = await prepareMigration(ports, migration);
    refuseDifferences(prepared, GIVEN.command);
    return { prepared, ...(await carryOut(ports, prepared, GIVEN)) };
  } finally {
    await migration.release();
  }
}

/** The whole of `mhtctl migrate --undo`, confirmed. */
export async function undo(ports: World): Promise<void> {
  const migration = await openUndo(ports, { as: undefined, waitSeconds: 0 });
  try {
    await undoMigration(ports, migration);
  } finally {
    await migration.release();
  }
}

/** What a process that was killed there would leave: nothing after it happens. */
export class Killed extends MhtctlError {
  constructor() {
    super({ code: 'Killed', outcome: 'toolFailed', message: 'killed' });
  }
}
