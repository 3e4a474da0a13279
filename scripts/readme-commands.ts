/**
 * Writes what the documentation says of the code from the code itself: exit codes and commands into the README, the
 * rules of separation and the permissions they take into docs/separation.md.
 * With `--check` it writes nothing and exits 1 when a document is stale.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT_CODES } from '../src/domain/exit-codes.js';
import { SEPARATION_RULES } from '../src/domain/separation/rules/all.js';

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

function exitCodes(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  return ['| code | meaning |', '|---|---|', ...rows].join('\n');
}

function rules(): string {
  const rows = SEPARATION_RULES.map(
    ({ id, title, why, informational }) =>
      `| \`${id}\` | ${title}${informational ? ' (for information)' : ''} | ${why} |`,
  );
  return ['| rule | what holds | why it matters |', '|---|---|---|', ...rows].join('\n');
}

/** The IAM actions that the readers name when they ask AWS. What begins with `aws:` is a key of a condition. */
async function permissions(): Promise<string> {
  const directory = join(root, 'src/adapters/aws/facts');
  const files = (await readdir(directory, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/'((?!aws:)[a-z0-9-]+:[A-Z][A-Za-z0-9]+)'/g)].map(([, action]) => action),
  );
  const actions = [...new Set([...named, 's3:GetObject', 'tag:GetResources'])].sort();
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
  return ['```json', JSON.stringify(policy, null, 2), '```'].join('\n');
}

function reference(commands: readonly ManifestCommand[]): string {
  return commands.map(describe).join('\n\n');
}

function describe(command: ManifestCommand): string {
  const name = command.id.replaceAll(':', ' ');
  const args = Object.values(command.args).map(({ name: arg, required }) =>
    required === true ? arg.toUpperCase() : `[${arg.toUpperCase()}]`,
  );
  const rest = /\[?-- [A-Z]+\.\.\.\]?/.exec(command.usage ?? '') ?? [];
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

/** A document with what stands between a section's markers replaced. */
function filled(file: string, text: string, section: string, content: string): string {
  const [begin, end] = [`<!-- BEGIN GENERATED: ${section} -->`, '<!-- END GENERATED -->'];
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${file} has no section ${begin} ... ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

async function update(file: string, sections: Readonly<Record<string, string>>): Promise<void> {
  const before = await readFile(join(root, file), 'utf8');
  const after = Object.entries(sections).reduce(
    (text, [section, content]) => filled(file, text, section, content),
    before,
  );
  if (before === after) return;
  if (!process.argv.includes('--check')) return writeFile(join(root, file), after);
  process.stderr.write(`${file} is stale; run: npm run build && npm run readme\n`);
  process.exitCode = 1;
}

const manifest = JSON.parse(await readFile(join(root, 'oclif.manifest.json'), 'utf8')) as {
  readonly commands: Readonly<Record<string, ManifestCommand>>;
};
const commands = Object.values(manifest.commands).sort((left, right) => (left.id < right.id ? -1 : 1));
await update('README.md', { 'exit codes': exitCodes(), commands: reference(commands) });
await update('docs/separation.md', { rules: rules(), permissions: await permissions() });
