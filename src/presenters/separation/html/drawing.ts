import type { SeparationReport } from '../../../domain/separation/report.js';
import { SIGN, verdictChecks } from '../answer.js';
import { type Crossing, crossingsOf } from '../crossings.js';
import { joined, type Markup, markup, NOTHING } from '../markup.js';
import { counted } from '../words.js';
import { boxLines, boxMarkup } from './drawing-box.js';
import { clipped } from './drawing-text.js';
import { drawnEnvironments } from './drawn-environments.js';

/** Arrows that are drawn, so that it stays on a page; the list below the drawing has them all. */
const MOST_ARROWS = 20;
const ROW = 36;
const TOP = 12;
const BOTTOM = 20;

/** Widths of a box and of the gap beside it, by the number of boxes: the whole stays as wide as a page. */
const MEASURES: readonly (readonly [box: number, gap: number])[] = [
  [330, 0],
  [330, 240],
  [248, 130],
  [218, 76],
  [200, 50],
  [180, 54],
];

/**
 * The environments side by side, each with a line down from it, and an arrow between the lines for whatever leads from
 * one to another; a wall in each gap where nothing does.
 */
export function drawingMarkup(report: SeparationReport): Markup {
  const crossings = crossingsOf(report);
  const { drawn, hidden } = drawnEnvironments(report, crossings, MEASURES.length);
  const [box = 0, gap = 0] = MEASURES[drawn.length - 1] ?? [];
  const width = drawn.length * (box + gap) - gap + 4;
  const boxes = drawn.map((name) => boxLines(name, report, box));
  const boxHeight = Math.max(...boxes.map(({ height }) => height));
  const lanes = TOP + boxHeight;
  const centre = new Map(drawn.map((name, index) => [name, 2 + index * (box + gap) + box / 2]));
  const between = crossings.filter(({ from, to }) => centre.has(from) && centre.has(to));
  const arrows = between.slice(0, MOST_ARROWS);
  const rows = Math.max(1, arrows.length);
  const height = lanes + 24 + rows * ROW + BOTTOM;
  const left = between.length - arrows.length;
  const parts = [
    ...boxes.map((lines, index) => boxMarkup(lines, 2 + index * (box + gap), TOP, box, boxHeight)),
    ...(arrows.length === 0
      ? walls(drawn.length, box, gap, height, report)
      : [
          ...[...centre.values()].map(
            (x) => markup`<line class="lane" x1="${x}" y1="${lanes}" x2="${x}" y2="${height - BOTTOM}"/>`,
          ),
          ...arrows.map((crossing, row) => arrow(crossing, centre, lanes + 24 + row * ROW + ROW / 2)),
        ]),
  ];
  return markup`<div class="scroll" tabindex="0"><svg class="drawing" role="img" aria-labelledby="drawing-title drawing-text" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg">
<title id="drawing-title">The environments and what leads from one to another</title>
<desc id="drawing-text">${described(report, crossings)}</desc>
<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6" markerHeight="6" orient="auto-start-reverse"><path class="head" d="M0 0 10 5 0 10z"/></marker></defs>
${joined(parts)}
</svg></div>${hidden === 0 ? NOTHING : markup`<p class="small">Not drawn: ${counted(hidden, 'more environment')}.</p>`}${left === 0 ? NOTHING : markup`<p class="small">Not drawn: ${counted(left, 'more arrow')}; all are in the list.</p>`}`;
}

/** What is said where no connection was found. That not everything was seen is never left out. */
function nothingCrosses(report: SeparationReport): string {
  return isOpen(report) ? `${SIGN.unknown} nothing was seen to cross, but not all was seen` : 'nothing crosses';
}

function isOpen({ checks }: SeparationReport): boolean {
  return verdictChecks(checks).some(({ status, gaps }) => status === 'unknown' || gaps.length > 0);
}

function described(report: SeparationReport, crossings: readonly Crossing[]): string {
  if (crossings.length === 0) return nothingCrosses(report);
  return crossings
    .map(({ rule, from, to, mutual, edges }) => `${from} ${mutual ? '↔' : '→'} ${to}: ${rule}, ${edges.length}`)
    .join('; ');
}

function arrow({ rule, from, to, mutual, edges }: Crossing, centre: ReadonlyMap<string, number>, y: number): Markup {
  const [start = 0, end = 0] = [centre.get(from), centre.get(to)];
  const words = `${SIGN.fail} ${clipped(rule, 18)}${edges.length === 1 ? '' : ` ×${edges.length}`}`;
  const middle = (start + end) / 2;
  const half = words.length * 4 + 10;
  const toward = Math.sign(end - start) * 5;
  const tail = mutual ? markup` marker-start="url(#head)"` : NOTHING;
  return markup`<g><title>${from} ${mutual ? '↔' : '→'} ${to}: ${rule}, ${edges.length}</title>
<line class="arrow" x1="${start + toward}" y1="${y}" x2="${end - toward}" y2="${y}" marker-end="url(#head)"${tail}/>
<circle class="end" cx="${start}" cy="${y}" r="4"/><circle class="end" cx="${end}" cy="${y}" r="4"/>
<rect class="label" x="${middle - half}" y="${y - 12}" width="${half * 2}" height="24" rx="12"/>
<text class="label-text" x="${middle}" y="${y + 4}" text-anchor="middle">${words}</text></g>`;
}

function walls(count: number, box: number, gap: number, height: number, report: SeparationReport): readonly Markup[] {
  const words = nothingCrosses(report);
  const middle = (count * (box + gap) - gap + 4) / 2;
  const half = words.length * 4 + 14;
  const y = height - BOTTOM - ROW / 2;
  const lines = Array.from({ length: count - 1 }, (_, index) => {
    const x = 2 + (index + 1) * (box + gap) - gap / 2;
    return markup`<line class="wall" x1="${x - 3}" y1="${TOP}" x2="${x - 3}" y2="${height - BOTTOM}"/><line class="wall" x1="${x + 3}" y1="${TOP}" x2="${x + 3}" y2="${height - BOTTOM}"/>`;
  });
  return [
    ...lines,
    markup`<g class="${isOpen(report) ? 'open' : 'clear'}"><rect class="label" x="${middle - half}" y="${y - 14}" width="${half * 2}" height="28" rx="14"/><text class="label-text" x="${middle}" y="${y + 5}" text-anchor="middle">${words}</text></g>`,
  ];
}
