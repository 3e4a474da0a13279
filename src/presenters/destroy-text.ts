import type { Leftover } from '../domain/destruction/leftovers.js';
import {
  type BucketContents,
  describeContents,
  type Obstacle,
  recoveryWindows,
} from '../domain/destruction/protections.js';
import { irreversibleLosses } from '../domain/irreversible.js';
import { destroysObject, type Plan, type ResourceChange } from '../domain/plan.js';
import { whatItHolds } from '../domain/plan-checks/destroys-data-or-traffic.js';
import { printable } from './printable.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

/** What a destruction would take away, to be read before it is confirmed: what holds data first, then traffic. */
export function destroyPreviewText(
  preview: {
    readonly environment: string;
    readonly plan: Plan;
    readonly buckets: readonly { readonly address: string; readonly contents: BucketContents }[];
    readonly obstacles: readonly Obstacle[];
  },
  style: Style,
): string {
  const { environment, plan, buckets, obstacles } = preview;
  const doomed = plan.changes.filter(destroysObject);
  const losses = new Map(irreversibleLosses(plan).map(({ address, lost }) => [address, lost]));
  const windows = new Map(recoveryWindows(plan).map(({ address, what }) => [address, what]));
  const contents = new Map(buckets.map((bucket) => [bucket.address, describeContents(bucket.contents)]));
  const line = ({ address }: ResourceChange) => {
    const notes = [windows.get(address) ?? losses.get(address), contents.get(address)].filter(
      (note) => note !== undefined,
    );
    const note = notes.length === 0 ? '' : `  ${notes.join('; ')}`;
    return wrap(`    ${style.red(`- ${printable(address)}`)}${note}`, style.width, 8);
  };
  const holding = (what: 'data' | 'traffic' | undefined) => doomed.filter(({ type }) => whatItHolds(type) === what);
  const list = (title: string, changes: readonly ResourceChange[]) =>
    changes.length === 0 ? [] : [`  ${style.bold(title)}`, ...changes.map(line)];
  const rest = holding(undefined);
  return [
    `${style.bold(`Destroy ${environment}`)}: ${doomed.length} resources, for good`,
    ...list('what holds data', holding('data')),
    ...list('what carries traffic', holding('traffic')),
    ...(rest.length === 0
      ? []
      : [
          wrap(
            `  ${rest.length === doomed.length ? rest.length : `and ${rest.length} more`}: ${kindsOf(rest)}`,
            style.width,
            4,
          ),
        ]),
    ...obstacles.map(({ address, what }) =>
      wrap(`  ${style.red('✖ in the way:')} ${printable(address)} ${printable(what)}`, style.width, 6),
    ),
  ].join('\n');
}

function kindsOf(changes: readonly ResourceChange[]): string {
  const counts = new Map<string, number>();
  for (const { type } of changes) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => `${type.replace(/^aws_/, '')}${count === 1 ? '' : ` ×${count}`}`)
    .join(', ');
}

/** What a destruction has come to: what is left of the environment, and what stays on purpose. */
export function destroyText(
  result: {
    readonly environment: string;
    readonly outcome: 'destroyed' | 'nothing-left' | 'dry-run';
    readonly backup: { readonly id: string } | null;
    readonly leftovers: readonly Leftover[] | null;
    readonly kept: readonly string[];
  },
  style: Style,
): string {
  const { environment, outcome, backup, leftovers, kept } = result;
  const head = style.bold(environment);
  if (outcome === 'dry-run') return `${head}: dry run, nothing was changed`;
  return [
    `${head}: ${outcome === 'destroyed' ? 'destroyed' : 'there is nothing in its state to destroy'}`,
    ...leftoverLines(leftovers, style),
    `Kept on purpose: ${kept.join(', ')}, with every version of the state and the record of what was done`,
    ...(backup === null ? [] : [`The state as it was: backup ${backup.id}`]),
  ].join('\n');
}

function leftoverLines(leftovers: readonly Leftover[] | null, style: Style): readonly string[] {
  if (leftovers === null) return [style.yellow('What is left in AWS could not be looked into: not verified')];
  const of = (status: Leftover['status']) => leftovers.filter((each) => each.status === status);
  const list = (title: string, found: readonly Leftover[]) =>
    found.length === 0
      ? []
      : [
          title,
          ...found.map(({ id, remedy }) => wrap(`  ${printable(id)}  ${style.dim(printable(remedy))}`, style.width, 4)),
        ];
  return [
    ...(of('there').length === 0 ? [style.green('Nothing of it is left in AWS that is asked about')] : []),
    ...list(style.red('Still there:'), of('there')),
    ...list('Waits for its deletion by AWS:', of('pending')),
    ...list(style.yellow('Listed by its tag, which AWS shows for hours, and not asked about:'), of('unknown')),
  ];
}
