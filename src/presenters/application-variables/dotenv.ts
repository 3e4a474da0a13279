import { MhtctlError } from '../../domain/errors.js';

/** What needs no quotes in any dialect, not even in Docker's, which knows none. */
const BARE = /^[A-Za-z0-9_./:@%+,=-]+$/;

/**
 * Lines of a file for Node.js's `--env-file`. In its dialect a value may stand between quotes of three kinds, over
 * several lines, with no escapes but `\n` between double quotes; what holds all three kinds has no spelling but the
 * bare one. A carriage return is dropped. Fails (exit 2, `NotInDotenv`) for a value that the dialect cannot spell.
 * Source: https://nodejs.org/docs/latest-v20.x/api/cli.html#--env-fileconfig and https://github.com/motdotla/dotenv#rules
 */
export function dotenvLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${spelled(name, value)}`)
    .join('\n');
}

function spelled(name: string, value: string): string {
  if (BARE.test(value)) return value;
  if (!value.includes('\r')) {
    if (!value.includes("'")) return `'${value}'`;
    if (!value.includes('`')) return `\`${value}\``;
    if (!/"|\\[nr]/.test(value)) return `"${value}"`;
    // Read up to the end of its line, or to what begins a comment, and trimmed.
    if (!/^['"`]|[\n#]/.test(value) && value.trim() === value) return value;
  }
  throw new MhtctlError({
    code: 'NotInDotenv',
    outcome: 'usage',
    message: `the value of ${name} cannot be written in a dotenv file: it holds a carriage return, or quotes of all kinds`,
    nextSteps: [
      'take another --format: shell, json or github',
      'or let mhtctl run the command: mhtctl env ENV -- COMMAND',
    ],
  });
}
