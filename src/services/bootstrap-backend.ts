import { type BackendRequirement, backendRequirements } from '../domain/backend-facts.js';
import type { BootstrapResource } from '../domain/bootstrap-resource.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { verifyIdentity } from './verify-identity.js';

/** What `bootstrap` found and would mend. */
export interface BootstrapPlan {
  readonly resources: readonly BootstrapResource[];
  /** Whether everything is as it should be already. */
  readonly complete: boolean;
  /** Mends it, and looks again: fails (exit 5) when something is still not as it should be. */
  readonly carryOut: () => Promise<void>;
}

type Needed = Pick<Ports, 'environment' | 'identities' | 'interruption' | 'progress' | 'stateStore'>;

/** Compares an environment's state backend with what it should be. Changes nothing until it is carried out. */
export async function planBootstrap(ports: Needed, binding: Binding): Promise<BootstrapPlan> {
  let resources: readonly BootstrapResource[] = [];
  let facts: Awaited<ReturnType<Ports['stateStore']['inspect']>> | undefined;
  await ports.progress.run([
    {
      title: 'Identity',
      run: async (report) => {
        await abandonOnInterrupt(ports.interruption, verifyIdentity(ports, binding, report));
      },
    },
    {
      title: 'State backend',
      run: async (report) => {
        facts = await abandonOnInterrupt(ports.interruption, ports.stateStore.inspect(binding));
        resources = describe(binding, backendRequirements(facts, binding));
        report.result(resources.every(({ action }) => action === 'unchanged') ? 'as it should be' : 'to be set up');
      },
    },
  ]);
  const found = facts;
  if (found === undefined) throw new Error('the backend was not inspected');
  return {
    resources,
    complete: resources.every(({ action }) => action === 'unchanged'),
    carryOut: () =>
      ports.progress.run([
        { title: 'Set up', run: () => ports.stateStore.repair(binding, found) },
        { title: 'Verify', run: () => abandonOnInterrupt(ports.interruption, verify(ports, binding)) },
      ]),
  };
}

function describe(binding: Binding, requirements: readonly BackendRequirement[]): readonly BootstrapResource[] {
  const resource = (
    kind: BootstrapResource['kind'],
    key: BackendRequirement['resource'],
    name: string,
  ): BootstrapResource => {
    const unmet = requirements.filter((requirement) => requirement.resource === key && !requirement.met);
    const absent = unmet.some(({ property }) => property === 'there');
    const action = absent ? 'created' : unmet.length > 0 ? 'updated' : 'unchanged';
    const missing = unmet.map(({ property }) => property).filter((property) => property !== 'there');
    return { kind, name, action, missing };
  };
  const { bucket, lockTable } = binding.backend;
  return [
    resource('bucket', 'bucket', bucket),
    ...(lockTable === undefined ? [] : [resource('lock-table', 'lockTable', lockTable)]),
  ];
}

async function verify(ports: Needed, binding: Binding): Promise<void> {
  const left = backendRequirements(await ports.stateStore.inspect(binding), binding).filter(({ met }) => !met);
  if (left.length === 0) return;
  throw new MhtctlError({
    code: 'BackendNotReady',
    outcome: 'toolFailed',
    message: `after bootstrap the backend of "${binding.name}" is still not ${left.map(({ resource, property }) => `${property} (${resource})`).join(', ')}`,
    nextSteps: [`mhtctl bootstrap ${binding.name}`, 'look for a policy of the organisation that undoes it'],
  });
}
