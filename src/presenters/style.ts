/** How text is set off. Every presenter takes one, so that colour is decided once, outside. */
export interface Style {
  /** Columns to stay within where lines are broken; Infinity where there is no terminal. */
  readonly width: number;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const ansi = (open: number, close: number) => (text: string) => `\u001B[${open}m${text}\u001B[${close}m`;
const same = (text: string) => text;

/** Set off by ANSI escape codes, or not at all. Nothing is said by colour alone. */
export function textStyle(colour: boolean, width = Number.POSITIVE_INFINITY): Style {
  if (!colour) return { width, bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };
  return {
    width,
    bold: ansi(1, 22),
    dim: ansi(2, 22),
    red: ansi(31, 39),
    green: ansi(32, 39),
    yellow: ansi(33, 39),
    cyan: ansi(36, 39),
  };
}
