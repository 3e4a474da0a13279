import { type ChangeKind, changeKind, type PlanSummary, type ResourceChange } from '../domain/plan.js';
import type { Risk } from '../domain/plan-checks/rule.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import { planCostLines } from './cost/plan-cost-text.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

/** Above this many, creations are grouped by module: a first deployment is read in ten seconds too. */
const MOST_LISTED_CREATIONS = 12;

const SIGN: Readonly<Record<ChangeKind, string>> = {
  create: '+',
  update: '~',
  delete: '-',
  replace: '±',
  read: '<',
  move: '→',
  import: '↓',
  forget: '.',
};

function coloured(kind: ChangeKind, text: string, style: Style): string {
  if (kind === 'create' || kind === 'import') return style.green(text);
  if (kind === 'delete' || kind === 'replace') return style.red(text);
  return kind === 'update' ? style.yellow(text) : text;
}

/** The plan, the gravest first: what is lost, what changes, what is new, what to know. */
export function planText(
  prepared: Pick<PreparedDeployment, 'binding' | 'plan' | 'hasChanges' | 'digest' | 'summary' | 'risks' | 'cost'>,
  style: Style,
): string {
  const { binding, plan, summary, risks, digest } = prepared;
  if (!prepared.hasChanges) {
    const refused = risks.some(({ severity }) => severity === 'forbidden');
    const head = refused ? `${binding.name}: the plan is refused` : `${binding.name}: nothing to change`;
    return [style.bold(head), ...riskLines(risks, style)].join('\n');
  }
  const of = (kinds: readonly ChangeKind[]) => plan.changes.filter((change) => kinds.includes(changeKind(change)));
  const imports = plan.changes.filter(({ importId }) => importId !== undefined).length;
  const counts = [...(imports === 0 ? [] : [`${imports} to import`]), summaryText(summary)].join(', ');
  const outputs = plan.outputChanges.map(({ name }) => name);
  return [
    `${style.bold(`Plan for ${binding.name}`)}: ${counts}`,
    ...of(['delete', 'replace', 'forget']).map((change) => changeLine(change, style)),
    ...of(['update', 'move', 'import']).map((change) => changeLine(change, style)),
    ...creationLines(of(['create']), style),
    ...(outputs.length === 0 || plan.changes.length > 0 ? [] : [`  outputs: ${outputs.join(', ')}`]),
    ...planCostLines(prepared.cost, style),
    ...riskLines(risks, style),
    style.dim(`  digest ${digest}`),
  ].join('\n');
}

/** Counts in words: `44 to create, 1 to replace`. */
export function summaryText(summary: PlanSummary): string {
  const parts = Object.entries(summary).flatMap(([kind, count]) => (count === 0 ? [] : [`${count} to ${kind}`]));
  return parts.length === 0 ? 'no resource changes' : parts.join(', ');
}

function changeLine(change: ResourceChange, style: Style): string {
  const kind = changeKind(change);
  return item(
    `${SIGN[kind]} ${change.address}`,
    change.reasons.join('; '),
    (head) => coloured(kind, head, style),
    style,
  );
}

/** A line of the plan: what it is about, set off, and the rest dimmed, broken where the terminal ends. */
function item(head: string, rest: string, setOff: (text: string) => string, style: Style): string {
  const whole = wrap(`  ${head}${rest === '' ? '' : `  ${rest}`}`, style.width, 6);
  if (!whole.startsWith(`  ${head}`)) return whole;
  const after = whole.slice(head.length + 2);
  const dimmed = after.split('\n').map((line) => (line === '' ? line : style.dim(line)));
  return `  ${setOff(head)}${dimmed.join('\n')}`;
}

function creationLines(creations: readonly ResourceChange[], style: Style): readonly string[] {
  if (creations.length <= MOST_LISTED_CREATIONS) return creations.map((change) => changeLine(change, style));
  const modules = new Map<string, Map<string, number>>();
  for (const { address, type } of creations) {
    const module = /^((?:module\.[^.[]+(?:\[[^\]]*\])?\.)+)/.exec(address)?.[1]?.slice(0, -1) ?? '(root)';
    const types = modules.get(module) ?? new Map<string, number>();
    modules.set(module, types.set(type, (types.get(type) ?? 0) + 1));
  }
  return [...modules].map(([module, types]) => {
    const count = [...types.values()].reduce((sum, number) => sum + number, 0);
    const names = [...types].map(
      ([type, number]) => `${type.replace(/^aws_/, '')}${number === 1 ? '' : ` ×${number}`}`,
    );
    return item(`+ ${module}`, `${count}: ${names.join(', ')}`, style.green, style);
  });
}

function riskLines(risks: readonly Risk[], style: Style): readonly string[] {
  const label = {
    forbidden: style.red('  ✖ refused:'),
    consent: style.red('  ! needs --allow-destroy:'),
    notice: style.yellow('  · note:'),
  };
  return (['forbidden', 'consent', 'notice'] as const).flatMap((severity) =>
    risks
      .filter((risk) => risk.severity === severity)
      .map(({ address, message }) =>
        wrap(`${label[severity]} ${address === null ? '' : `${address}: `}${message}`, style.width, 6),
      ),
  );
}
