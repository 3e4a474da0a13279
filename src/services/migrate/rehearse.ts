import { join } from 'node:path';
import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import { ADOPTION_FILE, type Adoption, adoptionText } from '../../domain/migration/adoption.js';
import { type ByHand, importsIn } from '../../domain/migration/imports.js';
import { movesIn } from '../../domain/migration/moves.js';
import type { Plan } from '../../domain/plan.js';
import type { ResourceFact } from '../../domain/separation/facts.js';
import type { Ports } from '../../ports/index.js';
import type { StageReport } from '../../ports/progress.js';
import type { Rehearsal } from '../../ports/rehearsals.js';
import { makePlan } from '../make-plan.js';

type Needed = Pick<Ports, 'rehearsals' | 'terraform'>;

/** What to rehearse with. */
export interface RehearseOptions {
  readonly binding: Binding;
  /** Names its logs. */
  readonly id: string;
  /** Text of the state. */
  readonly state: string;
  /** What {@link ADOPTION_FILE} holds now; null when it is not there. */
  readonly before: string | null;
  /** What is live by its name; asked for only where something would be created. */
  readonly live: () => Promise<readonly ResourceFact[]>;
}

/** What was found by rehearsing. */
export interface Rehearsed {
  readonly adoption: Adoption;
  readonly byHand: readonly ByHand[];
  /** What {@link ADOPTION_FILE} has to hold; null when it need not be there. */
  readonly text: string | null;
  /** The plan with it: empty but for moves and imports where all is well. */
  readonly plan: Plan;
}

/**
 * Plans with a copy of the state, beside everything that exists, until the plan shows no further resource that is only
 * called otherwise or only not known. Each round may tell more, since what a resource is a part of must be known first.
 */
export async function rehearse(ports: Needed, options: RehearseOptions, report: StageReport): Promise<Rehearsed> {
  const { binding, id, state, before } = options;
  const rehearsal = await ports.rehearsals.open(binding, state);
  try {
    await ports.terraform.initialise(rehearsal.binding);
    let adoption: Adoption = { moves: [], imports: [] };
    for (let round = 1; ; round += 1) {
      const text = adoptionText(adoption, binding.name, before);
      if (text !== null) await rehearsal.write(ADOPTION_FILE, text);
      const logFile = join(binding.workDir, 'logs', `${id}-rehearsal-${round}.jsonl`);
      const { plan, failure } = await planIn(ports, rehearsal, { round, logFile }, report);
      const { next, byHand } = await extended(adoption, plan, options);
      if (next === adoption) {
        if (failure !== undefined) throw failure;
        const { moves, imports } = adoption;
        report.result(`${moves.length} to move, ${imports.length} to import, after ${round} plans`);
        return { adoption, byHand, text, plan };
      }
      adoption = next;
    }
  } finally {
    await rehearsal.close();
  }
}

/**
 * A plan of a rehearsal, and what Terraform failed with though it made one: a plan that replaces half a stack, because
 * its parts are not known again yet, may hold cycles that could not be applied. What it says of resources is whole.
 */
async function planIn(
  ports: Needed,
  { binding }: Rehearsal,
  { round, logFile }: { readonly round: number; readonly logFile: string },
  report: StageReport,
): Promise<{ readonly plan: Plan; readonly failure: MhtctlError | undefined }> {
  const out = join(binding.dataDir, `${round}.tfplan`);
  let failure: MhtctlError | undefined;
  try {
    await makePlan(ports, { binding, out, logFile }, report);
  } catch (error) {
    if (!(error instanceof MhtctlError) || error.code !== 'TerraformFailed') throw error;
    failure = error;
  }
  const plan = await ports.terraform.showPlan(binding, out).catch((error: unknown) => {
    throw failure ?? error;
  });
  return { plan, failure };
}

/** The adoption with what a plan made with it shows besides; the same one where that is nothing. */
async function extended(
  adoption: Adoption,
  plan: Plan,
  { binding, live }: RehearseOptions,
): Promise<{ readonly next: Adoption; readonly byHand: readonly ByHand[] }> {
  const moves = movesIn(plan).filter(({ from }) => !adoption.moves.some((known) => known.from === from));
  if (moves.length > 0) return { next: { ...adoption, moves: [...adoption.moves, ...moves] }, byHand: [] };
  const creates = plan.changes.some(({ actions }) => actions.includes('create') && !actions.includes('delete'));
  if (!creates) return { next: adoption, byHand: [] };
  const found = importsIn(plan, await live(), binding.name);
  const imports = found.imports.filter(({ to }) => !adoption.imports.some((known) => known.to === to));
  const { byHand } = found;
  if (imports.length === 0) return { next: adoption, byHand };
  return { next: { ...adoption, imports: [...adoption.imports, ...imports] }, byHand };
}
