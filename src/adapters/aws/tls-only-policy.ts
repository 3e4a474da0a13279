interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}
interface Policy {
  readonly Version?: string;
  readonly Statement?: Statement | readonly Statement[];
}

const SID = 'DenyInsecureTransport';

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const arn = (bucket: string): string => `arn:aws:s3:::${bucket}`;

function statementsOf(text: string | undefined): readonly Statement[] {
  if (text === undefined) return [];
  const policy = JSON.parse(text) as Policy;
  return listOf(policy.Statement) as readonly Statement[];
}

/** A further condition would let plain HTTP through where it does not hold. */
function onlyWithoutTls(condition: unknown): boolean {
  const { Bool, ...others } = (condition ?? {}) as { readonly Bool?: Readonly<Record<string, unknown>> };
  const { 'aws:SecureTransport': secure, ...further } = Bool ?? {};
  return String(secure) === 'false' && Object.keys(others).length + Object.keys(further).length === 0;
}

function deniesPlainHttp(statement: Statement, bucket: string): boolean {
  const everyone = statement.Principal === '*' || (statement.Principal as { AWS?: unknown } | undefined)?.AWS === '*';
  const resources = listOf(statement.Resource);
  return (
    statement.Effect === 'Deny' &&
    everyone &&
    listOf(statement.Action).some((action) => action === 's3:*' || action === '*') &&
    resources.includes(arn(bucket)) &&
    resources.includes(`${arn(bucket)}/*`) &&
    onlyWithoutTls(statement.Condition)
  );
}

/** Whether a bucket policy denies every request that does not come over TLS. */
export function tlsOnlyPolicy(text: string | undefined, bucket: string): boolean {
  return statementsOf(text).some((statement) => deniesPlainHttp(statement, bucket));
}

/** The policy with the denial of plain HTTP added; what else it holds stays. */
export function withTlsOnly(text: string | undefined, bucket: string): string {
  const others = statementsOf(text).filter(({ Sid }) => Sid !== SID);
  const denial: Statement = {
    Sid: SID,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn(bucket), `${arn(bucket)}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [...others, denial] });
}
