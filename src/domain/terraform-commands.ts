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

/** Variables that say which environment it is; only its own tfvars file sets them. */
const BINDING_VARIABLES: ReadonlySet<string> = new Set(['environment', 'aws_region', 'aws_account_id', 'project_name']);

/** Flags of `init` that lead to another state, or forget the one the data directory is bound to. */
const REBINDING_FLAG = /^--?(backend-config(=|$)|reconfigure(=|$)|backend=(0|f|false)$)/i;

/** Arguments that would lead out of the environment: where they stand, and what of it. */
export interface ForeignArguments {
  /** As they were given, a flag and the value that follows it together. */
  readonly given: string;
  /** The command without them. */
  readonly rest: readonly string[];
  readonly kind: 'directory' | 'variable' | 'backend';
  /** Name of the variable, when it is one. */
  readonly variable: string | undefined;
}

/**
 * Finds what would lead out of the environment that a command is bound to, by itself: another directory, another value
 * of a variable that says which environment it is, or another state. Undefined when there is nothing.
 */
export function foreignArguments(args: readonly string[]): ForeignArguments | undefined {
  const isInit = args.find((arg) => !arg.startsWith('-')) === 'init';
  const kinds = args.map((arg, index): ForeignArguments['kind'] | undefined => {
    if (/^--?chdir(=|$)/.test(arg)) return 'directory';
    if (BINDING_VARIABLES.has(variableAt(args, index) ?? '')) return 'variable';
    return isInit && REBINDING_FLAG.test(arg) ? 'backend' : undefined;
  });
  const first = kinds.findIndex((kind) => kind !== undefined);
  const kind = kinds[first];
  if (kind === undefined) return undefined;
  const foreign = new Set(
    kinds.flatMap((found, index) =>
      found === undefined ? [] : /^--?(var|backend-config)$/.test(args[index] ?? '') ? [index, index + 1] : [index],
    ),
  );
  const takesNext = foreign.has(first + 1) && kinds[first + 1] === undefined;
  return {
    given: args.slice(first, takesNext ? first + 2 : first + 1).join(' '),
    rest: args.filter((_, index) => !foreign.has(index)),
    kind,
    variable: variableAt(args, first),
  };
}

/** Name of the variable that the `-var` at this place sets, in either form. */
function variableAt(args: readonly string[], index: number): string | undefined {
  const [, joined] = /^--?var=(.*)$/s.exec(args[index] ?? '') ?? [];
  const assignment = joined ?? (/^--?var$/.test(args[index] ?? '') ? args[index + 1] : undefined);
  return assignment?.split('=')[0]?.trim();
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
