import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MotoEmulator } from '../../src/adapters/emulator/moto-emulator.js';
import { ExecaProcessRunner } from '../../src/adapters/process/execa-process-runner.js';
import { ProcessInterruption } from '../../src/adapters/process/interruption.js';
import { localAwsVariables } from '../../src/domain/local-aws-variables.js';
import { CallerEnvironment } from './caller-environment.js';
import { freePort } from './loopback.js';

/** The account that the emulator gives to whoever asks without a role. */
export const EMULATED_ACCOUNT = '123456789012';

/** An emulator of a test file's own. While it runs, AWS clients and Terraform of this process reach it and nothing else. */
export class EmulatedAws {
  readonly endpoint: string;
  readonly #emulator: MotoEmulator;
  readonly #directory: string;
  readonly #environment = new CallerEnvironment();

  private constructor(endpoint: string, emulator: MotoEmulator, directory: string) {
    this.endpoint = endpoint;
    this.#emulator = emulator;
    this.#directory = directory;
    this.#environment.useAws({
      ...localAwsVariables(endpoint, 'us-east-1'),
      AWS_CONFIG_FILE: join(directory, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(directory, 'no-credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  }

  static async start(): Promise<EmulatedAws> {
    const directory = await mkdtemp(join(tmpdir(), 'emulated-aws-'));
    const interruption = new ProcessInterruption(new EventEmitter());
    const emulator = new MotoEmulator({
      runner: new ExecaProcessRunner(interruption),
      env: process.env,
      privateDir: directory,
      signal: interruption.signal,
    });
    const { instance } = await emulator.start({ port: await freePort(), announce: refuseToInstall });
    return new EmulatedAws(instance.endpoint, emulator, directory);
  }

  /** Forgets everything that was made in it. */
  async reset(): Promise<void> {
    const response = await fetch(`${this.endpoint}/moto-api/reset`, { method: 'POST' });
    if (!response.ok) throw new Error(`the emulator could not be reset: ${response.status}`);
  }

  async stop(): Promise<void> {
    this.#environment.restore();
    await this.#emulator.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

function refuseToInstall(message: string): void {
  throw new Error(`these tests need moto 5 on PATH: pip install 'moto[server]==5.2.1' (${message})`);
}
