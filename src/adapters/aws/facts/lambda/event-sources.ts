import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { noteEncryption } from '../encryption.js';
import { listAll } from '../listing.js';
import type { Reading } from '../reading.js';
import type { Lambda } from './lambda.js';

/**
 * What functions are fed by, and where the events go that they fail at.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html
 */
export async function readEventSources({ reading, sdk, client }: Lambda): Promise<void> {
  const mappings = await listAll(reading, {
    action: 'lambda:ListEventSourceMappings',
    subject: 'all event source mappings',
    areas: ['encryption', 'data-flow'],
    pages: () => sdk.paginateListEventSourceMappings({ client, pageSize: 100 }, {}),
    items: ({ EventSourceMappings }) => EventSourceMappings,
  });
  for (const mapping of mappings) noteMapping(reading, mapping);
}

function noteMapping(reading: Reading, mapping: EventSourceMappingConfiguration): void {
  const { FunctionArn = '', EventSourceArn, KMSKeyArn, UUID = '', DestinationConfig } = mapping;
  const from = withoutQualifier(FunctionArn);
  const through = reading.arn('lambda', `event-source-mapping:${UUID}`);
  reading.relation({ kind: 'event-source', from, to: EventSourceArn, through, where: 'EventSourceArn' });
  noteEncryption(reading, { from, key: KMSKeyArn, where: `KMSKeyArn of ${through}` });
  // The others are subnets, security groups and host names of a broker.
  for (const { URI } of mapping.SourceAccessConfigurations ?? [])
    if (URI?.startsWith('arn:'))
      reading.relation({ kind: 'secret', from, to: URI, through, where: 'SourceAccessConfigurations' });
  for (const side of ['OnSuccess', 'OnFailure'] as const)
    reading.relation({
      kind: 'redrive',
      from,
      to: DestinationConfig?.[side]?.Destination,
      through,
      where: `DestinationConfig.${side}`,
    });
}

/** `arn:aws:lambda:region:account:function:name`, without a version or an alias behind it. */
function withoutQualifier(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}
