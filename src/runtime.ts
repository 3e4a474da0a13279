import { BackendOperationLock } from './adapters/aws/backend-operation-lock.js';
import { BackendTerraformLocks } from './adapters/aws/backend-terraform-locks.js';
import { ClientConfigurations } from './adapters/aws/client-configuration.js';
import { AwsClients } from './adapters/aws/clients.js';
import { CloudWatchAlarmConditions } from './adapters/aws/cloudwatch-alarm-conditions.js';
import { CostExplorerBills } from './adapters/aws/cost-explorer-bills.js';
import { Ec2InstanceConditions } from './adapters/aws/ec2-instance-conditions.js';
import { Ec2Instances } from './adapters/aws/ec2-instances.js';
import { ElbTargetHealth } from './adapters/aws/elb-target-health.js';
import { ApiFacts } from './adapters/aws/facts/api-facts.js';
import { KmsSigner } from './adapters/aws/kms-signer.js';
import { PricingPriceList } from './adapters/aws/pricing-price-list.js';
import { Route53HostedZones } from './adapters/aws/route53-hosted-zones.js';
import { S3BucketContents } from './adapters/aws/s3-bucket-contents.js';
import { S3Ledger } from './adapters/aws/s3-ledger.js';
import { S3StateArchive } from './adapters/aws/s3-state-archive.js';
import { S3StateBucket } from './adapters/aws/s3-state-bucket.js';
import { S3StateStore } from './adapters/aws/s3-state-store.js';
import { SqsQueueBacklogs } from './adapters/aws/sqs-queue-backlogs.js';
import { StsIdentitySource } from './adapters/aws/sts-identity-source.js';
import { TaggingInventory } from './adapters/aws/tagging-inventory.js';
import { FileCostSources } from './adapters/cost/file-cost-sources.js';
import { KeptBills } from './adapters/cost/kept-bills.js';
import { MotoEmulator } from './adapters/emulator/moto-emulator.js';
import { FileEnvironmentCatalog } from './adapters/environments/file-catalog.js';
import { FileVariables } from './adapters/environments/file-variables.js';
import { findProject } from './adapters/environments/find-project.js';
import { GitRepository } from './adapters/git/git-repository.js';
import { FileConfiguration } from './adapters/hcl/configuration/file-configuration.js';
import { ExecaProcessRunner } from './adapters/process/execa-process-runner.js';
import { ProcessInterruption } from './adapters/process/interruption.js';
import { LineProgress } from './adapters/progress/line-progress.js';
import { ListrProgress } from './adapters/progress/listr-progress.js';
import { InquirerPrompter } from './adapters/prompt/inquirer-prompter.js';
import { FileWorkspace } from './adapters/system/file-workspace.js';
import { NodeHttpProbe } from './adapters/system/node-http-probe.js';
import { originOfProcess } from './adapters/system/origin.js';
import { SystemClock } from './adapters/system/system-clock.js';
import { SystemNameResolver } from './adapters/system/system-name-resolver.js';
import { LinkedRehearsals } from './adapters/terraform/linked-rehearsals.js';
import { TerraformCli } from './adapters/terraform/terraform-cli.js';
import { LocalToolchain } from './adapters/toolchain/local-toolchain.js';
import { awsEndpoint } from './domain/emulated-aws.js';
import type { Ports } from './ports/index.js';

/** What the process mhtctl runs in offers. */
export interface Surroundings {
  readonly workingDirectory: string;
  /** Where mhtctl is installed, with what ships beside its code; the project's root when left out. */
  readonly installation?: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  /** Whether progress may move and be coloured. */
  readonly animated: boolean;
}

/** Builds every adapter, once for a command. They load their libraries when they are first used. */
export async function createRuntime(surroundings: Surroundings): Promise<Ports> {
  const { environment, stderr } = surroundings;
  const project = await findProject(surroundings.workingDirectory, environment);
  const interruption = new ProcessInterruption();
  const processes = new ExecaProcessRunner(interruption);
  const progress = surroundings.animated
    ? new ListrProgress(stderr)
    : new LineProgress((line) => stderr.write(`${line}\n`));
  const interactive = surroundings.stdin.isTTY === true && stderr.isTTY === true;
  const { privateDir } = project;
  const toolchain = new LocalToolchain({
    runner: processes,
    env: environment,
    privateDir,
    signal: interruption.signal,
  });
  const configurations = new ClientConfigurations();
  const clients = new AwsClients(configurations);
  const clock = new SystemClock();
  const workspace = new FileWorkspace(project);
  return {
    project,
    environment,
    origin: originOfProcess(environment),
    interruption,
    progress,
    toolchain,
    alarmConditions: new CloudWatchAlarmConditions(clients),
    awsFacts: new ApiFacts(configurations),
    bills: new KeptBills(new CostExplorerBills(configurations), workspace),
    bucketContents: new S3BucketContents(configurations),
    catalog: new FileEnvironmentCatalog(project),
    clock,
    commands: processes,
    configuration: new FileConfiguration(project),
    costSources: new FileCostSources(project, surroundings.installation ?? project.root, workspace),
    emulator: new MotoEmulator({ runner: processes, env: environment, privateDir, signal: interruption.signal }),
    hostedZones: new Route53HostedZones(configurations),
    httpProbe: new NodeHttpProbe(),
    identities: new StsIdentitySource(configurations),
    instanceConditions: new Ec2InstanceConditions(clients),
    instances: new Ec2Instances(clients),
    inventory: new TaggingInventory(configurations, clock),
    ledger: new S3Ledger(clients),
    nameResolver: new SystemNameResolver(),
    priceList: new PricingPriceList(configurations),
    operationLock: new BackendOperationLock(clients),
    prompter: new InquirerPrompter(interactive, interruption.signal),
    queueBacklogs: new SqsQueueBacklogs(clients, clock),
    rehearsals: new LinkedRehearsals(),
    repository: new GitRepository(processes, project.root),
    signer: new KmsSigner(configurations),
    stateArchive: new S3StateArchive(clients),
    stateBucket: new S3StateBucket(clients),
    stateStore: new S3StateStore(clients, awsEndpoint(environment)),
    targetHealth: new ElbTargetHealth(clients),
    terraform: new TerraformCli({
      processes,
      toolchain,
      interruption,
      environment,
      announce: (message) => progress.say(message),
    }),
    variablesFiles: new FileVariables(project, workspace),
    terraformLocks: new BackendTerraformLocks(clients),
    workspace,
  };
}
