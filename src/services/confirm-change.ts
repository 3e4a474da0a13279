import { type ConsentGiven, confirmationFor } from '../domain/confirmation.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Risk } from '../domain/plan-checks/rule.js';
import type { Ports } from '../ports/index.js';

/** What is confirmed, and what the caller gave. */
export interface ConfirmOptions extends Omit<ConsentGiven, 'interactive'> {
  readonly binding: Binding;
  /** What would happen, as a question's beginning: `Deploy`, `Create the state backend of`. */
  readonly action: string;
  /** The command to paste when a flag was missing, with that flag. */
  readonly commandWith: (flag: string) => string;
}

/** Refuses (exit 3) a plan with forbidden risks, and (exit 4) one that destroys what was not allowed by name. */
export function refuseRisks(
  risks: readonly Risk[],
  options: { readonly binding: Binding; readonly allowDestroy: readonly string[]; readonly command: string },
): void {
  const { binding, allowDestroy, command } = options;
  const forbidden = risks.filter(({ severity }) => severity === 'forbidden');
  if (forbidden.length > 0) {
    throw new MhtctlError({
      code: 'PlanForbidden',
      outcome: 'refused',
      message: [`the plan for "${binding.name}" is refused:`, ...forbidden.map(describe)].join('\n'),
      nextSteps: [`see it in full: mhtctl plan ${binding.name}`],
    });
  }
  const unasked = risks.filter(
    ({ severity, address }) => severity === 'consent' && !allowDestroy.includes(address ?? ''),
  );
  if (unasked.length > 0) {
    const flags = [...allowDestroy, ...unasked.map(({ address }) => address ?? '')].map(
      (address) => `--allow-destroy '${address}'`,
    );
    throw new MhtctlError({
      code: 'DestroyNotAllowed',
      outcome: 'declined',
      message: ['this would be lost and was not allowed by name:', ...unasked.map(describe)].join('\n'),
      nextSteps: [`if it is meant: ${command} ${flags.join(' ')}`],
    });
  }
}

function describe({ address, message }: Risk): string {
  return `  ${address === null ? '' : `${address}: `}${message}`;
}

/** Obtains the confirmation the environment's policy asks for. Fails (exit 4) when it is not given. */
export async function confirmChange(ports: Pick<Ports, 'prompter'>, options: ConfirmOptions): Promise<void> {
  const { binding, action } = options;
  const { name, policy } = binding;
  const confirmation = confirmationFor(name, policy, { ...options, interactive: ports.prompter.interactive });
  switch (confirmation.kind) {
    case 'given':
      return;
    case 'missing':
      throw new MhtctlError({
        code: 'ConfirmationMissing',
        outcome: 'declined',
        message: `"${name}" is ${policy.protected ? 'protected and ' : ''}not confirmed, and there is no terminal to ask at; nothing was changed`,
        nextSteps: [options.commandWith(confirmation.flag)],
      });
    case 'wrong-name':
      throw declined(`--confirm says "${confirmation.name}", the environment is "${name}"`);
    case 'ask-name': {
      const typed = (await ports.prompter.ask(`${action} ${name}? Type its name to confirm:`)).trim();
      if (typed !== name)
        throw declined(typed === '' ? 'no name was typed' : `"${typed}" was typed, expected "${name}"`);
      return;
    }
    case 'ask-yes':
      if (!(await ports.prompter.confirm(`${action} ${name}?`))) throw declined('not confirmed');
  }
}

function declined(why: string): MhtctlError {
  return new MhtctlError({ code: 'Declined', outcome: 'declined', message: `${why}; nothing was changed` });
}
