import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/condition.js';
import { clientSettings, objectsOf } from './support/aws.js';
import { CommandLine, type Run } from './support/command-line.js';
import { singleEnvironment, type TemporaryProject } from './support/project.js';

/**
 * A live stack of one environment, deployed by plain Terraform, becomes one of two: `before` is its configuration, and
 * `after` the same stack in modules. The runs are made once, in the order of a migration, and judged below.
 */
let before: TemporaryProject;
let after: TemporaryProject;
let mhtctl: CommandLine;
const runs = new Map<string, Run>();
const seen = new Map<string, unknown>();

const OLD = 'mht-api-terraform-state';
const NEW = 'mht-api-terraform-state-production';
const NEW_STATE = 'production/terraform.tfstate';
/** Seconds that a whole command may take to get somewhere on a busy machine. */
const TEN_MINUTES = 600;

interface RawState {
  readonly lineage: string;
  readonly serial: number;
  readonly resources: readonly {
    readonly mode: string;
    readonly module?: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

const jsonOf = (name: string) => JSON.parse((runs.get(name) as Run).stdout);
const ended = (name: string) => runs.get(name) as Run;
const source = () => ['--from-backend', join(before.configurationDir, 'backend-production.tfbackend')];
const migrate = (...args: readonly string[]) => mhtctl.run(['migrate', ...source(), '--json', ...args]);
const migratedFile = () => join(after.configurationDir, 'migrated.tf');
const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

async function stateIn(bucket: string, key: string): Promise<RawState> {
  return JSON.parse((await objectsOf(mhtctl, bucket)).get(key) ?? 'null');
}

/** The id of each managed resource in AWS, sorted: the same before and after, when nothing was replaced. */
function idsOf({ resources }: RawState): readonly string[] {
  return resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ type, instances }) => instances.map(({ attributes }) => `${type} ${attributes['id']}`))
    .sort();
}

/** Everything in both buckets but what says how far a migration is. */
async function everything(): Promise<string> {
  const [old, now] = await Promise.all([objectsOf(mhtctl, OLD), objectsOf(mhtctl, NEW)]);
  return JSON.stringify([[...old], [...now]]);
}

/** A migration that is killed, or gets a signal, as soon as it has said that. */
async function stoppedAfter(said: string, signal: NodeJS.Signals): Promise<Run> {
  const run = mhtctl.start(['migrate', ...source(), '--confirm', 'production']);
  await until(`mhtctl to say "${said}"`, () => run.said().includes(said), TEN_MINUTES);
  run.child.kill(signal);
  return run.ended;
}

/** What a killed mhtctl leaves behind: the lock that nobody may break but a person. */
async function unlock({ stderr }: Run): Promise<void> {
  const [, id = ''] = /^Lock: (\S+)$/m.exec(stderr) ?? [];
  const { exitCode, stdout } = await mhtctl.run(['unlock', 'production', '--id', id, '--json']);
  if (exitCode !== 0) throw new Error(stdout);
}

/** The single environment, by plain Terraform: what mhtctl adds to it is the provider's place and the emulator's. */
async function deployBefore(): Promise<void> {
  const old = { MHTCTL_ROOT: before.root };
  const settings = clientSettings(mhtctl);
  await new Route53Client(settings).send(new CreateHostedZoneCommand({ Name: 'amygdalas.com', CallerReference: 'x' }));
  for (const args of [
    ['bootstrap', 'production', '--confirm', 'production'],
    ['terraform', 'production', '--confirm', 'production', '--', 'apply', '-auto-approve', '-no-color'],
  ]) {
    const run = await mhtctl.run(args, old);
    if (run.exitCode !== 0) throw new Error(`${run.stdout}${run.stderr}`);
  }
}

/** A log group that somebody made by hand, as the new configuration wants it. */
async function makeLogGroup(): Promise<void> {
  const logs = new CloudWatchLogsClient(clientSettings(mhtctl));
  const logGroupName = 'mht-api-production-application';
  const tags = { Environment: 'production', Project: 'mht-api', ManagedBy: 'terraform' };
  await logs.send(new CreateLogGroupCommand({ logGroupName, tags }));
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 30 }));
  logs.destroy();
}

