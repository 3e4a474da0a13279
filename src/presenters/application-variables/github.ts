/**
 * Lines to append to the file `$GITHUB_ENV`, each value between delimiters.
 * @param delimiter a word that is in no value, and that nobody can guess who chooses one
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function githubEnvironment(variables: Readonly<Record<string, string>>, delimiter: string): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}`)
    .join('\n');
}

/**
 * Workflow commands that keep values out of the job's log. They are read from a step's output, not from the file.
 * The runner masks the lines of a value one by one, too; an empty one masks nothing.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 */
export function githubMasks(variables: Readonly<Record<string, string>>): string {
  return Object.values(variables)
    .filter((value) => value !== '')
    .map((value) => `::add-mask::${value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}`)
    .join('\n');
}
