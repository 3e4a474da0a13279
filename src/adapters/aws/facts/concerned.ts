import type { Focus } from '../../../ports/aws-facts.js';
import type { Reading } from './reading.js';

/** Of what was listed, that which is worth a closer look. The focus is waited for only where there is a choice. */
export async function concerned<T extends Parameters<Focus['concerns']>[0]>(
  reading: Pick<Reading, 'focus'>,
  listed: readonly T[],
): Promise<readonly T[]> {
  if (listed.length === 0) return [];
  const focus = await reading.focus;
  return listed.filter((resource) => focus.concerns(resource));
}
