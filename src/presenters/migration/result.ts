import type { Difference } from '../../domain/migration/differences.js';
import type { DnsRecord } from '../../domain/migration/dns-records.js';
import { describePlace } from '../../domain/migration/former-state.js';
import type { EnvironmentEvidence } from '../../domain/migration/identify.js';
import type { ByHand, Import } from '../../domain/migration/imports.js';
import { type Journal, STEPS, type Step } from '../../domain/migration/journal.js';
import type { Move } from '../../domain/migration/moves.js';
import type { MigrationView } from '../../domain/migration/view.js';

/** What `migrate --json` returns. */
export interface MigrateResult {
  readonly environment: string;
  readonly outcome: 'migrated' | 'already-migrated' | 'dry-run' | 'undone';
  readonly from: string;
  readonly to: string;
  readonly lineage: { readonly old: string; readonly new: string | null };
  readonly steps: readonly { readonly step: Step; readonly done: boolean }[];
  readonly backup: { readonly file: string; readonly object: string } | null;
  readonly evidence: readonly EnvironmentEvidence[];
  readonly moves: readonly Move[];
  readonly imports: readonly Import[];
  readonly byHand: readonly ByHand[];
  readonly differences: readonly Difference[];
  readonly notChecked: readonly string[];
  readonly dns: readonly DnsRecord[];
}

/** The result of a migration that was rehearsed, and perhaps carried out. @param journal null where it has not begun */
export function migrationJson(
  view: MigrationView,
  outcome: MigrateResult['outcome'],
  journal: Journal | null,
  backup: MigrateResult['backup'],
): MigrateResult {
  const { binding, former, identification, adoption, byHand, differences, notChecked, dns } = view;
  return {
    ...place(view, journal),
    environment: binding.name,
    outcome,
    from: describePlace(former.place),
    backup,
    evidence: identification.evidence,
    moves: adoption.moves,
    imports: adoption.imports,
    byHand,
    differences,
    notChecked,
    dns,
  };
}

/** The result where nothing was rehearsed: all was done before, or was taken back. */
export function journalJson(
  binding: MigrationView['binding'],
  outcome: MigrateResult['outcome'],
  journal: Journal,
): MigrateResult {
  const former = { state: journal.former };
  return {
    ...place({ binding, former }, journal),
    environment: binding.name,
    outcome,
    from: describePlace(journal.from),
    backup: null,
    evidence: [],
    moves: [],
    imports: [],
    byHand: [],
    differences: [],
    notChecked: [],
    dns: [],
  };
}

function place(
  {
    binding,
    former,
  }: { readonly binding: MigrationView['binding']; readonly former: { readonly state: { readonly lineage: string } } },
  journal: Journal | null,
): Pick<MigrateResult, 'to' | 'lineage' | 'steps'> {
  return {
    to: `s3://${binding.backend.bucket}/${binding.backend.key}`,
    lineage: { old: former.state.lineage, new: journal?.lineage ?? null },
    steps: STEPS.map((step) => ({ step, done: journal?.done.includes(step) ?? false })),
  };
}
