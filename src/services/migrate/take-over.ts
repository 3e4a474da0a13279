import { join } from 'node:path';
import { MhtctlError } from '../../domain/errors.js';
import { differencesIn, isAdoption } from '../../domain/migration/differences.js';
import type { Journal } from '../../domain/migration/journal.js';
import { judgePlanFile } from '../../domain/plan-checks/index.js';
import type { Ports } from '../../ports/index.js';
import type { StageReport } from '../../ports/progress.js';
import { refuseRisks } from '../confirm-change.js';
import { makePlan } from '../make-plan.js';
import type { PreparedMigration } from './prepare.js';
import type { Commands } from './target.js';

/**
 * Applies the moves and imports to the copy of the state, by a plan of the environment itself: made anew, and refused
 * unless it is what was rehearsed, a plan that changes nothing in AWS.
 */
export async function takeOver(
  ports: Pick<Ports, 'terraform' | 'workspace'>,
  { binding }: Pick<PreparedMigration, 'binding'>,
  {
    journal,
    commands,
    report,
  }: { readonly journal: Journal; readonly commands: Commands; readonly report: StageReport },
): Promise<void> {
  const planFile = join(binding.workDir, 'plans', `${journal.id}.tfplan`);
  const logFile = (name: string) => join(binding.workDir, 'logs', `${journal.id}-${name}.jsonl`);
  try {
    const hasChanges = await makePlan(ports, { binding, out: planFile, logFile: logFile('plan') }, report);
    if (!hasChanges) return report.result('nothing to move');
    const file = await ports.terraform.readPlanFile(planFile);
    refuseRisks(judgePlanFile(file, binding), { binding, allowDestroy: [], command: commands.command });
    const plan = await ports.terraform.showPlan(binding, planFile);
    if (!isAdoption(plan)) {
      const found = differencesIn(plan, { variables: binding.variableSources, location: () => null });
      throw new MhtctlError({
        code: 'PlanNotEmpty',
        outcome: 'refused',
        message: [
          `"${binding.name}" is not any more what was rehearsed; nothing in AWS was changed:`,
          ...found.map(({ address, kind, fix }) => `  ${address} (${kind}): ${fix}`),
        ].join('\n'),
      });
    }
    await ports.terraform.apply(binding, { planFile, logFile: logFile('apply'), onEvent: () => undefined });
    report.result(`${plan.changes.length} taken over, nothing changed in AWS`);
  } finally {
    // A saved plan holds every value in the clear.
    await ports.workspace.remove(planFile);
  }
}
