import { MhtctlError } from '../domain/errors.js';
import { checkSeal, isSeparationReport, type SealCheck } from '../domain/separation/seal.js';
import type { Ports } from '../ports/index.js';

/** Checks a report that was kept as JSON. Fails (exit 2) with `FileMissing`, or `NotAReport` when it is something else. */
export async function checkKeptReport(ports: Pick<Ports, 'workspace'>, file: string): Promise<SealCheck> {
  const text = await ports.workspace.readGiven(file);
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    report = undefined;
  }
  if (isSeparationReport(report)) return checkSeal(report);
  throw new MhtctlError({
    code: 'NotAReport',
    outcome: 'usage',
    message: `${file} is no report of verify-separation (${text.length} characters)`,
    nextSteps: ['keep one: mhtctl verify-separation --format json --output evidence.json'],
  });
}
