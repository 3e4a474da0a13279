import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClientConfigurations } from '../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../src/adapters/aws/clients.js';
import { S3StateStore } from '../../src/adapters/aws/s3-state-store.js';
import { ExecaProcessRunner } from '../../src/adapters/process/execa-process-runner.js';
import { ProcessInterruption } from '../../src/adapters/process/interruption.js';
import { TerraformCli } from '../../src/adapters/terraform/terraform-cli.js';
import { LocalToolchain } from '../../src/adapters/toolchain/local-toolchain.js';
import type { Backend, Binding } from '../../src/domain/environment.js';
import type { State } from '../../src/domain/state.js';
import type { TerraformEvent } from '../../src/domain/terraform-event.js';
import type { ProcessResult } from '../../src/ports/process-runner.js';
import { backendOf, bindingOf } from './bindings.js';
import { makeStandInProvider } from './provider-mirror.js';

const LOCK_FILE = fileURLToPath(new URL('../../terraform/.terraform.lock.hcl', import.meta.url));

const BACKEND = 'terraform {\n  backend "s3" {}\n}\n\nvariable "environment" {\n  type = string\n}\n';
const PROVIDER = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}
`;

/** A configuration without a resource of a provider, and so without the wait for one to start. */
export const PLAIN = `resource "terraform_data" "this" {
  input = "made for \${var.environment}"
}

