import { parsePolicy, type Statement } from '../../../../domain/separation/policies/document.js';
import { Pattern } from '../../../../domain/separation/policies/pattern.js';
import type { Reading } from '../reading.js';

/**
 * Notes a policy of an account's logs. It is attached to no log group but names those it is about, so that each of its
 * statements is one of theirs. What is about no log group that is known, or cannot be read, is the policy's own.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/iam-access-control-overview-cwl.html
 * @param groups canonical identifiers of the log groups in question
 */
export function noteResourcePolicy(
  reading: Reading,
  { name, document }: { readonly name: string; readonly document: string },
  groups: readonly string[],
): void {
  const id = reading.arn('logs', `resource-policy/${name}`);
  reading.resource({ id, type: 'aws_cloudwatch_log_resource_policy', name });
  for (const [holder, text] of divided(document, id, groups))
    reading.policy({ kind: 'resource', holder, name: `log resource policy "${name}"`, document: text });
}

/** Holders, each with a document of what is about it. */
function divided(
  document: string,
  policy: string,
  groups: readonly string[],
): readonly (readonly [holder: string, document: string])[] {
  const { problem, statements } = parsePolicy(document);
  if (problem !== undefined) return [[policy, document]];
  return statements.flatMap((statement) => {
    const about = groups.filter((group) => isAbout(statement, group));
    return (about.length === 0 ? [policy] : about).map((holder) => [holder, alone(statement)] as const);
  });
}

/** Whether a statement is about a log group or streams of it. */
function isAbout({ resources: { negated, values } }: Statement, group: string): boolean {
  const streams = Pattern.joined([Pattern.literal(`${group}:`), Pattern.ANYTHING]);
  const named = values.map((value) => Pattern.wild(value));
  return named.some((pattern) => pattern.matches(group) || pattern.overlaps(streams)) !== negated;
}

/** A document of one statement. */
function alone({ written, variables }: Statement): string {
  return JSON.stringify({ Version: variables ? '2012-10-17' : '2008-10-17', Statement: [written] });
}
