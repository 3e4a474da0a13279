import { BaseCommand } from '../base-command.js';
import { confirmationFlags, environmentArg } from '../flags.js';
import { bootstrapText } from '../presenters/bootstrap-text.js';
import { planBootstrap } from '../services/bootstrap-backend.js';
import { confirmChange } from '../services/confirm-change.js';

/** What `bootstrap --json` returns. */
export interface BootstrapResult {
  readonly environment: string;
  readonly resources: readonly {
    readonly kind: string;
    readonly name: string;
    readonly action: 'created' | 'updated' | 'unchanged';
  }[];
}

export default class Bootstrap extends BaseCommand<BootstrapResult> {
  static override summary = "Set up an environment's state backend, or repair what has drifted.";
  static override description =
    'The state bucket: versioned, encrypted, private, TLS-only. The lock table: recoverable to a point in time. Shows ' +
    'what it would do and asks; safe to run again.';
  static override examples = ['<%= config.bin %> bootstrap staging'];
  static override args = { environment: environmentArg };
  static override flags = { ...confirmationFlags };

  async run(): Promise<BootstrapResult> {
    const { args, flags } = await this.parse(Bootstrap);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);

    const plan = await planBootstrap(ports, binding);
    if (!plan.complete) {
      this.tell((style) => bootstrapText(plan.resources, 'would', style));
      await confirmChange(ports, {
        binding,
        action: 'Set up the state backend of',
        commandWith: (flag) => `mhtctl bootstrap ${binding.name} ${flag}`,
        yes: flags.yes,
        confirm: flags.confirm,
      });
      await plan.carryOut();
    }
    this.show((style) => bootstrapText(plan.resources, 'was', style));
    return {
      environment: binding.name,
      resources: plan.resources.map(({ kind, name, action }) => ({ kind, name, action })),
    };
  }
}