beforeAll(async () => {
  [before, after] = await Promise.all([singleEnvironment('before'), singleEnvironment('after')]);
  mhtctl = new CommandLine(after);
  await mhtctl.startEmulator();
  await deployBefore();
  seen.set('old state', (await objectsOf(mhtctl, OLD)).get('terraform.tfstate'));

  runs.set('before bootstrap', await migrate('--dry-run'));
  await mhtctl.run(['bootstrap', 'production', '--confirm', 'production']);
  seen.set('before the dry run', await everything());
  runs.set('dry run', await migrate('--dry-run'));
  seen.set('after the dry run', await everything());

  await makeLogGroup();
  runs.set('interrupted', await stoppedAfter('Copy the state to the new backend: lineage', 'SIGINT'));
  seen.set('after the interrupt', await stateIn(NEW, NEW_STATE));
  runs.set('undo', await mhtctl.run(['migrate', '--undo', '--json', '--confirm', 'production']));
  seen.set('after the undo', {
    state: await stateIn(NEW, NEW_STATE),
    old: (await objectsOf(mhtctl, OLD)).get('terraform.tfstate'),
    file: await isThere(migratedFile()),
  });

  runs.set('killed', await stoppedAfter('taken over', 'SIGKILL'));
  seen.set('after the kill', [...(await objectsOf(mhtctl, OLD)).keys()]);
  runs.set('locked', await migrate('--confirm', 'production'));
  await unlock(ended('killed'));
  runs.set('resumed', await migrate('--confirm', 'production'));
  runs.set('again', await migrate('--confirm', 'production'));
  runs.set('undo too late', await mhtctl.run(['migrate', '--undo', '--json', '--confirm', 'production']));

  await mhtctl.run(['bootstrap', 'staging', '--yes']);
  runs.set('staging', await mhtctl.run(['deploy', 'staging', '--yes', '--json']));
  runs.set('separation', await mhtctl.run(['verify-separation', '--json']));
  runs.set('plan', await mhtctl.run(['plan', 'production', '--json']));
}, 2_400_000);
afterAll(async () => {
  await mhtctl.stopEmulator();
  await Promise.all([before.dispose(), after.dispose()]);
});

describe('a rehearsal', () => {
  it('needs the new backend to be set up', () => {
    expect(ended('before bootstrap').exitCode).toBe(3);
    expect(jsonOf('before bootstrap').error).toMatchObject({
      code: 'BackendNotReady',
      nextSteps: ['mhtctl bootstrap production'],
    });
  });

  it('says what the live stack is, what would move, and what is not as it is live', () => {
    const { exitCode } = ended('dry run');
    expect(exitCode).toBe(3);
    const result = jsonOf('dry run');
    expect(result).toMatchObject({
      environment: 'production',
      outcome: 'dry-run',
      evidence: [{ environment: 'production', output: true }],
      imports: [],
      differences: [{ address: 'aws_cloudwatch_log_group.application', kind: 'create', attribute: null }],
    });
    expect(result.moves).toEqual(
      expect.arrayContaining([
        { from: 'aws_kms_key.main', to: 'aws_kms_key.this' },
        { from: 'aws_s3_bucket_versioning.data', to: 'module.storage.aws_s3_bucket_versioning.this["data"]' },
        { from: 'aws_sqs_queue.feedback_dead', to: 'module.queues.aws_sqs_queue.dead_letter["feedback"]' },
      ]),
    );
    expect(result.moves).toHaveLength(7);
  });

  it('lists the DNS records, where they point and what to do', () => {
    expect(jsonOf('dry run').dns).toEqual([
      {
        environment: 'production',
        name: 'api.amygdalas.com',
        pointsAt: ['mht-api-production-lb.elb.example.com'],
        wanted: 'mht-api-production-lb.elb.example.com',
        task: 'none',
      },
      { environment: 'staging', name: 'staging.api.amygdalas.com', pointsAt: [], wanted: null, task: 'made-by-deploy' },
    ]);
  });

  it('changes nothing', () => {
    expect(seen.get('after the dry run')).toBe(seen.get('before the dry run'));
  });
});

