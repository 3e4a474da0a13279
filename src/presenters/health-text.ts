import { healthChanges } from '../domain/health/changes.js';
import type { HealthLook } from '../domain/health/look.js';
import { CHECK_GROUPS, type CheckStatus, type HealthCheck, type HealthReport } from '../domain/health.js';
import { printable } from './printable.js';
import type { Style } from './style.js';
import { cut, wrap } from './wrap.js';

const WORDS: Readonly<Record<CheckStatus, string>> = {
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  'not-checked': 'not checked',
};
const BY_URGENCY: readonly CheckStatus[] = ['unhealthy', 'not-checked', 'healthy'];
const WORD_COLUMNS = 'not checked'.length;
/** Columns before the name of a check: margin, symbol and word. */
const NAME_COLUMN = 2 + 2 + WORD_COLUMNS + 2;

/** A symbol and a word, so that neither colour nor symbols are needed to read it. */
function mark(status: CheckStatus, style: Style): string {
  const word = WORDS[status].padEnd(WORD_COLUMNS);
  return {
    healthy: style.green(`✔ ${word}`),
    unhealthy: style.red(`✖ ${word}`),
    'not-checked': style.yellow(`? ${word}`),
  }[status];
}

/** A check on a line, which is broken where it is wider than the terminal. */
function checkText({ name, status, detail }: HealthCheck, style: Style): string {
  return wrap(`  ${mark(status, style)}  ${printable(name)}: ${printable(detail)}`, style.width, NAME_COLUMN);
}

/** The health that a deployment or a start has brought about, within what else is told of it. */
export function briefHealthText({ status, checks }: HealthReport, style: Style): string {
  const head = {
    healthy: style.green('healthy'),
    unhealthy: style.red('unhealthy'),
    unknown: style.yellow('not fully checked'),
  }[status];
  return [`Health: ${head}`, ...checks.map((check) => checkText(check, style))].join('\n');
}

/** The health of an environment: what it sums up to, then each check by its group, with what to do about it. */
export function healthText(environment: string, report: HealthReport, style: Style): string {
  return [summary(environment, report, style), ...groups(report, style)].join('\n');
}

/**
 * A look at a terminal, to be drawn over the one before. A terminal may be too small for all: what is unhealthy comes
 * first and in full, the rest has a line each. What to do is left out.
 */
export function watchedHealthText(
  environment: string,
  look: HealthLook,
  intervalSeconds: number,
  style: Style,
): string {
  const { at, report, failure } = look;
  const every = `at ${secondsOf(at)}, every ${intervalSeconds} s, Ctrl-C ends`;
  const trouble =
    failure === null ? [] : [wrap(style.yellow(`not read since: ${printable(failure.message)}`), style.width, 2)];
  const checks = BY_URGENCY.flatMap((status) => {
    const lines = status === 'unhealthy' ? style : unbroken(style);
    return report.checks.filter((check) => check.status === status).map((check) => checkText(check, lines));
  });
  const text = [summary(environment, report, style), style.dim(every), ...trouble, ...checks].join('\n');
  return text
    .split('\n')
    .map((line) => cut(line, style.width))
    .join('\n');
}

/**
 * What is new in a look, a line each; empty where nothing is. The first look is told whole.
 * @param before the look before, if there was one
 */
export function healthNews(environment: string, look: HealthLook, before: HealthLook | null, style: Style): string {
  if (before === null) return healthText(environment, look.report, style);
  if (look.failure !== null) {
    return before.failure === null
      ? `${environment}: not read since ${secondsOf(look.at)}: ${printable(look.failure.message)}`
      : '';
  }
  const changes = healthChanges(before.report, look.report);
  const time = style.dim(secondsOf(look.at));
  const lines = changes.map(({ check, before: status, gone }) => {
    const was = status === undefined ? 'new' : `was ${WORDS[status]}`;
    return `${time}${checkText(check, unbroken(style))} (${gone ? `gone, ${was}` : was})`;
  });
  const again = before.failure === null ? [] : [`${environment}: read again at ${secondsOf(look.at)}`];
  const sum = look.report.status === before.report.status ? [] : [summary(environment, look.report, style)];
  return [...again, ...lines, ...sum].join('\n');
}

function unbroken(style: Style): Style {
  return { ...style, width: Number.POSITIVE_INFINITY };
}

function secondsOf(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function summary(environment: string, { status, checks }: HealthReport, style: Style): string {
  const count = (wanted: CheckStatus) => checks.filter((check) => check.status === wanted).length;
  const [sick, open, all] = [count('unhealthy'), count('not-checked'), checks.length];
  const unmade = open === 0 ? '' : `, ${open} not checked`;
  const said = {
    healthy: `${style.green('healthy')} (all ${all} checks)`,
    unhealthy: `${style.red('unhealthy')} (${sick} of ${all} checks${unmade})`,
    unknown: `${style.yellow('unknown')} (nothing is unhealthy, but ${open} of ${all} checks could not be made)`,
  }[status];
  return `${style.bold(environment)}: ${said}`;
}

function groups({ checks }: HealthReport, style: Style): readonly string[] {
  return CHECK_GROUPS.flatMap((group) => {
    const own = checks.filter((check) => check.group === group);
    if (own.length === 0) return [];
    const lines = own.flatMap((check) => [
      checkText(check, style),
      // The steps stay whole: they are to be pasted.
      ...check.nextSteps.map((step) => `      ${style.cyan('→')} ${printable(step)}`),
    ]);
    return ['', style.bold(group.replace(/^./, (letter) => letter.toUpperCase())), ...lines];
  });
}
