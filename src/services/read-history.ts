import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { LedgerRecord } from '../domain/ledger-record.js';
import { nearestName } from '../domain/nearest-name.js';
import type { Ports } from '../ports/index.js';
import type { LedgerListing } from '../ports/ledger.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';

type Needed = Pick<Ports, 'interruption' | 'ledger'>;

/** How many of the newest are looked at for an id like the one that was given. */
const ALIKE = 50;

/** The newest records of an environment. */
export function readHistory(ports: Needed, binding: Binding, limit: number): Promise<LedgerListing> {
  return abandonOnInterrupt(ports.interruption, ports.ledger.list(binding, limit));
}

/** One record in full. Fails (exit 2) with `UnknownRecord` when there is none of that id, naming the nearest. */
export async function readRecord(ports: Needed, binding: Binding, id: string): Promise<LedgerRecord> {
  const found = await abandonOnInterrupt(ports.interruption, ports.ledger.find(binding, id));
  if (found !== null) return found;
  const { records } = await readHistory(ports, binding, ALIKE);
  const nearest = nearestName(
    id,
    records.map((record) => record.id),
  );
  throw new MhtctlError({
    code: 'UnknownRecord',
    outcome: 'usage',
    message: `the ledger of "${binding.name}" has no record "${id}"`,
    nextSteps: [
      ...(nearest === undefined ? [] : [`the nearest: mhtctl history ${binding.name} --show ${nearest}`]),
      `see which there are: mhtctl history ${binding.name}`,
    ],
  });
}
