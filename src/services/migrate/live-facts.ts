import { type Facts, NO_FACTS, type Unread } from '../../domain/separation/facts.js';
import { focusOn } from '../../domain/separation/focus.js';
import { mergeFacts } from '../../domain/separation/merge-facts.js';
import type { Ports } from '../../ports/index.js';
import { vantagesOf } from '../separation-vantages.js';
import type { Inspected } from './inspect.js';

/** What AWS answers on what is there, and what it could not be asked. */
export interface LiveFacts {
  readonly facts: Facts;
  readonly unread: readonly Unread[];
}

/** What is live where the environment is, with names and DNS records. Never fails for what may not be read. */
export async function readLiveFacts(
  ports: Pick<Ports, 'awsFacts' | 'catalog'>,
  { binding, identity, former }: Inspected,
): Promise<LiveFacts> {
  const state = { state: former.state, versionId: null, kmsKeyArn: null, digest: '' };
  const others = (await ports.catalog.bindAll()).filter(({ name }) => name !== binding.name);
  const focus = focusOn([
    { binding, identity, state },
    ...others.map((other) => ({ binding: other, identity, state: null })),
  ]);
  const vantages = vantagesOf([{ binding, identity, regions: [binding.region] }]);
  const seen = await Promise.all(vantages.map((vantage) => ports.awsFacts.read(vantage, Promise.resolve(focus))));
  return {
    facts: seen.length === 0 ? NO_FACTS : mergeFacts(seen.map(({ facts }) => facts)),
    unread: seen.flatMap(({ unread }) => unread),
  };
}
