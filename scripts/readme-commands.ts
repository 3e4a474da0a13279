/**
 * Writes the exit codes and the command reference into the README, from the code and the manifest.
 * With `--check` it writes nothing and exits 1 when the README is stale.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT_CODES } from '../src/domain/exit-codes.js';

/** What the manifest says of a command, as far as the reference shows it. */
interface ManifestCommand {
  readonly id: string;
  readonly summary?: string;
  readonly description?: string;
  readonly examples?: readonly string[];
  readonly usage?: string;
  readonly args: Readonly<
    Record<string, { readonly name: string; readonly description?: string; readonly required?: boolean }>
  >;
  readonly flags: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly char?: string;
        readonly type: 'boolean' | 'option';
        readonly description?: string;
        readonly helpValue?: string;
        readonly multiple?: boolean;
        readonly default?: unknown;
      }
    >
  >;
}

const root = process.cwd();
const readme = join(root, 'README.md');

function exitCodes(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  return ['| code | meaning |', '|---|---|', ...rows].join('\n');
}

function reference(commands: readonly ManifestCommand[]): string {
  return commands.map(describe).join('\n\n');
}

function describe(command: ManifestCommand): string {
  const name = command.id.replaceAll(':', ' ');
  const args = Object.values(command.args).map(({ name: arg, required }) =>
    required === true ? arg.toUpperCase() : `[${arg.toUpperCase()}]`,
  );
  const rest = command.usage?.includes('-- ARGS...') === true ? ['-- ARGS...'] : [];
  const flags = Object.values(command.flags)
    .filter((flag) => flag.name !== 'no-color' && flag.name !== 'json')
    .map((flag) => {
      const long = `--${flag.name}${flag.type === 'option' ? ` ${flag.helpValue ?? 'VALUE'}` : ''}`;
      const fallback =
        flag.type === 'option' && flag.default !== undefined && !Array.isArray(flag.default)
          ? ` Default: ${flag.default}.`
          : '';
      return `| \`${flag.char === undefined ? '' : `-${flag.char}, `}${long}\` | ${flag.description ?? ''}${fallback} |`;
    });
  const json = 'json' in command.flags ? ' Returns data with `--json`.' : '';
  return [
    `### \`mhtctl ${[name, ...args, ...rest].join(' ')}\``,
    `${command.summary ?? ''}${json}`,
    ...(command.description === undefined ? [] : [command.description]),
    ...(flags.length === 0 ? [] : [['| flag | meaning |', '|---|---|', ...flags].join('\n')]),
    ...(command.examples === undefined
      ? []
      : [
          ['```sh', ...command.examples.map((line) => line.replaceAll('<%= config.bin %>', 'mhtctl')), '```'].join(
            '\n',
          ),
        ]),
  ].join('\n\n');
}

function fill(text: string, section: string, content: string): string {
  const [begin, end] = [`<!-- BEGIN GENERATED: ${section} -->`, '<!-- END GENERATED -->'];
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`README.md has no section ${begin} ... ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

const manifest = JSON.parse(await readFile(join(root, 'oclif.manifest.json'), 'utf8')) as {
  readonly commands: Readonly<Record<string, ManifestCommand>>;
};
const commands = Object.values(manifest.commands).sort((left, right) => (left.id < right.id ? -1 : 1));
const before = await readFile(readme, 'utf8');
const after = fill(fill(before, 'exit codes', exitCodes()), 'commands', reference(commands));
if (before !== after && process.argv.includes('--check')) {
  process.stderr.write('README.md is stale; run: npm run build && npm run readme\n');
  process.exitCode = 1;
} else if (before !== after) {
  await writeFile(readme, after);
}
