import { MhtctlError } from '../errors.js';
import type { HclValue, SourceLocation } from '../hcl-value.js';

/** Stable codes of a configuration file that parses but does not say what it has to. */
export type ConfigurationCode =
  | 'InvalidBackend'
  | 'InvalidVariables'
  | 'InvalidPolicy'
  | 'InvalidUsage'
  | 'SharedBackend';

/** A failure of the content of a configuration file (exit 2). */
export function invalidConfiguration(
  code: ConfigurationCode,
  message: string,
  nextSteps: readonly string[],
): MhtctlError {
  return new MhtctlError({ code, outcome: 'usage', message, nextSteps });
}

/** `file:line`, which terminals and editors open. */
export function place({ file, line }: SourceLocation): string {
  return `${file}:${line}`;
}

/** The step that leads to the line to change. */
export function editLine({ file, line }: SourceLocation, change: string): string {
  return `edit line ${line} of ${file}: ${change}`;
}

/** A value as HCL writes it, on one line. */
export function written(value: HclValue): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, entry]) => `${key} = ${written(entry)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return JSON.stringify(value);
}

/** What a person calls the type of a value. */
export function kindOf(value: HclValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'a boolean';
  return Array.isArray(value) ? 'a list' : 'an object';
}
