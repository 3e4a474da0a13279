import type { Binding } from '../domain/environment.js';
import { type ImportTarget, refuseImpossibleImport, refuseInvalidTarget } from '../domain/import-target.js';
import { judgeImport } from '../domain/plan-checks/import-alone.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { type PreparePorts, prepareDeployment } from './prepare-deployment.js';

/** What to import. */
export interface ImportOptions {
  readonly binding: Binding;
  readonly target: ImportTarget;
  /** Takes the operation lock, and waits so many seconds for it. Left out by who changes nothing. */
  readonly hold: { readonly waitSeconds: number } | undefined;
}

/**
 * Makes the plan of an import and judges it as any other, and that it is nothing else. Refuses before that what is not
 * configured, and what the state has already. Changes nothing.
 */
export async function prepareImport(
  ports: PreparePorts & Pick<Ports, 'configuration'>,
  { binding, target, hold }: ImportOptions,
): Promise<PreparedDeployment> {
  refuseInvalidTarget(binding.name, target);
  const [configured, state] = await abandonOnInterrupt(
    ports.interruption,
    Promise.all([ports.configuration.resources(), ports.stateStore.readState(binding)]),
  );
  refuseImpossibleImport(binding.name, target, { declared: configured.keys(), state });
  const prepared = await prepareDeployment(ports, {
    binding,
    operation: 'import',
    purpose: { kind: 'import', target },
    about: { address: target.address, id: target.id },
    hold,
  });
  return { ...prepared, risks: [...judgeImport(prepared.plan, target), ...prepared.risks] };
}
