/**
 * Every exit code of the command line, in one table: help, the README and the tests read it from here.
 * The codes are part of the public contract; scripts rely on them.
 */
export const EXIT_CODES = {
  done: { code: 0, meaning: 'done, or nothing to do' },
  bug: { code: 1, meaning: 'a bug in mhtctl' },
  usage: { code: 2, meaning: 'usage: arguments, flags, configuration files' },
  refused: {
    code: 3,
    meaning: 'a check says no: not separated, drift found, plan denied by policy, promotion gate closed',
  },
  declined: { code: 4, meaning: 'declined at a prompt, or a confirmation that was needed and not given' },
  toolFailed: { code: 5, meaning: 'Terraform, AWS or another tool failed' },
  locked: { code: 6, meaning: 'somebody else holds the lock' },
  wrongIdentity: { code: 7, meaning: "wrong identity: AWS account, region or role is not the environment's" },
  unhealthy: { code: 8, meaning: 'deployed, but not healthy' },
  interrupted: { code: 130, meaning: 'interrupted' },
} as const;

/** The name of an outcome in {@link EXIT_CODES}. */
export type Outcome = keyof typeof EXIT_CODES;

/** The numeric exit code of an outcome. */
export function exitCodeOf(outcome: Outcome): number {
  return EXIT_CODES[outcome].code;
}
