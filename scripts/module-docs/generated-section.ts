/** Line before the generated part of a module's README. */
export const BEGIN = '<!-- BEGIN GENERATED: inputs and outputs -->';
/** Line after the generated part of a module's README. */
export const END = '<!-- END GENERATED -->';

/** The README with `section` between its markers; undefined when the markers are not there, once each and in order. */
export function withGeneratedSection(readme: string, section: string): string | undefined {
  const [head, rest, ...more] = readme.split(BEGIN);
  const [, tail, ...others] = rest?.split(END) ?? [];
  if (head === undefined || tail === undefined || more.length > 0 || others.length > 0) return undefined;
  return `${head}${BEGIN}\n\n${section}\n\n${END}${tail}`;
}
