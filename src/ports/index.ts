import type { Project } from '../domain/environment.js';
import type { AwsFacts } from './aws-facts.js';
import type { Bills } from './bills.js';
import type { BucketContents } from './bucket-contents.js';
import type { Clock } from './clock.js';
import type { Configuration } from './configuration.js';
import type { CostSources } from './cost-sources.js';
import type { Emulator } from './emulator.js';
import type { EnvironmentCatalog } from './environment-catalog.js';
import type {
  AlarmConditions,
  HttpProbe,
  InstanceConditions,
  NameResolver,
  QueueBacklogs,
  TargetHealth,
} from './health-probes.js';
import type { HostedZones } from './hosted-zones.js';
import type { IdentitySource } from './identity-source.js';
import type { Instances } from './instances.js';
import type { Interruption } from './interruption.js';
import type { Ledger } from './ledger.js';
import type { OperationLock } from './operation-lock.js';
import type { PriceList } from './price-list.js';
import type { CommandRunner } from './process-runner.js';
import type { Progress } from './progress.js';
import type { Prompter } from './prompter.js';
import type { Rehearsals } from './rehearsals.js';
import type { Repository } from './repository.js';
import type { Signer } from './signer.js';
import type { StateArchive } from './state-archive.js';
import type { StateBucket } from './state-bucket.js';
import type { StateStore } from './state-store.js';
import type { TagInventory } from './tag-inventory.js';
import type { Terraform } from './terraform.js';
import type { TerraformLocks } from './terraform-locks.js';
import type { Toolchain } from './toolchain.js';
import type { VariablesFiles } from './variables-files.js';
import type { Workspace } from './workspace.js';

/** Everything outside that the services reach, by what it is to them. A service names the few it needs by `Pick`. */
export interface Ports {
  readonly project: Project;
  /** The caller's environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where mhtctl runs: `user@host`, or the address of a pipeline's run. */
  readonly origin: string;
  readonly alarmConditions: AlarmConditions;
  readonly awsFacts: AwsFacts;
  readonly bills: Bills;
  readonly bucketContents: BucketContents;
  readonly catalog: EnvironmentCatalog;
  readonly clock: Clock;
  readonly commands: CommandRunner;
  /** Where the configuration writes each resource. */
  readonly configuration: Configuration;
  readonly costSources: CostSources;
  readonly emulator: Emulator;
  readonly hostedZones: HostedZones;
  readonly httpProbe: HttpProbe;
  readonly identities: IdentitySource;
  readonly instanceConditions: InstanceConditions;
  readonly instances: Instances;
  readonly interruption: Interruption;
  readonly inventory: TagInventory;
  readonly ledger: Ledger;
  readonly nameResolver: NameResolver;
  readonly priceList: PriceList;
  readonly operationLock: OperationLock;
  readonly progress: Progress;
  readonly prompter: Prompter;
  readonly queueBacklogs: QueueBacklogs;
  readonly rehearsals: Rehearsals;
  readonly repository: Repository;
  readonly signer: Signer;
  readonly stateArchive: StateArchive;
  readonly stateBucket: StateBucket;
  readonly stateStore: StateStore;
  readonly targetHealth: TargetHealth;
  readonly terraform: Terraform;
  readonly terraformLocks: TerraformLocks;
  readonly toolchain: Toolchain;
  readonly variablesFiles: VariablesFiles;
  readonly workspace: Workspace;
}
