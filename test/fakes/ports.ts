import type { BackendFacts } from '../../src/domain/backend-facts.js';
import type { Commit } from '../../src/domain/commit.js';
import type { Backend, Binding } from '../../src/domain/environment.js';
import { MhtctlError } from '../../src/domain/errors.js';
import type { Identity } from '../../src/domain/identity.js';
import type { TaggedResource } from '../../src/domain/separation/inventory.js';
import type { State, StateObject } from '../../src/domain/state.js';
import type { BucketContents } from '../../src/ports/bucket-contents.js';
import type { Emulator, EmulatorInstance } from '../../src/ports/emulator.js';
import type { EnvironmentCatalog } from '../../src/ports/environment-catalog.js';
import type { HostedZones } from '../../src/ports/hosted-zones.js';
import type { IdentitySource } from '../../src/ports/identity-source.js';
import type { Ports } from '../../src/ports/index.js';
import type { CommandRunner, ProcessOptions, ProcessResult } from '../../src/ports/process-runner.js';
import type { Rehearsal, Rehearsals } from '../../src/ports/rehearsals.js';
import type { Repository } from '../../src/ports/repository.js';
import type { StateBucket } from '../../src/ports/state-bucket.js';
import type { StateStore } from '../../src/ports/state-store.js';
import type { TagInventory, TagQuery } from '../../src/ports/tag-inventory.js';
import type { Tool, Toolchain } from '../../src/ports/toolchain.js';
import type { Workspace } from '../../src/ports/workspace.js';
import { factsOf } from './backend-facts.js';
import { ACCOUNT, PRODUCTION, PROJECT, STAGING } from './bindings.js';
import { FakeClock } from './clock.js';
import { FakeBills, FakeCostSources, FakePriceList } from './cost-ports.js';
import {
  FakeAlarmConditions,
  FakeHttpProbe,
  FakeInstanceConditions,
  FakeNameResolver,
  FakeQueueBacklogs,
  FakeTargetHealth,
} from './health-ports.js';
import { FakeInterruption } from './interruption.js';
import type { Journal } from './journal.js';
import { FakeLedger, FakeOperationLock, FakeTerraformLocks } from './ledger-ports.js';
import { FakeInstances, FakeVariablesFiles } from './off-hours-ports.js';
import { FakeProgress } from './progress.js';
import { FakePrompter } from './prompter.js';
import { FakeAwsFacts, FakeConfiguration, FakeSigner } from './separation-ports.js';
import { FakeStateArchive } from './state-archive.js';
import { stateOf } from './states.js';
import { FakeTerraform } from './terraform.js';

/** A failure of a tool, for a port that a test breaks. */
export function toolFailure(message: string): MhtctlError {
  return new MhtctlError({ code: 'AwsFailed', outcome: 'toolFailed', message, nextSteps: ['try again'] });
}

export class FakeCatalog implements EnvironmentCatalog {
  bindings: readonly Binding[] = [PRODUCTION, STAGING];

  async names(): Promise<readonly string[]> {
    return this.bindings.map(({ name }) => name);
  }

  async bind(name: string): Promise<Binding> {
    const found = this.bindings.find((binding) => binding.name === name);
    if (found !== undefined) return found;
    throw new MhtctlError({ code: 'UnknownEnvironment', outcome: 'usage', message: `no environment "${name}"` });
  }

  async bindAll(): Promise<readonly Binding[]> {
    return this.bindings;
  }

  async bindCheckout(binding: Binding, root: string): Promise<Binding> {
    return { ...binding, configurationDir: `${root}/terraform`, dataDir: `${root}/.terraform-data` };
  }

  async bindForComparison(wanted: readonly string[]): Promise<readonly Binding[]> {
    const all = await this.bindAll();
    for (const name of wanted) await this.bind(name);
    return wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));
  }

  /** Backends of no environment, by their file. */
  readonly backends = new Map<string, Backend>();

  async readBackend(file: string): Promise<Backend> {
    const found = this.backends.get(file);
    if (found !== undefined) return found;
    throw new MhtctlError({ code: 'UnreadableFile', outcome: 'usage', message: `${file} is missing` });
  }
}

