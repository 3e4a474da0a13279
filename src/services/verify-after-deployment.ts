import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { judgeSeparation } from '../domain/separation/judge.js';
import type { SeparationAfter } from '../domain/separation-after.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import { gatherSeparationEvidence } from './gather-separation-evidence.js';

type Needed = Pick<Ports, 'awsFacts' | 'catalog' | 'configuration' | 'identities' | 'inventory' | 'stateStore'>;

/**
 * Loads and reads what verifying takes beside AWS's answers: while Terraform applies there is time for it. Never fails;
 * what did not work is met again by who verifies.
 */
export async function prepareVerification(ports: Pick<Ports, 'awsFacts' | 'configuration'>): Promise<void> {
  await Promise.allSettled([ports.awsFacts.prepare(), ports.configuration.resources()]);
}

/**
 * Verifies what an environment shares with the others, after it was deployed. Null where there is no other environment.
 * Never fails for what it cannot read: the deployment is made, and the verdict then is `unproven`.
 */
export async function verifyAfterDeployment(
  ports: Needed,
  binding: Binding,
  report: StageReport,
): Promise<SeparationAfter | null> {
  try {
    const bindings = await ports.catalog.bindForComparison([]);
    if (bindings.length < 2) {
      report.result('there is no other environment');
      return null;
    }
    const { verdict, checks } = judgeSeparation(await gatherSeparationEvidence(ports, bindings, report), binding.name);
    const findings = checks
      .filter(({ informational }) => !informational)
      .flatMap((check) => check.findings.map(({ message }) => message));
    report.result(verdict);
    for (const finding of findings) report.note(`not separated: ${finding}`);
    return { verdict, findings };
  } catch (error) {
    if (!(error instanceof MhtctlError)) throw error;
    report.result('unproven');
    report.note(`warning: separation could not be verified: ${error.message}`);
    return { verdict: 'unproven', findings: [] };
  }
}
