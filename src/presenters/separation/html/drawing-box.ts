import type { SeparationReport } from '../../../domain/separation/report.js';
import { joined, type Markup, markup } from '../markup.js';
import { countByService } from '../services.js';
import { clipped, folded } from './drawing-text.js';

const PADDING = 14;
const LINE = 19;
/** Columns that a service and its count take. */
const SERVICE = 148;
/** Columns of a character, on average, of the drawing's fixed-width texts. */
const CHARACTER = 7.3;

/** Lines of a name or a path; what is longer stands in the tables. */
const MOST_LINES = 4;

/** One line in a box. */
interface BoxLine {
  readonly kind: 'name' | 'fact' | 'path' | 'service';
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** What is written in an environment's box, with the height that it takes. */
export interface BoxLines {
  readonly name: string;
  readonly lines: readonly BoxLine[];
  readonly height: number;
}

/** An environment: its account, region, state and resources by service, as far as they are known. */
export function boxLines(name: string, { provenance, coverage }: SeparationReport, width: number): BoxLines {
  const { identity, region, state } = provenance.environments[name] ?? { identity: null, region: '?', state: null };
  const most = Math.floor((width - 2 * PADDING) / CHARACTER);
  const lines: BoxLine[] = [];
  let y = PADDING + 14;
  const add = (kind: BoxLine['kind'], text: string, x = PADDING, advance = LINE): void => {
    lines.push({ kind, text, x, y });
    y += advance;
  };
  const named = folded(name, Math.floor(most * 0.62)).slice(0, MOST_LINES);
  named.forEach((line, index) => {
    add('name', line, PADDING, index === named.length - 1 ? 26 : 22);
  });
  add('fact', clipped(identity === null ? 'account not asked' : `account ${identity.accountId}`, most));
  add('fact', clipped(region, most), PADDING, 24);
  const path = state === null ? ['no state'] : folded(state.location, most);
  path.slice(0, MOST_LINES).forEach((line) => {
    add('path', line, PADDING, 16);
  });
  if (state !== null) add('path', clipped(`serial ${state.serial}`, most), PADDING, 26);
  const seen = coverage[name];
  add(
    'fact',
    clipped(seen === undefined ? 'not looked at' : `${seen.checked} of ${seen.inState} checked`, most),
    PADDING,
    24,
  );
  const services = countByService(state?.types ?? {});
  const across = Math.max(1, Math.floor((width - 2 * PADDING) / SERVICE));
  services.forEach(([service, count], index) => {
    const column = index % across;
    const last = column === across - 1 || index === services.length - 1;
    add('service', `${String(count).padStart(3)} ${clipped(service, 16)}`, PADDING + column * SERVICE, last ? 17 : 0);
  });
  return { name, lines, height: y + PADDING - 10 };
}

/** The box itself. */
export function boxMarkup({ name, lines }: BoxLines, x: number, y: number, width: number, height: number): Markup {
  const texts = lines.map(
    (line) =>
      markup`<text class="${line.kind}" x="${x + line.x}" y="${y + line.y}" xml:space="preserve">${line.text}</text>`,
  );
  return markup`<g><title>${name}</title><rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>${joined(texts)}</g>`;
}
