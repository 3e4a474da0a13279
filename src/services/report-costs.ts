import { type ActualCost, actualCost, type Bill, isEmpty, REQUEST_PRICE } from '../domain/cost/actual.js';
import { Decimal } from '../domain/cost/decimal.js';
import type { EstimateBasis } from '../domain/cost/estimate.js';
import { type CostEvidence, type CostReport, reportCosts as reckon } from '../domain/cost/report.js';
import { atItsLine, isDeclared } from '../domain/cost/savings/idle.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Identity } from '../domain/identity.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { costBasis } from './cost-basis.js';
import { SILENT } from './silent-report.js';
import { taggedResources } from './tagged-resources.js';
import { verifyIdentity } from './verify-identity.js';

type Needed = Pick<
  Ports,
  | 'bills'
  | 'catalog'
  | 'clock'
  | 'configuration'
  | 'costSources'
  | 'environment'
  | 'identities'
  | 'interruption'
  | 'inventory'
  | 'stateStore'
>;

/** What to report. */
export interface ReportCostsOptions {
  readonly binding: Binding;
  /** The environment to lay beside it. */
  readonly compare?: Binding | undefined;
  /** Whether to ask Cost Explorer, which bills each request. */
  readonly actual: boolean;
}

/** The report, and what has to be said about it. */
export interface ReportedCosts {
  readonly report: CostReport;
  /** Lines for a person, each whole. */
  readonly notes: readonly string[];
  /** What could not be read; the report is the rest. */
  readonly failures: readonly MhtctlError[];
}

/**
 * Reports what an environment costs. Reads only. A state that cannot be read fails it all; a tag inventory or a bill
 * that cannot be read is left out and is among the failures.
 */
export async function reportCosts(ports: Needed, options: ReportCostsOptions): Promise<ReportedCosts> {
  return abandonOnInterrupt(ports.interruption, gather(ports, options));
}

async function gather(ports: Needed, { binding, compare, actual }: ReportCostsOptions): Promise<ReportedCosts> {
  const failures: MhtctlError[] = [];
  const notes: string[] = [];
  const identity = verifyIdentity(ports, binding, SILENT);
  const [own, other, billed] = await Promise.all([
    evidenceOf(ports, binding, identity, failures),
    compare === undefined ? undefined : evidenceOf(ports, compare, verifyIdentity(ports, compare, SILENT), failures),
    actual ? billOf(ports, binding, identity, failures) : undefined,
  ]);
  if (other !== undefined) refuseCurrencies(own, other);
  for (const evidence of other === undefined ? [own] : [own, other]) notes.push(...notesOn(evidence));
  if (billed !== undefined) notes.push(...billed.notes);
  const report = await located(ports, reckon(own, other, billed?.actual ?? null));
  return { report, notes, failures };
}

/** Amounts of two currencies have no difference. */
function refuseCurrencies(own: CostEvidence, other: CostEvidence): void {
  const [one, two] = [own.basis.prices, other.basis.prices];
  if (one.currency === two.currency) return;
  throw new MhtctlError({
    code: 'CurrenciesDiffer',
    outcome: 'usage',
    message: `"${own.binding.name}" is billed in ${one.currency} and "${other.binding.name}" in ${two.currency}: they cannot be compared`,
    nextSteps: [own, other].map(({ binding }) => `mhtctl cost-report ${binding.name}`),
  });
}

/** The report whose savings name the lines to change. The configuration is read only for what needs it: it takes time. */
async function located({ configuration }: Pick<Ports, 'configuration'>, report: CostReport): Promise<CostReport> {
  if (!report.savings.some(isDeclared)) return report;
  const declared = await configuration.resources();
  return { ...report, savings: report.savings.map((saving) => atItsLine(saving, declared)) };
}

function notesOn({ binding: { name }, state, basis }: CostEvidence): readonly string[] {
  if (state === null) return [`${name} was never deployed: it has no state`];
  return basis.usage
    .strays(state.instances.map(({ address }) => address))
    .map(
      ({ address, location: { file, line } }) =>
        `warning: ${file}:${line} says the use of ${address}, which ${name} does not have`,
    );
}

/** @param identity whose credentials these are: with another account's, what it has would be told for ours */
async function evidenceOf(
  ports: Needed,
  binding: Binding,
  identity: Promise<Identity>,
  failures: MhtctlError[],
): Promise<CostEvidence> {
  const [basis, state, tagged] = await Promise.all([
    pricedBasis(ports, binding),
    ports.stateStore.readState(binding),
    identity.then(({ accountId }) =>
      taggedResources(ports, binding, accountId).catch((error: unknown) => leftOut(error, failures)),
    ),
  ]);
  return { binding, state, basis, tagged: tagged ?? [] };
}

async function pricedBasis(ports: Needed, binding: Binding): Promise<EstimateBasis> {
  const basis = await costBasis(ports, binding);
  if (basis !== null) return basis;
  const { name, region } = binding;
  const regions = await ports.costSources.regions();
  throw new MhtctlError({
    code: 'PricesMissing',
    outcome: 'usage',
    message: `there is no price table for ${region}, where "${name}" lives; there are ${regions.join(', ') || 'none'}`,
    nextSteps: [`mhtctl prices refresh --region ${region}`],
  });
}

async function billOf(
  ports: Needed,
  binding: Binding,
  identity: Promise<Identity>,
  failures: MhtctlError[],
): Promise<{ readonly actual: ActualCost | null; readonly notes: readonly string[] } | undefined> {
  const { accountId } = await identity;
  const answer = await ports.bills
    .monthToDate(binding, accountId, ports.clock.now())
    .catch((error: unknown) => leftOut(error, failures));
  if (answer === undefined) return undefined;
  const { bill, asked } = answer;
  const empty = isEmpty(bill);
  const notes = [...(asked === 0 ? [] : [whatAskingCost(asked)]), ...(empty ? whyEmpty(binding, bill) : [])];
  return { actual: empty ? null : actualCost(bill), notes };
}

function whatAskingCost(asked: number): string {
  const cost = REQUEST_PRICE.times(Decimal.of(asked));
  return `Cost Explorer bills ${REQUEST_PRICE} USD a request: ${asked} were made, ${cost} USD; --no-actual leaves it out`;
}

/** Source: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html */
function whyEmpty({ name }: Binding, { from }: Bill): readonly string[] {
  return [
    [
      `Cost Explorer has nothing billed for the tag Environment = ${name} since ${from}. The usual reasons:`,
      '  - the tag is not activated as a cost allocation tag; whoever pays for the account activates it, once:',
      '    aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=Environment,Status=Active',
      '  - it was activated less than a day ago; what was used before is not told by it',
      '  - nothing was used yet: costs appear within a day',
    ].join('\n'),
  ];
}

/** A failure that leaves out a part of the report; an interrupt and a bug still end it all. */
function leftOut(error: unknown, failures: MhtctlError[]): undefined {
  if (!(error instanceof MhtctlError) || error.outcome === 'interrupted') throw error;
  failures.push(error);
  return undefined;
}
