import { ClientConfigurations } from '../../src/adapters/aws/client-configuration.js';
import { Reading, type ServiceReader } from '../../src/adapters/aws/facts/reading.js';
import type { Facts, RelationKind, ResourceFact, Unread } from '../../src/domain/separation/facts.js';
import type { Focus, Vantage } from '../../src/ports/aws-facts.js';
import { CallerEnvironment } from './caller-environment.js';
import { EMULATED_ACCOUNT } from './emulated-aws.js';
import { type AskedRequest, type RecordedAnswer, RecordedAws } from './recorded-aws.js';

/** The emulator's own account, as two environments see it. */
export const VANTAGE: Vantage = {
  accountId: EMULATED_ACCOUNT,
  partition: 'aws',
  region: 'us-east-1',
  roleArn: undefined,
  environments: ['production', 'staging'],
  global: true,
};

export interface ReadFacts {
  readonly facts: Facts;
  readonly unread: readonly Unread[];
}

/** What a reader finds. @param concerns what is looked at closely, by identifier or name; everything when left out */
export async function factsBy(read: ServiceReader, concerns: Focus['concerns'] = () => true): Promise<ReadFacts> {
  const reading = new Reading(VANTAGE, Promise.resolve({ concerns }), await new ClientConfigurations().of(VANTAGE));
  await read(reading);
  return reading.result();
}

/** What a reader finds where AWS answers as recorded, and what it asked. */
export async function factsOfRecorded(
  read: ServiceReader,
  answer: (request: AskedRequest) => RecordedAnswer | Promise<RecordedAnswer>,
  concerns?: Focus['concerns'],
): Promise<ReadFacts & { readonly asked: readonly AskedRequest[] }> {
  const recorded = await RecordedAws.start(answer);
  const environment = new CallerEnvironment();
  environment.useAws({
    AWS_ENDPOINT_URL: recorded.endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  try {
    return { ...(await factsBy(read, concerns)), asked: recorded.asked };
  } finally {
    environment.restore();
    await recorded.stop();
  }
}

/** Relations of a kind in words, sorted: `from -> to by what links them: where it is written`. */
export function told({ facts }: ReadFacts, kind: RelationKind): readonly string[] {
  return facts.relations
    .filter((relation) => relation.kind === kind)
    .map(({ from, to, through, where }) => `${from} -> ${to}${through === undefined ? '' : ` by ${through}`}: ${where}`)
    .sort();
}

/** Relations of a kind that start from one resource, as {@link told} without the start. */
export function toldOf(read: ReadFacts, kind: RelationKind, from: string): readonly string[] {
  return told(read, kind).flatMap((line) => (line.startsWith(`${from} -> `) ? line.slice(from.length + 4) : []));
}

/** What was noted of a resource, each time. */
export function noted({ facts }: ReadFacts, id: string): readonly ResourceFact[] {
  return facts.resources.filter((resource) => resource.id === id);
}

/** Ids of the resources of a type that were noted, sorted. */
export function idsOf({ facts }: ReadFacts, type: string): readonly string[] {
  return [...new Set(facts.resources.filter((resource) => resource.type === type).map(({ id }) => id))].sort();
}

/** Types that were listed as a whole, each with its region, and what they are parts of where that alone was listed. */
export function listedTypes({ facts }: ReadFacts): readonly string[] {
  return facts.listedTypes
    .map(({ type, region, within }) => `${type} in ${region}${within === undefined ? '' : ` of ${within}`}`)
    .sort();
}