export class FakeIdentities implements IdentitySource {
  identity: Identity = { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/ada` };
  failure: unknown;

  constructor(readonly journal: Journal) {}

  async whoAmI(): Promise<Identity> {
    this.journal.push('identities.whoAmI');
    if (this.failure !== undefined) throw this.failure;
    return this.identity;
  }
}

export class FakeRepository implements Repository {
  commit: Commit | null = { hash: '0123456789abcdef0123456789abcdef01234567', branch: 'main', dirtyFiles: [] };

  /** Directories with a checkout, and the commit in each. */
  readonly checkOuts = new Map<string, string>();
  failure: unknown;

  async describe(): Promise<Commit | null> {
    return this.commit;
  }

  async checkOut(commit: string, directory: string): Promise<string> {
    if (this.failure !== undefined) throw this.failure;
    this.checkOuts.set(directory, commit);
    return directory;
  }

  async removeCheckOut(directory: string): Promise<void> {
    this.checkOuts.delete(directory);
  }
}

/** Files in memory. */
export class FakeWorkspace implements Workspace {
  readonly files = new Map<string, string>();
  /** What the environments' own files of values say. */
  readonly values = new Map(
    [STAGING, PRODUCTION].map(({ name, variablesFile }) => [variablesFile, `environment = "${name}"\n`]),
  );
  readonly directories = new Set<string>();
  readonly swept: { readonly directory: string; readonly before: Date }[] = [];
  names: readonly string[] = ['main.tf', 'terraform.tfvars.staging'];
  free = 10 * 1024 ** 3;
  current: string | null = null;
  failure: unknown;

  constructor(readonly journal: Journal) {}

  async fileNames(): Promise<readonly string[]> {
    return this.names;
  }

  async freeBytes(): Promise<number> {
    return this.free;
  }

  async currentEnvironment(): Promise<string | null> {
    return this.current;
  }

  async setCurrentEnvironment(name: string): Promise<void> {
    this.journal.push('workspace.setCurrentEnvironment');
    this.current = name;
  }

  async writePrivate(file: string, content: string): Promise<void> {
    this.journal.push('workspace.writePrivate');
    if (this.failure !== undefined) throw this.failure;
    this.files.set(file, content);
  }

  async copyPrivate(from: string, to: string): Promise<void> {
    this.journal.push('workspace.copyPrivate');
    const content = this.files.get(from);
    if (content === undefined) {
      throw new MhtctlError({ code: 'FileMissing', outcome: 'usage', message: `the file ${from} cannot be read` });
    }
    this.files.set(to, content);
  }

  async writeResult(file: string, content: string): Promise<void> {
    this.journal.push('workspace.writeResult');
    if (this.failure !== undefined) throw this.failure;
    this.files.set(file, content);
  }

  async rewrite(file: string, content: string): Promise<void> {
    this.journal.push('workspace.rewrite');
    if (this.failure !== undefined) throw this.failure;
    this.files.set(file, content);
  }

  async writePrivateResult(file: string, content: string): Promise<void> {
    this.journal.push('workspace.writePrivateResult');
    if (this.failure !== undefined) throw this.failure;
    this.files.set(file, content);
  }

  async appendTo(file: string, content: string): Promise<void> {
    this.journal.push('workspace.appendTo');
    this.files.set(file, `${this.files.get(file) ?? ''}${content}`);
  }

  async readGiven(file: string): Promise<string> {
    const content = this.files.get(file) ?? this.values.get(file);
    if (content !== undefined) return content;
    throw new MhtctlError({ code: 'FileMissing', outcome: 'usage', message: `the file ${file} cannot be read` });
  }

  async readIfThere(file: string): Promise<string | null> {
    return this.files.get(file) ?? null;
  }

  async makeDirectory(directory: string): Promise<string> {
    this.directories.add(directory);
    return directory;
  }

  async removeOlder(directory: string, before: Date): Promise<void> {
    this.swept.push({ directory, before });
  }

  async remove(file: string): Promise<void> {
    this.journal.push('workspace.remove');
    this.files.delete(file);
  }
}

export class FakeStateStore implements StateStore {
  facts: BackendFacts = factsOf(STAGING);
  /** The facts after a repair. */
  repaired: BackendFacts = factsOf(STAGING);
  state: State | null = stateOf();
  /** States of environments but staging, by name. */
  readonly otherStates = new Map<string, State>();
  readFailure: unknown;
  readonly repairs: BackendFacts[] = [];

  constructor(readonly journal: Journal) {}

  async inspect(): Promise<BackendFacts> {
    this.journal.push('stateStore.inspect');
    return this.facts;
  }

  async readState({ name }: Binding): Promise<State | null> {
    this.journal.push('stateStore.readState');
    if (this.readFailure !== undefined) throw this.readFailure;
    return this.otherStates.get(name) ?? this.state;
  }

  async readStateObject({ name }: Binding): Promise<StateObject | null> {
    this.journal.push('stateStore.readStateObject');
    if (this.readFailure !== undefined) throw this.readFailure;
    const state = name === STAGING.name ? this.state : (this.otherStates.get(name) ?? null);
    return state === null ? null : { state, versionId: 'v1', kmsKeyArn: null, digest: 'sha256:0' };
  }

  async repair(_: Binding, facts: BackendFacts): Promise<void> {
    this.journal.push('stateStore.repair');
    this.repairs.push(facts);
    this.facts = this.repaired;
  }
}

export class FakeEmulator implements Emulator {
  running: EmulatorInstance | null = null;

  constructor(readonly journal: Journal) {}

  async current(): Promise<EmulatorInstance | null> {
    return this.running;
  }

  async start({ port, announce }: { readonly port: number; readonly announce: (message: string) => void }) {
    this.journal.push('emulator.start');
    const started = this.running === null;
    if (started) announce('installing the emulator');
    this.running ??= emulatorAt(`http://127.0.0.1:${port}`);
    return { instance: this.running, started };
  }

