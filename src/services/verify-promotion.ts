import type { Commit } from '../domain/commit.js';
import { awsEndpoint } from '../domain/emulated-aws.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { missingForPromotion, type Unread } from '../domain/promotion.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import { detectDrift } from './detect-drift.js';
import { type HealthPorts, readHealth } from './read-health.js';

/** The ports that the promotion gate takes. */
export type PromotionPorts = HealthPorts &
  Pick<
    Ports,
    | 'catalog'
    | 'clock'
    | 'environment'
    | 'identities'
    | 'ledger'
    | 'repository'
    | 'stateStore'
    | 'terraform'
    | 'workspace'
  >;

/** How far back the ledger of the source is looked through for when the commit came there. */
const RECORDS = 50;

/**
 * The promotion gate. Fails (exit 3) with `PromotionGateClosed`, listing everything that is missing, unless the commit
 * is healthy on the environment this one is promoted from. What cannot be read there is missing. Nothing to verify
 * where an environment is promoted from no other.
 */
export async function verifyPromotion(
  ports: PromotionPorts,
  options: {
    readonly binding: Binding;
    readonly commit: Commit | null;
    /** Why the gate is passed all the same. */
    readonly skipReason: string | undefined;
  },
  report: StageReport,
): Promise<void> {
  const { binding, commit, skipReason } = options;
  const { promotedFrom, promotedAfterMinutes } = binding.policy;
  if (promotedFrom === undefined) return report.result('promoted from no other environment');
  if (skipReason !== undefined) {
    report.note(`warning: not verified on "${promotedFrom}": ${skipReason}`);
    return report.result('skipped');
  }
  const source = await ports.catalog.bind(promotedFrom);
  report.now(`looking at ${source.name}`);
  // Its own steps are not this deployment's: what goes wrong in them is what is missing.
  const quiet: StageReport = { now: report.now.bind(report), event: nothing, note: nothing, result: nothing };
  const [records, health, drift] = await Promise.all([
    orWhyNot(ports.ledger.list(source, RECORDS).then((listing) => listing.records)),
    orWhyNot(readHealth(ports, source)),
    orWhyNot(detectDrift(ports, { binding: source }, quiet).then((found) => found.drift.map(({ address }) => address))),
  ]);
  const missing = missingForPromotion({
    source: source.name,
    commit,
    now: ports.clock.now(),
    minutes: promotedAfterMinutes,
    records,
    health,
    drift,
    emulated: awsEndpoint(ports.environment) !== undefined,
  });
  if (missing.length === 0) return report.result(`commit ${commit?.hash.slice(0, 8)} is healthy on ${source.name}`);
  throw new MhtctlError({
    code: 'PromotionGateClosed',
    outcome: 'refused',
    message: [`"${binding.name}" is promoted from "${source.name}", and this is missing:`, ...missing.map(listed)].join(
      '\n',
    ),
    nextSteps: [
      `deploy it there first: mhtctl deploy ${source.name}`,
      `see how it is there: mhtctl health ${source.name}`,
      `only in an emergency; it is recorded: mhtctl deploy ${binding.name} --skip-gate 'REASON'`,
    ],
  });
}

function nothing(): void {
  // Said nowhere.
}

function listed(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`;
}

/** An interrupt and a bug still end it all. */
async function orWhyNot<T>(work: Promise<T>): Promise<T | Unread> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof MhtctlError) || error.outcome === 'interrupted') throw error;
    return { unread: error.message };
  }
}
