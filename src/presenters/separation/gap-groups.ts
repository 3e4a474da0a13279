import type { Check, Gap, SeparationReport } from '../../domain/separation/report.js';

/** What is not known for one reason, said once however many checks it leaves open. */
export interface GapGroup {
  /** The checks that it leaves open. */
  readonly checks: readonly Check[];
  readonly environments: readonly string[];
  /** The IAM permission that is missing; null when that is not the reason. */
  readonly permission: string | null;
  /** Each thing that was asked about, with what was answered; the permission is not repeated in it. */
  readonly asked: readonly { readonly subject: string; readonly reason: string }[];
}

/** The gaps of all checks by the permission that is missing, else by their reason. */
export function gapGroups({ checks }: Pick<SeparationReport, 'checks'>): readonly GapGroup[] {
  const groups = new Map<string, { permission: string | null; checks: Set<Check>; gaps: Map<string, Gap> }>();
  for (const check of checks) {
    for (const gap of check.gaps) {
      const key = JSON.stringify(gap.permission === null ? { reason: gap.reason } : { permission: gap.permission });
      const group = groups.get(key) ?? { permission: gap.permission, checks: new Set(), gaps: new Map() };
      group.checks.add(check);
      group.gaps.set(JSON.stringify([gap.subject, gap.reason, gap.environments]), gap);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ permission, checks: open, gaps }) => {
    const all = [...gaps.values()];
    return {
      checks: [...open],
      environments: [...new Set(all.flatMap(({ environments }) => environments))],
      permission,
      asked: [...new Map(all.map((gap) => [`${gap.subject}\n${gap.reason}`, askedIn(gap)])).values()],
    };
  });
}

function askedIn({ subject, reason, permission }: Gap): GapGroup['asked'][number] {
  const repeated = `${permission} on `;
  return { subject: subject.startsWith(repeated) ? subject.slice(repeated.length) : subject, reason };
}

/** The checks that a group leaves open, by their ids. */
export function openChecks({ checks }: Pick<GapGroup, 'checks'>): readonly string[] {
  return checks.map(({ id, informational }) => (informational ? `${id} (no part of the verdict)` : id));
}

/** Who needs the permission of a group: those who asked AWS for its environments. */
export function deniedIdentities(
  { environments }: Pick<GapGroup, 'environments'>,
  { provenance }: Pick<SeparationReport, 'provenance'>,
): readonly string[] {
  const arns = environments.flatMap((name) => provenance.environments[name]?.identity?.arn ?? []);
  return [...new Set(arns)];
}
