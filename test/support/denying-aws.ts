import type { ServiceReader } from '../../src/adapters/aws/facts/reading.js';
import { CallerEnvironment } from './caller-environment.js';
import type { EmulatedAws } from './emulated-aws.js';
import { factsBy, type ReadFacts } from './fact-reading.js';
import { type AskedRequest, type RecordedAnswer, RecordedAws } from './recorded-aws.js';

/**
 * What a reader finds in the emulator where AWS denies some of the calls.
 * @param isDenied by a request; {@link operationOf} tells its operation
 */
export async function factsWhereDenied(
  aws: EmulatedAws,
  read: ServiceReader,
  isDenied: (request: AskedRequest) => boolean,
): Promise<ReadFacts> {
  const denying = await RecordedAws.start((request) =>
    isDenied(request) ? denial(request) : passedOn(aws.endpoint, request),
  );
  const environment = new CallerEnvironment();
  environment.set({ AWS_ENDPOINT_URL: denying.endpoint });
  try {
    return await factsBy(read);
  } finally {
    environment.restore();
    await denying.stop();
  }
}

/** The operation that a request of the JSON or the query protocol asks for; undefined for those of REST. */
export function operationOf({ headers, body }: AskedRequest): string | undefined {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? target.split('.').at(-1) : /(?:^|&)Action=(\w+)/.exec(body)?.[1];
}

/** As each protocol words it. Source: https://smithy.io/2.0/aws/protocols/ */
function denial(request: AskedRequest): RecordedAnswer {
  const xml = '<Error><Code>AccessDenied</Code><Message>not authorized</Message></Error>';
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
  if (service === 's3') return { status: 403, body: xml };
  if (request.body.includes('Action=')) return { status: 403, body: `<ErrorResponse>${xml}</ErrorResponse>` };
  return { status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', message: 'not authorized' }) };
}

async function passedOn(endpoint: string, { method, url, headers, body }: AskedRequest): Promise<RecordedAnswer> {
  const kept = Object.entries(headers).filter(([name]) => /^(?:authorization|content-type|x-amz-.*)$/.test(name));
  const answer = await fetch(endpoint + url, {
    method,
    headers: Object.fromEntries(kept) as Record<string, string>,
    ...(body === '' ? {} : { body }),
  });
  return { status: answer.status, body: await answer.text() };
}
