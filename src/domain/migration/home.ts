import { parseArn } from '../separation/identifiers.js';
import type { State } from '../state.js';

/** Where most of a state's resources are, by their ARNs; undefined where none says. */
export function homeOf({ instances }: Pick<State, 'instances'>): {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
} {
  const arns = instances.flatMap(({ attributes: { arn } }) => (typeof arn === 'string' ? (parseArn(arn) ?? []) : []));
  return {
    accountId: commonest(arns.map(({ accountId }) => accountId)),
    region: commonest(arns.map(({ region }) => region)),
  };
}

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values.filter((each) => each !== '')) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}
