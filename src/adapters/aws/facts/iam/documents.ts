import type { Iam } from './iam.js';
import { someAtOnce } from './some-at-once.js';

/**
 * A policy document as it was written: IAM encodes it as in a URL.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyDetail.html
 */
export function decodeDocument(encoded: string | undefined): string | undefined {
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    // A stand-in for IAM may leave it as it is, and a percent sign in it is then no code.
    return encoded;
  }
}

/**
 * The documents in force of policies that the account does not have itself, AWS's own, by ARN. Those that could not be
 * read are missing.
 */
export async function readDocuments(iam: Iam, arns: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const read = await someAtOnce([...arns], async (arn) => [arn, await readDocument(iam, arn)] as const);
  return new Map(read.flatMap(([arn, document]) => (document === undefined ? [] : [[arn, document] as const])));
}

/**
 * Sources: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html,
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html
 */
async function readDocument({ reading, sdk, client }: Iam, PolicyArn: string): Promise<string | undefined> {
  const policy = await reading.ask({ action: 'iam:GetPolicy', subject: PolicyArn, areas: ['policies'] }, () =>
    client.send(new sdk.GetPolicyCommand({ PolicyArn })),
  );
  const VersionId = policy?.Policy?.DefaultVersionId;
  if (VersionId === undefined) return undefined;
  const version = await reading.ask({ action: 'iam:GetPolicyVersion', subject: PolicyArn, areas: ['policies'] }, () =>
    client.send(new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId })),
  );
  return decodeDocument(version?.PolicyVersion?.Document);
}
