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
  'test',
  'validate',
  'version',
  'workspace list',
  'workspace show',
]);

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
