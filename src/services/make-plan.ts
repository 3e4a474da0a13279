import type { Binding } from '../domain/environment.js';
import type { PlanPurpose } from '../domain/plan-purpose.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';

/** What is planned, and where it is kept. */
export interface MakePlanOptions {
  readonly binding: Binding;
  /** File of the saved plan, which holds every value in the clear. */
  readonly out: string;
  /** File that keeps Terraform's whole output. */
  readonly logFile: string;
  /** What it is made for; a deployment when left out. */
  readonly purpose?: PlanPurpose | undefined;
}

/** Makes a saved plan and tells how it goes. Returns whether it would change anything. */
export async function makePlan(
  ports: Pick<Ports, 'terraform'>,
  { binding, out, logFile, purpose = { kind: 'deploy' } }: MakePlanOptions,
  report: StageReport,
): Promise<boolean> {
  let refreshed = 0;
  const { hasChanges } = await ports.terraform.plan(binding, {
    out,
    logFile,
    purpose,
    onEvent: (event) => {
      if (event.kind === 'refreshing') {
        refreshed += 1;
        if (refreshed % 10 === 1) report.now(`reading ${event.address}`);
      } else if (event.kind === 'diagnostic' && event.diagnostic.severity === 'warning') {
        report.note(`warning: ${event.diagnostic.summary}`);
      }
    },
  });
  report.result(hasChanges ? 'changes' : 'no changes');
  return hasChanges;
}
