import type { LambdaClient } from '@aws-sdk/client-lambda';
import { concerned } from './concerned.js';
import { readEventSources } from './lambda/event-sources.js';
import { noteFunction, noteVariables } from './lambda/functions.js';
import type { Lambda } from './lambda/lambda.js';
import { listAll } from './listing.js';
import type { Reading } from './reading.js';

/** Functions with their roles, keys, networks, policies and settings, what feeds them, and where their results go. */
export async function readLambda(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/lambda.js');
  const client: LambdaClient = new sdk.LambdaClient(reading.configuration);
  const lambda = { reading, sdk, client };
  try {
    await Promise.all([readFunctions(lambda), readEventSources(lambda)]);
  } finally {
    client.destroy();
  }
}

/** Source: https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
async function readFunctions(lambda: Lambda): Promise<void> {
  const { reading, sdk, client } = lambda;
  const functions = await listAll(reading, {
    action: 'lambda:ListFunctions',
    subject: 'all functions',
    areas: ['existence', 'network', 'policies', 'encryption', 'data-flow'],
    types: ['aws_lambda_function'],
    pages: () => sdk.paginateListFunctions({ client, pageSize: 50 }, {}),
    items: ({ Functions }) => Functions,
  });
  for (const each of functions) noteFunction(reading, each);
  const close = await concerned(
    reading,
    functions.map((each) => ({ ...each, id: each.FunctionArn ?? '', name: each.FunctionName })),
  );
  await Promise.all(
    close.flatMap((each) => [
      noteVariables(reading, each),
      readPolicy(lambda, each.id),
      readDestinations(lambda, each.id),
    ]),
  );
}

/** Source: https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
async function readPolicy({ reading, sdk, client }: Lambda, id: string): Promise<void> {
  const answer = await reading.ask(
    { action: 'lambda:GetPolicy', subject: id, areas: ['policies'], none: ['ResourceNotFoundException'] },
    () => client.send(new sdk.GetPolicyCommand({ FunctionName: id })),
  );
  reading.policy({ kind: 'resource', holder: id, name: 'function policy', document: answer?.Policy });
}

/**
 * Where the results of asynchronous invocations go.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html
 */
async function readDestinations({ reading, sdk, client }: Lambda, id: string): Promise<void> {
  const settings = await listAll(reading, {
    action: 'lambda:ListFunctionEventInvokeConfigs',
    subject: id,
    areas: ['data-flow'],
    none: ['ResourceNotFoundException'],
    pages: () => sdk.paginateListFunctionEventInvokeConfigs({ client, pageSize: 50 }, { FunctionName: id }),
    items: ({ FunctionEventInvokeConfigs }) => FunctionEventInvokeConfigs,
  });
  for (const { DestinationConfig } of settings) {
    const { OnSuccess, OnFailure } = DestinationConfig ?? {};
    reading.relation({ kind: 'event-target', from: id, to: OnSuccess?.Destination, where: 'OnSuccess.Destination' });
    reading.relation({ kind: 'redrive', from: id, to: OnFailure?.Destination, where: 'OnFailure.Destination' });
  }
}
