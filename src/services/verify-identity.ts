import { basename } from 'node:path';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Identity } from '../domain/identity.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';

/** Asks AWS whose credentials these are, and refuses (exit 7) any account or region that is not the environment's. */
export async function verifyIdentity(
  ports: Pick<Ports, 'identities' | 'environment'>,
  binding: Binding,
  report: StageReport,
  /** The answer, where it was asked for already. */
  answer: Promise<Identity> = ports.identities.whoAmI(binding),
): Promise<Identity> {
  refuseOtherRegion(binding, ports.environment);
  const identity = await answer;
  if (binding.accountId !== undefined && identity.accountId !== binding.accountId) {
    throw new MhtctlError({
      code: 'WrongAccount',
      outcome: 'wrongIdentity',
      message:
        `the credentials belong to AWS account ${identity.accountId} (${identity.arn}); ` +
        `"${binding.name}" lives in account ${binding.accountId}`,
      nextSteps: [
        `use credentials of account ${binding.accountId}: export AWS_PROFILE=...`,
        `if the pin is wrong: correct aws_account_id in ${binding.variablesFile}`,
      ],
    });
  }
  report.result(`account ${identity.accountId}, ${binding.region}, ${identity.arn}`);
  if (binding.accountId === undefined) {
    report.note(`warning: no account is pinned; set aws_account_id in ${basename(binding.variablesFile)}`);
  }
  return identity;
}

function refuseOtherRegion(binding: Binding, environment: Ports['environment']): void {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const region = environment[name];
    if (region === undefined || region === '' || region === binding.region) continue;
    throw new MhtctlError({
      code: 'WrongRegion',
      outcome: 'wrongIdentity',
      message: `${name} is ${region}; "${binding.name}" lives in ${binding.region}`,
      nextSteps: [`export ${name}=${binding.region}`],
    });
  }
}
