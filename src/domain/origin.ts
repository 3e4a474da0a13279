/**
 * Where mhtctl runs, for records and locks: the address of a pipeline's run on GitHub, else `user@host`.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function originOf(
  environment: Readonly<Record<string, string | undefined>>,
  machine: { readonly user: string; readonly host: string },
): string {
  const { GITHUB_ACTIONS, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = environment;
  if (GITHUB_ACTIONS === 'true' && GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_RUN_ID) {
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  }
  return `${machine.user}@${machine.host}`;
}
