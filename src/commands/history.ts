import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { type HistoryEntry, historyEntry } from '../domain/history.js';
import type { LedgerRecord } from '../domain/ledger-record.js';
import { environmentArg } from '../flags.js';
import type { UnreadableRecord } from '../ports/ledger.js';
import { historyText } from '../presenters/history-text.js';
import { recordText } from '../presenters/record-text.js';
import { readHistory, readRecord } from '../services/read-history.js';

/** What `history --json` returns. */
export interface HistoryResult {
  readonly environment: string;
  /** Newest first. */
  readonly records: readonly HistoryEntry[];
  readonly unreadable: readonly UnreadableRecord[];
  /** How many older ones there are. */
  readonly older: number;
}

export default class History extends BaseCommand<HistoryResult | LedgerRecord> {
  static override summary = 'Show what was done to an environment: when, by whom, at which commit, how it ended.';
  static override description =
    "Reads the ledger beside the environment's state: every deployment, rollback, import, state restore and forced " +
    'unlock. With --show one of them is shown in full; with --json that includes the values it was made with.';
  static override examples = [
    '<%= config.bin %> history production',
    '<%= config.bin %> history production --show 20261125T201000Z-0a1b2c',
  ];
  static override args = { environment: environmentArg };
  static override flags = {
    show: Flags.string({ description: 'Show this one in full.', helpValue: 'ID' }),
    limit: Flags.integer({ description: 'How many of the newest to show.', default: 20, min: 1, helpValue: 'N' }),
  };

  async run(): Promise<HistoryResult | LedgerRecord> {
    const { args, flags } = await this.parse(History);
    const ports = await this.ports();
    const binding = await this.bind(ports, args.environment);
    if (flags.show !== undefined) {
      const record = await readRecord(ports, binding, flags.show);
      this.show((style) => recordText(record, style));
      return record;
    }
    const { records, unreadable, older } = await readHistory(ports, binding, flags.limit);
    const result = { environment: binding.name, records: records.map(historyEntry), unreadable, older };
    this.show((style) => historyText(result, style));
    return result;
  }
}
