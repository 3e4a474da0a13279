import { isMisnamed, type ResourceName } from '../../domain/resource-names.js';
import { printable } from '../printable.js';
import type { Style } from '../style.js';
import { table } from '../table.js';
import { wrap } from '../wrap.js';

/** Columns below which a name goes below its address: side by side they do not fit. */
const NARROW = 160;

/** The resources of a state with their names, what is misnamed first, and a line that sums it up. */
export function stateNamesText(environment: string, resources: readonly ResourceName[], style: Style): string {
  if (resources.length === 0) return `${style.bold(environment)}: there are no resources in the state`;
  const misnamed = resources.filter(isMisnamed);
  const ordered = [...misnamed, ...resources.filter((resource) => !isMisnamed(resource))];
  const list = style.width < NARROW ? stacked(ordered, style) : columns(ordered, style);
  return [list, '', summary(environment, resources, misnamed.length, style)].join('\n');
}

function columns(resources: readonly ResourceName[], style: Style): string {
  const rows = resources.map((resource) => [
    verdict(resource),
    printable(resource.address),
    printable(resource.name ?? '-'),
    printable(resource.id ?? '-'),
  ]);
  return table(['carries', 'address', 'name', 'id'], rows, style);
}

function stacked(resources: readonly ResourceName[], style: Style): string {
  const header = style.dim('carries  address, and below it the name (or the id of what has none)');
  const lines = resources.map((resource) => {
    const below = printable(resource.name ?? resource.id ?? '-');
    return `${verdict(resource).padEnd(7)}  ${printable(resource.address)}\n         ${style.dim(below)}`;
  });
  return [header, ...lines].join('\n');
}

function verdict({ naming, other }: Pick<ResourceName, 'naming' | 'other'>): string {
  return { named: 'yes', unnamed: 'NO', other: `NO: ${other}`, nameless: '-' }[naming];
}

function summary(environment: string, resources: readonly ResourceName[], misnamed: number, style: Style): string {
  const count = (naming: ResourceName['naming']) => resources.filter((resource) => resource.naming === naming).length;
  const named = count('named');
  const nameless = count('nameless');
  if (named + misnamed === 0) return 'none of them has a name of ours';
  const judged = `${named} of ${named + misnamed} names carry "${environment}" and no other environment's name`;
  const rest = nameless === 0 ? '' : `; ${nameless} have no name of ours`;
  return wrap(`${misnamed === 0 ? style.green(judged) : style.red(judged)}${rest}`, style.width, 2);
}
