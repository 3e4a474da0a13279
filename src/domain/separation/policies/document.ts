/** An element like `Action` or `NotAction`: what it lists, and whether everything but that is meant. */
export interface Listed {
  readonly negated: boolean;
  readonly values: readonly string[];
}

/** One principal: `AWS`, `Service`, `Federated` or `CanonicalUser`, and who. */
export interface Principal {
  readonly type: string;
  readonly value: string;
}

export interface Principals {
  readonly negated: boolean;
  readonly values: readonly Principal[];
}

/** One key of a `Condition`, compared with any of the values. */
export interface Condition {
  /** As written, like `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement, in one shape however it is written. */
export interface Statement {
  /** As in a sentence: `statement "ReadData"`, `statement 2`. */
  readonly label: string;
  readonly effect: 'Allow' | 'Deny';
  /** Undefined in an identity policy: the principal is whom it is attached to. */
  readonly principals: Principals | undefined;
  readonly actions: Listed;
  /** Empty in a trust policy: the resource is what it is attached to. */
  readonly resources: Listed;
  readonly conditions: readonly Condition[];
  /** Whether `${...}` stands for something: not before version 2012-10-17 of the policy language. */
  readonly variables: boolean;
  /** The statement as it was parsed. */
  readonly written: Readonly<Record<string, unknown>>;
}

/** A policy document, as far as it can be read. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
  /** Why it, or a part of it, cannot be read; undefined when all of it was. */
  readonly problem: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * Reads a policy document. Never fails: what is not a policy's shape is told as the problem, and the statements that are
 * well-formed are there all the same.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string): PolicyDocument {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { statements: [], problem: 'it is not JSON' };
  }
  if (!isFields(document)) return { statements: [], problem: 'it is not a JSON object' };
  const { Version: version, Statement: written } = document;
  if (written === undefined) return { statements: [], problem: 'it has no Statement' };
  const statements: Statement[] = [];
  let problem: string | undefined;
  for (const [index, each] of (Array.isArray(written) ? written : [written]).entries()) {
    const statement = parseStatement(each, index, version === '2012-10-17');
    if (typeof statement !== 'string') statements.push(statement);
    else problem ??= `statement ${index + 1} ${statement}`;
  }
  return { statements, problem };
}

/** The statement, or what is wrong with it. */
function parseStatement(value: unknown, index: number, variables: boolean): Statement | string {
  if (!isFields(value)) return 'is not a JSON object';
  const { Sid: sid, Effect: effect } = value;
  if (effect !== 'Allow' && effect !== 'Deny') return 'has neither the Effect "Allow" nor "Deny"';
  const actions = listed(value, 'Action');
  const resources = listed(value, 'Resource');
  const principals = parsePrincipals(value);
  const conditions = parseConditions(value['Condition']);
  if (actions === undefined || actions.values.length === 0) return 'has no Action that is a text or a list of texts';
  if (resources === undefined) return 'has a Resource that is neither a text nor a list of texts';
  if (principals === null) return 'has a Principal that is neither "*" nor texts by kind';
  if (conditions === undefined) return 'has a Condition that is not texts by operator and key';
  return {
    label: typeof sid === 'string' && sid !== '' ? `statement ${JSON.stringify(sid)}` : `statement ${index + 1}`,
    effect,
    principals,
    actions,
    resources,
    conditions,
    variables,
    written: value,
  };
}

/** An element or its `Not...` twin; both missing is an empty list. Undefined when it is something else. */
function listed(statement: Fields, name: string): Listed | undefined {
  const negated = statement[name] === undefined && statement[`Not${name}`] !== undefined;
  const values = texts(statement[negated ? `Not${name}` : name] ?? []);
  return values === undefined ? undefined : { negated, values };
}

/** Undefined when there is none, null when it is something else. */
function parsePrincipals(statement: Fields): Principals | undefined | null {
  const negated = statement['Principal'] === undefined;
  const written = statement[negated ? 'NotPrincipal' : 'Principal'];
  if (written === undefined) return undefined;
  if (typeof written === 'string') return { negated, values: [{ type: 'AWS', value: written }] };
  if (!isFields(written)) return null;
  const values: Principal[] = [];
  for (const [type, who] of Object.entries(written)) {
    const list = texts(who);
    if (list === undefined) return null;
    values.push(...list.map((value) => ({ type, value })));
  }
  return { negated, values };
}

function parseConditions(written: unknown): readonly Condition[] | undefined {
  if (written === undefined) return [];
  if (!isFields(written)) return undefined;
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(written)) {
    if (!isFields(keys)) return undefined;
    for (const [key, value] of Object.entries(keys)) {
      const values = texts(value);
      if (values === undefined) return undefined;
      conditions.push({ operator, key, values });
    }
  }
  return conditions;
}

/** One or several; numbers and booleans, which conditions may hold, as texts. Undefined when it is something else. */
function texts(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.every((item) => ['string', 'number', 'boolean'].includes(typeof item)) ? list.map(String) : undefined;
}

/** The statement as JSON, on one line. */
export function statementText({ written }: Statement): string {
  return JSON.stringify(written);
}

/**
 * The same for two statements that differ only in how they are written: AWS keeps lists in an order of its own, and
 * writes an account's ARN for its id.
 */
export function meaningOf({
  written,
  effect,
  variables,
  principals,
  actions,
  resources,
  conditions,
}: Statement): string {
  const account = (value: string): string => /^arn:[^:]+:iam::(\d{12}):root$/.exec(value)?.[1] ?? value;
  return JSON.stringify([
    written['Sid'] ?? '',
    effect,
    variables,
    principals?.negated ?? null,
    (principals?.values ?? []).map(({ type, value }) => `${type} ${account(value)}`).sort(),
    actions.negated,
    actions.values.map((action) => action.toLowerCase()).sort(),
    resources.negated,
    [...resources.values].sort(),
    conditions
      .map(({ operator, key, values }) => [operator.toLowerCase(), key.toLowerCase(), ...[...values].sort()].join('\0'))
      .sort(),
  ]);
}
