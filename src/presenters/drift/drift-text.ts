import type { DriftedAttribute, DriftedResource } from '../../domain/drift/changed-resource.js';
import { type DriftAnswer, driftRemedies, type EnvironmentDrift } from '../../domain/drift/environment-drift.js';
import type { Json } from '../../domain/plan.js';
import { printable } from '../printable.js';
import { counted } from '../separation/words.js';
import type { Style } from '../style.js';
import { wrap } from '../wrap.js';

/** Characters of a value that are shown at most; the JSON has it whole. */
const LONGEST_VALUE = 160;
/** Columns that an attribute's line takes besides its path and its two values. */
const AROUND = 14;

/** The drift of each environment: resource by resource, what was and what is. */
export function driftText(answers: readonly DriftAnswer[], style: Style): string {
  return answers
    .map(({ environment, found }) =>
      found === undefined ? style.red(`${environment}: not known`) : environmentText(found, style),
    )
    .join('\n\n');
}

function environmentText(found: EnvironmentDrift, style: Style): string {
  return [
    style.bold(driftHeadline(found)),
    ...found.drift.flatMap((resource) => resourceLines(resource, style)),
    ...unmanagedLines(found, style),
    ...driftRemedies(found).map((step) => `  ${style.cyan('→')} ${step}`),
  ].join('\n');
}

/** The answer in one line. */
export function driftHeadline({ environment, deployed, drift }: EnvironmentDrift): string {
  if (!deployed) return `${environment}: never deployed`;
  if (drift.length === 0) return `${environment}: no drift`;
  return `${environment}: ${counted(drift.length, 'resource')} ${drift.length === 1 ? 'has' : 'have'} drifted`;
}

function resourceLines({ address, action, attributes }: DriftedResource, style: Style): readonly string[] {
  if (action === 'delete') return [`  ${style.red(`- ${printable(address)}`)}`, '      is gone'];
  return [
    `  ${style.yellow(`~ ${printable(address)}`)}`,
    ...attributes.map((attribute) => attributeLine(attribute, style)),
  ];
}

function attributeLine({ path, before, after, undoneByDeploy }: DriftedAttribute, style: Style): string {
  const name = printable(path);
  if (!undoneByDeploy) return wrap(`      ${name}  added: ${shown(after, style)}`, style.width, 8);
  return wrap(`      ${name}  ${shown(before, style)} → ${shown(after, style)}`, style.width, 8);
}

/** A value on its line, cut where it would not fit on one of its own. */
function shown(value: Json, { width }: Style): string {
  const text = value === null ? '(none)' : printable(typeof value === 'string' ? value : JSON.stringify(value));
  const most = Math.max(20, Math.min(LONGEST_VALUE, width - AROUND));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text === '' ? '""' : text;
}

function unmanagedLines({ environment, unmanaged }: EnvironmentDrift, style: Style): readonly string[] {
  const count = unmanaged.reduce((sum, { attributes }) => sum + Math.max(1, attributes.length), 0);
  if (count === 0) return [];
  const what = `${counted(count, 'other change')} of ${counted(unmanaged.length, 'resource')}`;
  const line = `  ${what} that the configuration leaves as they are: mhtctl drift ${environment} --json lists them`;
  return wrap(line, style.width, 2)
    .split('\n')
    .map((part) => style.dim(part));
}
