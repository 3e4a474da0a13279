import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import type { Diagnostic } from '../../domain/terraform-event.js';

/** The lines Terraform prints about the holder of a lock. */
function lockHolder(detail: string): { readonly id: string; readonly who: string; readonly since: string } | undefined {
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s*(.+)$`, 'm').exec(detail)?.[1]?.trim();
  const id = field('ID');
  return id === undefined
    ? undefined
    : { id, who: field('Who') ?? 'somebody', since: field('Created') ?? 'an unknown time' };
}

/**
 * Turns what Terraform reported into a failure a person can act on.
 * @param action what was being done, like `plan`
 * @param ending how the process ended or what it said in plain text, where it reported nothing
 */
export function terraformFailure(
  binding: Binding,
  action: string,
  diagnostics: readonly Diagnostic[],
  logFile: string | undefined,
  ending: string,
): MhtctlError {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const text = errors.length === 0 ? ending : errors.map(({ summary, detail }) => `${summary}\n${detail}`).join('\n');
  const seeLog = logFile === undefined ? [] : [`read the whole log: less ${logFile}`];

  const holder = /acquiring the state lock/i.test(text) ? lockHolder(text) : undefined;
  if (holder !== undefined) {
    return new MhtctlError({
      code: 'StateLocked',
      outcome: 'locked',
      message: `the state of "${binding.name}" is locked by ${holder.who} since ${holder.since} (lock ${holder.id})`,
      nextSteps: [
        'wait until that run has ended, then try again',
        `only if it is dead: mhtctl unlock ${binding.name} --id ${holder.id}`,
        ...seeLog,
      ],
    });
  }
  if (/no space left on device/i.test(text)) {
    return new MhtctlError({
      code: 'DiskFull',
      outcome: 'toolFailed',
      message: `terraform ${action} for "${binding.name}" failed: no space left on device`,
      nextSteps: ['free some space, then run the command again', ...seeLog],
    });
  }
  if (/Saved plan is stale/i.test(text)) {
    return new MhtctlError({
      code: 'PlanStale',
      outcome: 'refused',
      message: `the plan for "${binding.name}" is stale: its state was changed after the plan was made`,
      nextSteps: [`plan again: mhtctl plan ${binding.name}`],
    });
  }
  const prevented = errors.filter(({ summary }) => summary === 'Instance cannot be destroyed');
  if (prevented.length > 0) {
    return new MhtctlError({
      code: 'DestroyPrevented',
      outcome: 'refused',
      message: [
        `the configuration of "${binding.name}" forbids to destroy (prevent_destroy):`,
        ...prevented.map((diagnostic) => `  ${describe(diagnostic)}`),
      ].join('\n'),
      nextSteps: ['only if it is meant: take prevent_destroy out of its lifecycle block', ...seeLog],
    });
  }
  const first = errors[0];
  const said = errors.map(describe).join('\n');
  return new MhtctlError({
    code: 'TerraformFailed',
    outcome: 'toolFailed',
    message: `terraform ${action} for "${binding.name}" failed: ${first === undefined ? ending : said}`,
    nextSteps: seeLog,
  });
}

function describe({ summary, detail, address, location }: Diagnostic): string {
  const place = [address, location].filter((part) => part !== undefined && part !== '').join(', ');
  const head = place === '' ? summary : `${summary} (${place})`;
  return detail === '' ? head : `${head}\n${detail.trim()}`;
}

/**
 * What to report when Terraform itself was killed. It then saves nothing and gives nothing back: what it has made since it
 * last saved its state, as it does every 20 seconds of an apply, is in AWS alone, and its lock stays.
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/backend/local/hook_state.go
 */
export function terraformKilled(binding: Binding, action: string, signal: string, logFile: string): MhtctlError {
  const { name } = binding;
  const lost =
    action === 'apply' ? '; what it made in the last seconds may be missing from the state' : '; nothing was changed';
  return new MhtctlError({
    code: 'TerraformKilled',
    outcome: 'toolFailed',
    message: `terraform ${action} for "${name}" was killed by ${signal}${lost}`,
    nextSteps: [
      `remove the lock it left: mhtctl unlock ${name}`,
      ...(action === 'apply' ? [`see what is in AWS and not in the state: mhtctl verify-separation ${name}`] : []),
      `read the whole log: less ${logFile}`,
    ],
  });
}
