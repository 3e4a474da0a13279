import { written } from '../../domain/binding/invalid-configuration.js';
import type { EnvironmentDifference } from '../../domain/environment-diff/difference.js';
import type { ComparedResources, UnpairedInstances } from '../../domain/environment-diff/resources.js';
import type { ComparedSetting, SettingValue } from '../../domain/environment-diff/setting.js';
import { printable } from '../printable.js';
import { type Row, sideBySide } from '../side-by-side.js';
import type { Style } from '../style.js';
import { wrap } from '../wrap.js';

/** How much is shown. */
export interface DiffTextOptions {
  /** Also what is the same. */
  readonly all: boolean;
}

/** Two environments side by side: what differs, and what differs by their names alone, and how much is the same. */
export function diffText(difference: EnvironmentDifference, { all }: DiffTextOptions, style: Style): string {
  const { names, variables, backend, policy, resources } = difference;
  const sections = [
    settingsText('Variables', variables, names, all, style),
    settingsText('Backend', backend, names, all, style),
    settingsText('Policy', policy, names, all, style),
    ...(resources === null ? [] : resourcesText(resources, names, all, style)),
  ];
  return sections.join('\n\n');
}

type Names = EnvironmentDifference['names'];

function settingsText(
  title: string,
  settings: readonly ComparedSetting[],
  names: Names,
  all: boolean,
  style: Style,
): string {
  const of = (relation: ComparedSetting['relation']) => settings.filter((setting) => setting.relation === relation);
  const [different, byName, same] = [of('different'), of('byName'), of('same')];
  const shown = all ? settings : different;
  const [star, tilde] = all ? [' (*)', ' (~)'] : ['', ''];
  const counts = `${different.length} different${star}, ${byName.length} by name alone${tilde}, ${same.length} the same`;
  return [
    wrap(`${style.bold(title)}: ${counts}`, style.width, 2),
    ...(shown.length === 0 ? [] : [sideBySide(['', ...names], rowsOf(shown, all), style)]),
    ...(all || byName.length === 0
      ? []
      : [wrap(`  by name alone: ${byName.map(({ path }) => printable(path.join('.'))).join(', ')}`, style.width, 4)]),
  ].join('\n');
}

/** Settings of an object stand below its name. */
function rowsOf(settings: readonly ComparedSetting[], all: boolean): readonly Row[] {
  const rows: Row[] = [];
  let above = '';
  for (const { path, own, other, relation, sensitive } of settings) {
    const group = path.slice(0, -1).join('.');
    if (group !== above && group !== '') rows.push([`  ${printable(group)}`, '', '']);
    above = group;
    const mark = all ? MARKS[relation] : ' ';
    const name = printable(path.at(-1) ?? '');
    const label = `${mark} ${group === '' ? '' : '  '}${name}`;
    rows.push(sensitive ? [label, ...secretCells(relation)] : [label, shownValue(own), shownValue(other)]);
  }
  return rows;
}

/** With everything in sight, what differs is marked: nothing is said by colour alone. */
const MARKS = { same: ' ', byName: '~', different: '*' } as const;

function secretCells(relation: ComparedSetting['relation']): readonly [string, string] {
  return ['(sensitive)', relation === 'same' ? '(the same)' : '(differs)'];
}

function shownValue({ value, expression, source }: SettingValue): string {
  if (source === 'none') return '-';
  const text = printable(value === undefined ? (expression ?? '') : written(value));
  return source === 'default' ? `${text} (default)` : text;
}

function resourcesText(resources: ComparedResources, names: Names, all: boolean, style: Style): readonly string[] {
  const { own, other, both, types, unpaired, different } = resources;
  const count = (name: string, number: number | null) =>
    number === null ? `${name} has no state: it was never deployed` : `${number} in ${name}`;
  const head = `${style.bold('Resources')}: ${count(names[0], own)}, ${count(names[1], other)}, ${both} in both`;
  const counted = all ? types : types.filter((type) => type.own !== type.other);
  const typeRows = counted.map((type): Row => [`  ${type.type}`, String(type.own), String(type.other)]);
  const same = types.length - counted.length;
  const sections = [
    [
      wrap(head, style.width, 2),
      ...(typeRows.length === 0 ? [] : [sideBySide(['  how many', ...names], typeRows, style)]),
      ...(same === 0 ? [] : [`  ${same} ${same === 1 ? 'type' : 'types'} in equal number`]),
    ],
    unpaired.length === 0
      ? []
      : [style.bold('Not in both'), sideBySide(['', ...names], unpaired.flatMap(instancesRows), style)],
    different.length === 0
      ? []
      : [
          wrap(`${style.bold('Different in kind')}; ids, ARNs, names and addresses are left out`, style.width, 2),
          sideBySide(['', ...names], attributeRows(different), style),
        ],
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
}

function instancesRows({ address, own, other }: UnpairedInstances): readonly Row[] {
  return [
    [`  ${printable(address)}`, '', ''],
    ['    instances', keysOf(address, own), keysOf(address, other)],
  ];
}

/** The keys of the instances; how many they are where they would fill the line. */
function keysOf(address: string, instances: readonly string[]): string {
  if (instances.length === 0) return '-';
  const keys = instances.map((instance) => printable(instance.slice(address.length)));
  if (keys.length === 1) return keys[0] === '' ? 'yes' : (keys[0] ?? '');
  return keys.length > MOST_KEYS ? `${keys.length} instances` : keys.join(' ');
}

const MOST_KEYS = 4;

function attributeRows(different: ComparedResources['different']): readonly Row[] {
  return different.flatMap(({ address, attributes }): readonly Row[] => [
    [`  ${printable(address)}`, '', ''],
    ...attributes.map(({ path, own, other }): Row => [`    ${printable(path)}`, scalar(own), scalar(other)]),
  ]);
}

function scalar(value: string | number | boolean | null): string {
  return value === null || value === '' ? '-' : printable(String(value));
}
