import { join } from 'node:path';
import { type Bill, isEmpty } from '../../domain/cost/actual.js';
import { Decimal } from '../../domain/cost/decimal.js';
import type { Binding } from '../../domain/environment.js';
import type { BillAnswer, Bills } from '../../ports/bills.js';
import type { Workspace } from '../../ports/workspace.js';

/** Raised when what is kept changes its form. */
const FORMAT = 1;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Bills that are asked for once a day: each request costs, and Cost Explorer counts anew a few times a day at most.
 * An empty answer is not kept: it is most often about to be mended.
 */
export class KeptBills implements Bills {
  readonly #bills: Bills;
  readonly #workspace: Pick<Workspace, 'readGiven' | 'writePrivate' | 'removeOlder'>;

  constructor(bills: Bills, workspace: Pick<Workspace, 'readGiven' | 'writePrivate' | 'removeOlder'>) {
    this.#bills = bills;
    this.#workspace = workspace;
  }

  async monthToDate(binding: Binding, accountId: string, now: Date): Promise<BillAnswer> {
    const directory = join(binding.workDir, 'bills');
    const file = join(directory, `${accountId}-${now.toISOString().slice(0, 10)}.json`);
    const kept = await this.#kept(file);
    if (kept !== undefined) return { bill: kept, asked: 0 };
    const answer = await this.#bills.monthToDate(binding, accountId, now);
    if (!isEmpty(answer.bill)) await this.#keep(directory, file, answer.bill, now);
    return answer;
  }

  /** What is kept of today; undefined when there is nothing, or nothing that can be read, and then it is asked anew. */
  async #kept(file: string): Promise<Bill | undefined> {
    try {
      return read(await this.#workspace.readGiven(file));
    } catch {
      return undefined;
    }
  }

  /** A bill that cannot be kept has to be paid for again, and is no worse for it. */
  async #keep(directory: string, file: string, bill: Bill, now: Date): Promise<void> {
    await this.#workspace.writePrivate(file, written(bill)).catch(() => undefined);
    await this.#workspace.removeOlder(directory, new Date(now.getTime() - DAY_MS)).catch(() => undefined);
  }
}

interface KeptBill extends Omit<Bill, 'amounts' | 'expected'> {
  readonly format: number;
  readonly amounts: readonly { readonly day: string; readonly service: string; readonly amount: string }[];
  readonly expected: { readonly from: string; readonly amount: string } | null;
}

function written({ amounts, expected, ...rest }: Bill): string {
  const kept: KeptBill = {
    format: FORMAT,
    ...rest,
    amounts: amounts.map(({ amount, ...of }) => ({ ...of, amount: amount.toString() })),
    expected: expected === null ? null : { ...expected, amount: expected.amount.toString() },
  };
  return `${JSON.stringify(kept, null, 2)}\n`;
}

function read(text: string): Bill | undefined {
  const { format, amounts, expected, ...rest } = JSON.parse(text) as KeptBill;
  if (format !== FORMAT) return undefined;
  return {
    ...rest,
    amounts: amounts.map(({ amount, ...of }) => ({ ...of, amount: Decimal.of(amount) })),
    expected: expected === null ? null : { ...expected, amount: Decimal.of(expected.amount) },
  };
}