output "made_for" {
  value = terraform_data.this.output
}
`;

/**
 * Which AWS provider the project requires. Each command of Terraform hashes the real one's 600 MB and starts it for its
 * schema: where it has no part in what is tested, there is none, or one that init alone can be satisfied with.
 */
export type Provider = 'none' | 'stand-in' | 'real';

/** One mhtctl process as far as Terraform is concerned: its signals, and what it showed at its terminal. */
export interface TerraformProcess {
  readonly terraform: TerraformCli;
  /** Emits the signals that the process gets. */
  readonly signals: EventEmitter;
  /** The endings of what ran at the caller's terminal. */
  readonly attached: readonly ProcessResult[];
}

/** A run of Terraform with what it reported. */
export interface RecordedRun {
  readonly events: TerraformEvent[];
  readonly logFile: string;
  readonly onEvent: (event: TerraformEvent) => void;
}

/** A Terraform configuration of a test's own with two environments, staging and production, in the emulator. */
export class TerraformProject {
  readonly root: string;
  readonly configurationDir: string;
  readonly staging: Binding;
  readonly production: Binding;
  readonly #provider: Provider;
  #runs = 0;

  private constructor(root: string, provider: Provider) {
    this.root = root;
    this.#provider = provider;
    this.configurationDir = join(root, 'terraform');
    this.staging = this.bindingOf('staging');
    this.production = this.bindingOf('production');
  }

  static async create(provider: Provider = 'none'): Promise<TerraformProject> {
    const root = await realpath(await mkdtemp(join(tmpdir(), 'terraform-project-')));
    const project = new TerraformProject(root, provider);
    await mkdir(project.configurationDir);
    if (provider === 'real') await project.write('.terraform.lock.hcl', await readFile(LOCK_FILE, 'utf8'));
    if (provider === 'stand-in') {
      await project.write('.terraform.lock.hcl', await makeStandInProvider(project.#addOnRoot()));
    }
    await project.configure(PLAIN);
    for (const binding of [project.staging, project.production]) {
      await writeFile(binding.variablesFile, `environment = "${binding.name}"\n`);
      await writeFile(binding.backendFile, backendText(binding.backend));
    }
    return project;
  }

  /** A binding of an environment of the project; its files are those of that name. */
  bindingOf(name: string, backend: Backend = backendOf(name)): Binding {
    const inConfiguration = (file: string) => join(this.configurationDir, file);
    return bindingOf(name, {
      configurationDir: this.configurationDir,
      variablesFile: inConfiguration(`terraform.tfvars.${name}`),
      backendFile: inConfiguration(`backend-${name}.tfbackend`),
      dataDir: join(this.root, 'data', name),
      workDir: join(this.root, 'work', name),
      backend,
    });
  }

  /** Makes this, after the settings and the variable of every configuration, the whole of main.tf. */
  async configure(resources: string): Promise<void> {
    const provider = this.#provider === 'none' ? '' : `${PROVIDER}\n`;
    await writeFile(join(this.configurationDir, 'main.tf'), `${BACKEND}\n${provider}${resources}`);
  }

  async write(file: string, text: string): Promise<void> {
    const path = join(this.configurationDir, file);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, text);
  }

  /** Makes the state buckets and lock tables of both environments, empty. */
  async makeBackends(): Promise<void> {
    const store = new S3StateStore(new AwsClients(new ClientConfigurations()), process.env['AWS_ENDPOINT_URL']);
    await Promise.all(
      [this.staging, this.production].map(async (binding) => store.repair(binding, await store.inspect(binding))),
    );
  }

  /** The state of an environment as AWS has it now. */
  state(binding: Binding): Promise<State | null> {
    return new S3StateStore(new AwsClients(new ClientConfigurations()), undefined).readState(binding);
  }

  /** Another mhtctl process; `variables` are added to its environment. */
  process(variables: NodeJS.ProcessEnv = {}): TerraformProcess {
    const signals = new EventEmitter();
    const interruption = new ProcessInterruption(signals);
    const runner = new ExecaProcessRunner(interruption);
    const standIn = this.#provider === 'stand-in';
    const environment = { ...process.env, ...(standIn ? { TF_CLI_CONFIG_FILE: undefined } : {}), ...variables };
    const attached: ProcessResult[] = [];
    const terraform = new TerraformCli({
      processes: {
        run: (...call) => runner.run(...call),
        follow: (...call) => runner.follow(...call),
        // The caller's terminal would be that of the tests.
        attach: async (...call) => {
          const result = await runner.run(...call);
          attached.push(result);
          return result;
        },
      },
      toolchain: new LocalToolchain({
        runner,
        env: environment,
        privateDir: join(this.root, 'private'),
        signal: interruption.signal,
        ...(standIn ? { addOnRoot: this.#addOnRoot(), homeDir: this.root } : {}),
      }),
      interruption,
      environment,
      announce: (message) => {
        throw new Error(`these tests need Terraform on PATH: ${message}`);
      },
    });
    return { terraform, signals, attached };
  }

  /** Where a run keeps its log, and what it reported. */
  run(): RecordedRun {
    this.#runs += 1;
    const events: TerraformEvent[] = [];
    return {
      events,
      logFile: join(this.root, 'logs', `${this.#runs}.jsonl`),
      onEvent: (event) => events.push(event),
    };
  }

  /** A plan of the environment as it is now; returns its file. */
  async plan(binding: Binding, { terraform } = this.process()): Promise<string> {
    const run = this.run();
    const out = join(this.root, 'plans', `${this.#runs}.tfplan`);
    await terraform.plan(binding, { ...run, out });
    return out;
  }

  /** Plans and applies. */
  async deploy(binding: Binding, process = this.process()): Promise<RecordedRun> {
    const planFile = await this.plan(binding, process);
    const run = this.run();
    await process.terraform.apply(binding, { ...run, planFile });
    return run;
  }

  #addOnRoot(): string {
    return join(this.root, 'add-ons');
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

/** A backend file of these values. */
export function backendText({ bucket, key, region, lockTable, useLockfile }: Backend): string {
  return [
    `bucket = "${bucket}"`,
    `key = "${key}"`,
    `region = "${region}"`,
    ...(lockTable === undefined ? [] : [`dynamodb_table = "${lockTable}"`]),
    `use_lockfile = ${useLockfile}`,
    '',
  ].join('\n');
}
