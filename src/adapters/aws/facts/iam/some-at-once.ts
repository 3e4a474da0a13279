import { batches } from '../../batches.js';

/** IAM serves all regions of an account from one place, and throttles who asks it for hundreds of things at once. */
const AT_ONCE = 10;

/** What is answered of each thing, in order; some are asked for at once. */
export async function someAtOnce<T, R>(things: readonly T[], ask: (thing: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = [];
  for (const some of batches(things, AT_ONCE)) answers.push(...(await Promise.all(some.map(ask))));
  return answers;
}
