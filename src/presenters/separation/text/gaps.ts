import type { SeparationReport } from '../../../domain/separation/report.js';
import type { Style } from '../../style.js';
import { SIGN } from '../answer.js';
import { deniedIdentities, type GapGroup, gapGroups, openChecks } from '../gap-groups.js';
import { counted, listed } from '../words.js';
import { coloured } from './colour.js';
import { aside, paragraph, remedyLines, shortened } from './lines.js';

/** What could not be found out, each reason once, with the checks it leaves open; empty when all is known. */
export function gapsText(report: SeparationReport, style: Style): string {
  const groups = gapGroups(report);
  if (groups.length === 0) return '';
  const sign = coloured('unknown', SIGN.unknown, style);
  const head = `${sign} ${style.bold('not known')}: what could not be read counts as nothing, and never as passed`;
  return [paragraph(head, 0, style, 2), ...groups.map((group) => gapText(group, report, style))].join('\n\n');
}

function gapText(group: GapGroup, report: SeparationReport, style: Style): string {
  const { permission, asked, environments } = group;
  const [first] = asked;
  const what = permission === null ? (first?.reason ?? '') : `${permission} is denied`;
  const others = permission === null || asked.length < 2 ? '' : ` (and ${counted(asked.length - 1, 'answer')} like it)`;
  const subjects = shortened([...new Set(asked.map(({ subject }) => subject))], style);
  const more = subjects.more === 0 ? '' : `, and ${subjects.more} more`;
  const who = deniedIdentities(group, report);
  return [
    paragraph(`${what}, in ${listed(environments)}`, 2, style, 2),
    aside(`leaves open: ${openChecks(group).join(', ')}`, 4, style, 2),
    aside(`asked: ${subjects.listed.join(', ')}${more}`, 4, style, 2),
    ...(permission === null || first === undefined ? [] : [aside(`AWS: ${first.reason}${others}`, 4, style, 2)]),
    ...(permission === null
      ? []
      : [remedyLines(`allow ${permission}${who.length === 0 ? '' : ` to ${listed(who)}`}`, 4, style)]),
  ].join('\n');
}