  async stop(): Promise<boolean> {
    const stopped = this.running !== null;
    this.running = null;
    return stopped;
  }
}

/** An emulator that runs at that address. */
export function emulatorAt(endpoint: string): EmulatorInstance {
  return { endpoint, pid: 4711, logFile: '/project/.mhtctl/moto.log', startedAt: '2026-11-23T09:00:00.000Z' };
}

export class FakeHostedZones implements HostedZones {
  readonly zones = new Map<string, string>();

  constructor(readonly journal: Journal) {}

  async ensure({ region }: Pick<Binding, 'region'>, name: string): Promise<'created' | 'already-there'> {
    this.journal.push(`hostedZones.ensure ${name}`);
    if (this.zones.has(name)) return 'already-there';
    this.zones.set(name, region);
    return 'created';
  }
}

export class FakeInventory implements TagInventory {
  resources: readonly TaggedResource[] = [];

  async *pages(_where: unknown, query: TagQuery): AsyncIterable<readonly TaggedResource[]> {
    yield this.resources.filter(({ arn, tags }) =>
      'arns' in query ? query.arns.includes(arn) : query.values.some((value) => tags[query.tag] === value),
    );
  }
}

/** The caller's commands: remembered, and ended as a test says. */
export class FakeCommands implements CommandRunner {
  /** What happens while one runs. */
  running: () => void = () => undefined;
  ending: Pick<ProcessResult, 'exitCode' | 'signal'> = { exitCode: 0, signal: undefined };
  readonly runs: { readonly words: readonly string[]; readonly env: Readonly<Record<string, string | undefined>> }[] =
    [];

  async inForeground(command: string, args: readonly string[], { env = {} }: ProcessOptions): Promise<ProcessResult> {
    this.runs.push({ words: [command, ...args], env });
    this.running();
    return { stdout: '', stderr: '', ...this.ending };
  }
}

export class FakeStateBucket implements StateBucket {
  /** Text by `bucket/key`. */
  readonly objects = new Map<string, string>();

  constructor(readonly journal: Journal) {}

  async read({ bucket }: Backend, key: string): Promise<string | null> {
    return this.objects.get(`${bucket}/${key}`) ?? null;
  }

