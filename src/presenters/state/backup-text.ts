import type { Style } from '../style.js';

/** What a backup leaves to read: what it is of, where it is, and how to go back to it. */
export function backupText(
  environment: string,
  backup: {
    readonly id: string;
    readonly file: string;
    readonly object: string;
    readonly serial: number | null;
    readonly resources: number | null;
    readonly digest: string;
  },
  style: Style,
): string {
  const { id, file, object, serial, resources, digest } = backup;
  const what = serial === null ? 'what cannot be read as a state' : `serial ${serial}, ${resources} resources`;
  return [
    `${style.bold(environment)}: backup ${id} of ${what}`,
    `  here    ${file}`,
    `  in AWS  ${object}`,
    style.dim(`  digest  ${digest}`),
    `Go back to it: mhtctl state restore ${environment} ${id}`,
  ].join('\n');
}
