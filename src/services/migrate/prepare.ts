import { join } from 'node:path';
import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import { ADOPTION_FILE } from '../../domain/migration/adoption.js';
import { type Difference, differencesIn } from '../../domain/migration/differences.js';
import { type DnsRecord, dnsRecords } from '../../domain/migration/dns-records.js';
import { unlisted } from '../../domain/migration/imports.js';
import { locationOf } from '../../domain/separation/location.js';
import { type State, stringOutput } from '../../domain/state.js';
import type { Ports } from '../../ports/index.js';
import { abandonOnInterrupt } from '../abandon-on-interrupt.js';
import type { Inspected } from './inspect.js';
import { type LiveFacts, readLiveFacts } from './live-facts.js';
import type { OpenMigration } from './open.js';
import { type Rehearsed, rehearse } from './rehearse.js';

type Needed = Pick<
  Ports,
  'awsFacts' | 'catalog' | 'configuration' | 'interruption' | 'progress' | 'rehearsals' | 'terraform' | 'workspace'
>;

/** A migration that was rehearsed and can be confirmed. */
export interface PreparedMigration extends Omit<OpenMigration, 'release' | 'finished'>, Rehearsed {
  /** What {@link ADOPTION_FILE} holds now; null when it is not there. */
  readonly before: string | null;
  /** What keeps the plan from being empty. */
  readonly differences: readonly Difference[];
  /** What could not be asked about what exists, so that something of it may be missing among the imports. */
  readonly notChecked: readonly string[];
  readonly dns: readonly DnsRecord[];
}

/** Rehearses the migration beside everything that exists, and looks at what it leaves to do. Changes nothing. */
export async function prepareMigration(ports: Needed, migration: OpenMigration): Promise<PreparedMigration> {
  const { binding, former, id } = migration;
  let rehearsed: (Rehearsed & Pick<PreparedMigration, 'before'>) | undefined;
  let looked: Pick<PreparedMigration, 'dns' | 'notChecked'> | undefined;
  const facts = readLiveFacts(ports, migration);
  facts.catch(() => undefined);
  await ports.progress.run([
    { title: 'Initialise', run: async (report) => report.result(await ports.terraform.initialise(binding)) },
    {
      title: 'Rehearse',
      run: async (report) => {
        const before = await ports.workspace.readIfThere(join(binding.configurationDir, ADOPTION_FILE));
        const live = async () => (await facts).facts.resources;
        const state = migration.copied?.text ?? former.text;
        rehearsed = { ...(await rehearse(ports, { binding, id, state, before, live }, report)), before };
      },
    },
    {
      title: 'Look around',
      run: async (report) => {
        looked = await abandonOnInterrupt(ports.interruption, lookAt(ports, migration, facts));
        const { notChecked } = looked;
        report.result(notChecked.length === 0 ? 'all was listed' : `${notChecked.length} could not be listed`);
      },
    },
  ]);
  if (rehearsed === undefined || looked === undefined) throw new Error('the migration was not rehearsed');
  const configuration = await ports.configuration.resources();
  const differences = differencesIn(rehearsed.plan, {
    variables: binding.variableSources,
    location: (address) => locationOf({ configuration }, address),
  });
  return { ...migration, ...rehearsed, ...looked, differences };
}

/** What AWS answers on names and records. What cannot be asked stops nothing: it is said. */
async function lookAt(
  ports: Needed,
  { binding, former }: Inspected,
  facts: Promise<LiveFacts>,
): Promise<Pick<PreparedMigration, 'dns' | 'notChecked'>> {
  const [{ facts: live, unread }, bindings] = await Promise.all([facts, ports.catalog.bindAll()]);
  const zonesRead = !unread.some(({ action }) => action.startsWith('route53:'));
  const loadBalancer = stringOutput(former.state, 'load_balancer_dns_name') ?? balancerOf(former.state);
  return {
    notChecked: unlisted(unread),
    dns: dnsRecords(bindings, { environment: binding.name, loadBalancer }, zonesRead ? live : null),
  };
}

function balancerOf({ instances }: State): string | undefined {
  const names = instances.flatMap(({ type, attributes }) => (type === 'aws_lb' ? [attributes['dns_name']] : []));
  const [name] = names;
  return names.length === 1 && typeof name === 'string' ? name : undefined;
}

/** Refuses (exit 3) a migration whose plan would change something: what is live stays as it is. */
export function refuseDifferences(
  { binding, differences }: Pick<PreparedMigration, 'differences'> & { readonly binding: Binding },
  command: string,
): void {
  if (differences.length === 0) return;
  const lines = differences.map(
    ({ address, kind, attribute, fix }) => `  ${address}${attribute === null ? '' : ` ${attribute}`} (${kind}): ${fix}`,
  );
  throw new MhtctlError({
    code: 'PlanNotEmpty',
    outcome: 'refused',
    message: [`the configuration of "${binding.name}" is not what is live; nothing was changed:`, ...lines].join('\n'),
    nextSteps: [`correct it, then see again: ${command} --dry-run`],
  });
}
