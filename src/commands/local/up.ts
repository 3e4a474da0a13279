import { Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';
import { localAwsUnset, localAwsVariables } from '../../domain/local-aws-variables.js';
import { startLocalAws } from '../../services/start-local-aws.js';

/** What `local up --json` returns. */
export interface LocalUpResult {
  readonly endpoint: string;
  readonly pid: number;
  /** False when it was running already. */
  readonly started: boolean;
  readonly hostedZones: readonly string[];
}

export default class LocalUp extends BaseCommand<LocalUpResult> {
  static override summary = 'Start a local AWS emulator, with the DNS zones the environments expect.';
  static override description = 'It keeps everything in memory and runs until `local down`.';
  static override examples = ['<%= config.bin %> local up && eval "$(<%= config.bin %> local env)"'];
  static override flags = {
    port: Flags.integer({ description: 'Port on 127.0.0.1.', default: 5600, min: 1024, max: 65535 }),
  };

  async run(): Promise<LocalUpResult> {
    const { flags } = await this.parse(LocalUp);
    const ports = await this.ports();
    const { instance, started, zones } = await startLocalAws(ports, {
      port: flags.port,
      use: ({ endpoint }) => {
        for (const name of localAwsUnset(process.env)) delete process.env[name];
        Object.assign(process.env, localAwsVariables(endpoint, 'us-east-1'));
      },
    });
    this.show(
      (style) =>
        `AWS is emulated at ${instance.endpoint}. Point this shell at it: ${style.bold('eval "$(mhtctl local env)"')}`,
    );
    return { endpoint: instance.endpoint, pid: instance.pid, started, hostedZones: zones };
  }
}