  async write({ bucket }: Backend, key: string, text: string): Promise<void> {
    this.journal.push(`stateBucket.write ${bucket}/${key}`);
    this.objects.set(`${bucket}/${key}`, text);
  }

  async remove({ bucket }: Backend, key: string): Promise<void> {
    this.journal.push(`stateBucket.remove ${bucket}/${key}`);
    this.objects.delete(`${bucket}/${key}`);
  }
}

/** Rehearsals: the states they began with, what was written in the last one, and how many are still open. */
export class FakeRehearsals implements Rehearsals {
  readonly states: string[] = [];
  readonly written: { readonly file: string; readonly text: string }[] = [];
  stillOpen = 0;

  constructor(readonly journal: Journal) {}

  async open(binding: Binding, state: string): Promise<Rehearsal> {
    this.journal.push('rehearsals.open');
    this.states.push(state);
    this.written.length = 0;
    this.stillOpen += 1;
    return {
      binding: { ...binding, dataDir: `${binding.workDir}/rehearsal/.terraform` },
      write: async (file, text) => void this.written.push({ file, text }),
      close: async () => {
        this.stillOpen -= 1;
      },
    };
  }
}

export class FakeBucketContents implements BucketContents {
  readonly counts = new Map<string, number>();
  failure: unknown;

  async count(_: Binding, bucket: string) {
    if (this.failure !== undefined) throw this.failure;
    return { versions: this.counts.get(bucket) ?? 0, more: false };
  }
}

const TERRAFORM: Tool = { path: '/usr/bin/terraform', version: '1.11.4', source: 'path' };

export class FakeToolchain implements Toolchain {
  configuration: Readonly<Record<string, string>> = {};
  /** Null where Terraform would have to be installed. */
  found: Tool | null = TERRAFORM;

  async findTerraform(): Promise<Tool | null> {
    return this.found;
  }

  async terraform(): Promise<Tool> {
    return TERRAFORM;
  }

  async cliConfiguration(): Promise<Readonly<Record<string, string>>> {
    return this.configuration;
  }
}

/** Every port, each a fake, sharing one journal. By default all is well with staging, whose plan creates a queue. */
export function fakePorts(
  parts: { readonly environment?: Ports['environment']; readonly prompter?: FakePrompter } = {},
) {
  const journal: Journal = [];
  const workspace = new FakeWorkspace(journal);
  const ports = {
    project: PROJECT,
    environment: parts.environment ?? {},
    alarmConditions: new FakeAlarmConditions(),
    awsFacts: new FakeAwsFacts(),
    bills: new FakeBills(journal),
    bucketContents: new FakeBucketContents(),
    catalog: new FakeCatalog(),
    clock: new FakeClock(),
    commands: new FakeCommands(),
    configuration: new FakeConfiguration(),
    costSources: new FakeCostSources(),
    emulator: new FakeEmulator(journal),
    hostedZones: new FakeHostedZones(journal),
    httpProbe: new FakeHttpProbe(),
    identities: new FakeIdentities(journal),
    instanceConditions: new FakeInstanceConditions(),
    instances: new FakeInstances(journal),
    interruption: new FakeInterruption(),
    inventory: new FakeInventory(),
    ledger: new FakeLedger(journal),
    nameResolver: new FakeNameResolver(),
    priceList: new FakePriceList(),
    operationLock: new FakeOperationLock(journal),
    origin: 'ada@laptop',
    progress: new FakeProgress(),
    prompter: parts.prompter ?? new FakePrompter(),
    queueBacklogs: new FakeQueueBacklogs(),
    rehearsals: new FakeRehearsals(journal),
    repository: new FakeRepository(),
    signer: new FakeSigner(),
    stateArchive: new FakeStateArchive(journal),
    stateBucket: new FakeStateBucket(journal),
    stateStore: new FakeStateStore(journal),
    targetHealth: new FakeTargetHealth(),
    terraform: new FakeTerraform(journal, workspace),
    terraformLocks: new FakeTerraformLocks(),
    toolchain: new FakeToolchain(),
    variablesFiles: new FakeVariablesFiles(journal),
    workspace,
  } satisfies Ports;
  return { ...ports, journal };
}
