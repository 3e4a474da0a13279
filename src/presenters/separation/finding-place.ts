import type { SourceLocation } from '../../domain/hcl-value.js';
import type { SeparationFinding } from '../../domain/separation/rule.js';

/** Which way a finding leads: `staging → production`, `staging ↔ production`, or the environment alone. */
export function direction({ environment, other, mutual }: SeparationFinding): string {
  return other === null ? environment : `${environment} ${mutual === true ? '↔' : '→'} ${other}`;
}

/** `file:line`, as editors open it. */
export function fileAndLine({ file, line }: SourceLocation): string {
  return `${file}:${line}`;
}

/** Where a finding is: between which environments, at which resource, at which line of the configuration. */
export function placeOfFinding(finding: SeparationFinding): readonly string[] {
  const { message, resource, location } = finding;
  return [
    direction(finding),
    // The message nearly always names it.
    ...(resource === null || message.includes(resource) ? [] : [resource]),
    ...(location === null ? [] : [fileAndLine(location)]),
  ];
}
