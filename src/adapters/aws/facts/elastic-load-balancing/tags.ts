import { batches } from '../../batches.js';
import { tagsOf } from '../reading.js';
import type { LoadBalancing } from './load-balancing.js';

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html */
const ARNS_A_CALL = 20;

/** The tags of load balancers, listeners, rules and target groups, by ARN; those that could not be read are missing. */
export async function readTags(
  { reading, sdk, client }: LoadBalancing,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const answers = batches(arns, ARNS_A_CALL).map((some) =>
    reading.ask({ action: 'elasticloadbalancing:DescribeTags', subject: some.join(', '), areas: ['tags'] }, () =>
      client.send(new sdk.DescribeTagsCommand({ ResourceArns: [...some] })),
    ),
  );
  const descriptions = (await Promise.all(answers)).flatMap((answer) => answer?.TagDescriptions ?? []);
  return new Map(descriptions.map(({ ResourceArn = '', Tags }) => [ResourceArn, tagsOf(Tags)]));
}
