/** Lines a POSIX shell can `eval`, whatever the values hold. */
export function shellExports(variables: Readonly<Record<string, string>>, unset: readonly string[] = []): string {
  const quote = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
  return [
    ...(unset.length === 0 ? [] : [`unset ${unset.join(' ')}`]),
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`),
  ].join('\n');
}
