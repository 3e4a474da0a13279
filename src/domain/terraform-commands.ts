/** Subcommands, or pairs of subcommand and action, that change neither state nor infrastructure. */
const READ_ONLY: ReadonlySet<string> = new Set([
  'console',
  'fmt',
  'get',
  'graph',
  'init',
  'metadata',
  'modules',
  'output',
  'plan',
  'providers',
  'show',
  'state list',
  'state pull',
  'state show',
  'validate',
  'version',
  'workspace list',
  'workspace show',
]);

/** Flags of `apply` that take a value, which may follow as an argument of its own. */
const TAKES_VALUE = /^--?(backup|lock-timeout|parallelism|replace|state|state-out|target|var|var-file)$/;

/** The saved plan that an `apply` is given: its last argument, unless that is a flag's value. */
export function savedPlanOf(args: readonly string[]): string | undefined {
  if (args[0] !== 'apply' || args.length < 2) return undefined;
  const last = args.at(-1) ?? '';
  return last.startsWith('-') || TAKES_VALUE.test(args.at(-2) ?? '') ? undefined : last;
}

/** The files given with `-var-file`, in either form. */
export function variableFilesOf(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    const joined = /^--?var-file=(.*)$/.exec(arg)?.[1];
    if (joined !== undefined) return [joined];
    const next = args[index + 1];
    return /^--?var-file$/.test(arg) && next !== undefined ? [next] : [];
  });
}

/**
 * Whether a Terraform command may change state or infrastructure. What is not known to be harmless counts as a change.
 * `init` changes no state unless it is told to migrate it. Source: https://developer.hashicorp.com/terraform/cli/commands
 */
export function changesSomething(args: readonly string[]): boolean {
  const [command = '', action = ''] = args.filter((arg) => !arg.startsWith('-'));
  if (args.some((arg) => /^--?(help|h|version)$/.test(arg)) || args.length === 0) return false;
  if (command === 'init' && args.some((arg) => /^--?(migrate-state|force-copy)/.test(arg))) return true;
  return !READ_ONLY.has(command) && !READ_ONLY.has(`${command} ${action}`);
}