describe('a migration that is interrupted', () => {
  it('has copied the state with a lineage of its own, and says how to go on', () => {
    expect(ended('interrupted').exitCode).toBe(130);
    expect(ended('interrupted').stderr).toContain('go on: mhtctl migrate --from-backend');
    const copy = seen.get('after the interrupt') as RawState;
    const old: RawState = JSON.parse(seen.get('old state') as string);
    expect(idsOf(copy)).toEqual(idsOf(old));
    expect(copy.lineage).not.toBe(old.lineage);
  });

  it('is taken back: the new state is empty, and the old one as it was', () => {
    expect(jsonOf('undo')).toMatchObject({ environment: 'production', outcome: 'undone' });
    expect(seen.get('after the undo')).toMatchObject({
      state: { resources: [] },
      old: seen.get('old state'),
      file: false,
    });
  });
});

describe('a migration', () => {
  it('that is killed before its old backend is marked goes on by the same command, once it is unlocked', () => {
    expect(ended('killed').exitCode).toBeNull();
    expect(seen.get('after the kill')).not.toContain('terraform.tfstate.migrated.json');
    expect(ended('locked').exitCode).toBe(6);
    expect(jsonOf('locked').error).toMatchObject({
      code: 'OperationLocked',
      message: expect.stringContaining('migrate'),
    });
    expect(ended('resumed').exitCode).toBe(0);
    const { outcome, steps } = jsonOf('resumed');
    expect(outcome).toBe('migrated');
    expect(steps.every(({ done }: { done: boolean }) => done)).toBe(true);
  });

  it('replaces nothing, and takes over what was made by hand', async () => {
    const old: RawState = JSON.parse(seen.get('old state') as string);
    const now = await stateIn(NEW, NEW_STATE);
    const logGroup = 'aws_cloudwatch_log_group mht-api-production-application';
    expect(idsOf(now)).toEqual([...idsOf(old), logGroup].sort());
    expect(now.lineage).toBe(jsonOf('resumed').lineage.new);
    expect(now.lineage).not.toBe(old.lineage);
  });

  it('leaves the old state as it was, marked, and backed up', async () => {
    const [old, now] = await Promise.all([objectsOf(mhtctl, OLD), objectsOf(mhtctl, NEW)]);
    expect(old.get('terraform.tfstate')).toBe(seen.get('old state'));
    expect(JSON.parse(old.get('terraform.tfstate.migrated.json') ?? 'null')).toMatchObject({
      environment: 'production',
      to: { bucket: NEW, key: NEW_STATE },
    });
    const { backup } = jsonOf('resumed');
    expect(await readFile(backup.file, 'utf8')).toBe(seen.get('old state'));
    expect(now.get(backup.object.replace(`s3://${NEW}/`, ''))).toBe(seen.get('old state'));
  });

  it('has an empty plan, and a configuration that moves and imports for its environment alone', async () => {
    expect(jsonOf('plan')).toMatchObject({ environment: 'production', changes: [] });
    const text = await readFile(migratedFile(), 'utf8');
    expect(text.match(/^moved \{/gm)).toHaveLength(7);
    expect(text).toContain('var.environment == "production" ? toset(["mht-api-production-application"])');
  });

  it('is not done twice, and not taken back once it is done', () => {
    expect(jsonOf('again')).toMatchObject({ outcome: 'already-migrated' });
    expect(ended('again').exitCode).toBe(0);
    expect(ended('undo too late').exitCode).toBe(3);
    expect(jsonOf('undo too late').error.code).toBe('MigrationDone');
  });

  it('has the other environment made beside it, by the same configuration', () => {
    expect(ended('staging').exitCode).toBe(0);
    expect(jsonOf('staging')).toMatchObject({ outcome: 'applied', outputs: { environment: 'staging' } });
    const backends = jsonOf('separation').checks.find(({ id }: { id: string }) => id === 'backends');
    expect(backends).toMatchObject({ status: 'pass', findings: [] });
  });
});

describe('what is refused', () => {
  /** A migration of a copy of the old state, changed like that, from a file. */
  async function fromFile(change: (state: RawState) => unknown, ...args: readonly string[]): Promise<Run> {
    const file = join(after.root, '.mhtctl', 'changed.tfstate');
    await writeFile(file, JSON.stringify(change(JSON.parse(seen.get('old state') as string))));
    return mhtctl.run(['migrate', '--from-state', file, '--json', '--dry-run', ...args]);
  }
  const errorOf = ({ stdout, exitCode }: Run) => ({ exitCode, code: JSON.parse(stdout).error.code });

  it('is a state of two environments, whatever is said of it', async () => {
    const both = (state: RawState) => {
      const [tagged, named] = ['aws_kms_key', 'aws_dynamodb_table'];
      const text = (resource: object) => JSON.stringify(resource).replaceAll('production', 'staging');
      return {
        ...state,
        resources: state.resources.map((resource) =>
          resource.type === tagged || resource.type === named ? JSON.parse(text(resource)) : resource,
        ),
      };
    };
    expect(errorOf(await fromFile(both))).toEqual({ exitCode: 3, code: 'TwoEnvironments' });
    const claimed = await fromFile(both, '--as', 'production', '--override-evidence', 'I know better');
    expect(errorOf(claimed)).toEqual({ exitCode: 3, code: 'TwoEnvironments' });
  });

  it('is to call the live stack by another name', async () => {
    const run = await fromFile((state) => state, '--as', 'staging');
    expect(errorOf(run)).toEqual({ exitCode: 3, code: 'EvidenceContradicts' });
    expect(JSON.parse(run.stdout).error.message).toContain('production: ');
  });

  it('is a state of another format, and one of a newer Terraform', async () => {
    expect(errorOf(await fromFile((state) => ({ ...state, version: 3 })))).toEqual({
      exitCode: 5,
      code: 'StateVersionUnknown',
    });
    expect(errorOf(await fromFile((state) => ({ ...state, terraform_version: '1.99.0' })))).toEqual({
      exitCode: 3,
      code: 'TerraformTooOld',
    });
  });

  it('are credentials of another account than the resources are in', async () => {
    const elsewhere = (state: RawState) => JSON.parse(JSON.stringify(state).replaceAll('123456789012', '999999999999'));
    expect(errorOf(await fromFile(elsewhere))).toEqual({ exitCode: 7, code: 'WrongAccount' });
  });

  it('is a target that holds a state, and one that is where the state is already', async () => {
    const other = (state: RawState) => ({ ...state, lineage: 'ffffffff-ffff-ffff-ffff-ffffffffffff' });
    expect(errorOf(await fromFile(other))).toEqual({ exitCode: 3, code: 'OtherMigration' });
    const own = join(after.configurationDir, 'backend-production.tfbackend');
    expect(errorOf(await mhtctl.run(['migrate', '--from-backend', own, '--json']))).toEqual({
      exitCode: 2,
      code: 'SameBackend',
    });
  });

  it('is a state that Terraform works on', async () => {
    const dynamodb = new DynamoDBClient(clientSettings(mhtctl));
    const LockID = { S: `${OLD}/terraform.tfstate` };
    const Info = { S: JSON.stringify({ ID: 'abc', Who: 'bob@pc', Created: '10:00', Operation: 'OperationTypeApply' }) };
    const table = { TableName: 'mht-api-terraform-locks' };
    await dynamodb.send(new PutItemCommand({ ...table, Item: { LockID, Info } }));
    try {
      const run = await migrate('--dry-run');
      expect(errorOf(run)).toEqual({ exitCode: 6, code: 'StateLocked' });
      expect(JSON.parse(run.stdout).error.message).toContain('bob@pc');
    } finally {
      await dynamodb.send(new DeleteItemCommand({ ...table, Key: { LockID } }));
      dynamodb.destroy();
    }
  });

  it('is to be given no source, or two', async () => {
    for (const args of [[], ['--undo', ...source()], [...source(), '--from-state', 'x']]) {
      expect((await mhtctl.run(['migrate', ...args])).exitCode).toBe(2);
    }
  });
});
