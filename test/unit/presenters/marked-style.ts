import type { Style } from '../../../src/presenters/style.js';

const marked = (mark: string) => (text: string) => `<${mark}>${text}</${mark}>`;

/** Says how text is set off, so that a test can tell. */
export const MARKED: Style = {
  width: Number.POSITIVE_INFINITY,
  bold: marked('bold'),
  dim: marked('dim'),
  red: marked('red'),
  green: marked('green'),
  yellow: marked('yellow'),
  cyan: marked('cyan'),
};
