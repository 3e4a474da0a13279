import { oneLine } from './one-line.js';
import type { ModuleInput, ModuleInterface, ModuleOutput } from './read-module.js';

/** The generated section of a module's README, without its markers. */
export function renderInterface({ inputs, outputs }: ModuleInterface): string {
  return ['## Inputs', '', ...inputTable(inputs), '', '## Outputs', '', ...outputTable(outputs)].join('\n');
}

function inputTable(inputs: readonly ModuleInput[]): readonly string[] {
  if (inputs.length === 0) return ['None.'];
  return [
    '| Name | Description | Type | Default | Required |',
    '|---|---|---|---|---|',
    ...inputs.map(({ name, description, type, defaultValue }) =>
      row([
        code(name),
        prose(description),
        code(oneLine(type)),
        defaultValue === undefined ? '' : code(oneLine(defaultValue)),
        defaultValue === undefined ? 'yes' : 'no',
      ]),
    ),
  ];
}

function outputTable(outputs: readonly ModuleOutput[]): readonly string[] {
  if (outputs.length === 0) return ['None.'];
  return [
    '| Name | Description |',
    '|---|---|',
    ...outputs.map(({ name, description }) => row([code(name), prose(description)])),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** An inline code span; its fence is longer than any run of backticks inside. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

/** A description on one line. `<name>` would vanish as an HTML tag; inside a code span it does not. */
function prose(text: string): string {
  const parts = text.replace(/\s+/g, ' ').split(/(`[^`]*`)/);
  return parts.map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;'))).join('');
}
