import type { Condition, Statement } from './document.js';
import type { Pattern } from './pattern.js';
import type { Request } from './request.js';
import { resolveText } from './variables.js';

/** Whether something holds for all the requests in question, for none, or nobody can tell. */
export type Certainty = 'always' | 'maybe' | 'never';

/** How a value of a request is compared with a value of a policy. */
type Comparison = 'exact' | 'exact, any case' | 'wildcards' | 'arn';

interface Operator {
  /** Undefined for operators over dates, numbers and addresses, whose keys nobody can tell. */
  readonly comparison: Comparison | undefined;
  readonly negated: boolean;
}

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: Readonly<Record<string, Operator>> = {
  stringequals: { comparison: 'exact', negated: false },
  stringnotequals: { comparison: 'exact', negated: true },
  stringequalsignorecase: { comparison: 'exact, any case', negated: false },
  stringnotequalsignorecase: { comparison: 'exact, any case', negated: true },
  stringlike: { comparison: 'wildcards', negated: false },
  stringnotlike: { comparison: 'wildcards', negated: true },
  arnequals: { comparison: 'arn', negated: false },
  arnlike: { comparison: 'arn', negated: false },
  arnnotequals: { comparison: 'arn', negated: true },
  arnnotlike: { comparison: 'arn', negated: true },
  bool: { comparison: 'exact, any case', negated: false },
  numericnotequals: { comparison: undefined, negated: true },
  datenotequals: { comparison: undefined, negated: true },
  notipaddress: { comparison: undefined, negated: true },
};

const UNKNOWN_OPERATOR: Operator = { comparison: undefined, negated: false };

/** An operator with what may stand around its name: `ForAnyValue:StringLikeIfExists`. */
interface WholeOperator extends Operator {
  readonly name: string;
  readonly set: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
}

const operators = new Map<string, WholeOperator>();

function operatorOf(written: string): WholeOperator {
  const before = operators.get(written);
  if (before !== undefined) return before;
  const [, set, name = '', ifExists] = /^(?:for(all|any)values?:)?(.*?)(ifexists)?$/.exec(written.toLowerCase()) ?? [];
  const operator = {
    ...(OPERATORS[name] ?? UNKNOWN_OPERATOR),
    name,
    set: set as 'all' | 'any' | undefined,
    ifExists: ifExists !== undefined,
  };
  operators.set(written, operator);
  return operator;
}

/** Whether an operator asks that a value be among those listed, and not that it be none of them. */
export function isAffirmative({ operator }: Condition): boolean {
  return !operatorOf(operator).negated;
}

/** Whether a condition holds only where its key is there and has one of the values listed. */
export function mustBeAmong({ operator }: Condition): boolean {
  const { name, negated, set, ifExists } = operatorOf(operator);
  return !negated && !ifExists && set !== 'all' && name !== 'null';
}

/** A value of a condition as a pattern over what it is compared with; undefined when a variable in it has no value. */
export function conditionPattern(
  { operator }: Condition,
  value: string,
  statement: Pick<Statement, 'variables'>,
  request: Request,
): Pattern | undefined {
  const { comparison } = operatorOf(operator);
  const wildcards = comparison === 'wildcards' || comparison === 'arn';
  return resolveText(value, statement, request, wildcards)?.pattern;
}

/**
 * Whether a statement's conditions hold for the requests in question. All of them must; a key that nobody can tell
 * (an address, a time, TLS, an encryption context) leaves it open.
 */
export function conditionsHold(
  { conditions, variables }: Pick<Statement, 'conditions' | 'variables'>,
  request: Request,
): Certainty {
  let answer: Certainty = 'always';
  for (const condition of conditions) {
    const holds = conditionHolds(condition, { variables }, request);
    if (holds === 'never') return 'never';
    if (holds === 'maybe') answer = 'maybe';
  }
  return answer;
}

function conditionHolds(condition: Condition, statement: Pick<Statement, 'variables'>, request: Request): Certainty {
  const operator = operatorOf(condition.operator);
  const values = request(condition.key);
  if (operator.name === 'null')
    return values === undefined ? 'maybe' : all(values.map((value) => isNull(condition, value)));
  const resolved = condition.values.map((value) =>
    resolveText(value, statement, request, operator.comparison === 'wildcards' || operator.comparison === 'arn'),
  );
  // A variable without a value makes the whole statement void.
  if (resolved.includes(undefined)) return 'never';
  if (values === undefined) return 'maybe';
  return all(
    values.map((value) => {
      if (value === null) return whenAbsent(operator);
      if (operator.comparison === undefined) return 'maybe';
      const comparison = operator.comparison;
      const equal = any(
        resolved.map((each) => {
          if (each === undefined || !isEqual(comparison, each.pattern, value)) return 'never';
          return each.certain ? 'always' : 'maybe';
        }),
      );
      return operator.negated ? opposite(equal) : equal;
    }),
  );
}

/** `Null` asks whether the key is absent, and is told `true` or `false`. */
function isNull({ values }: Condition, value: string | null): Certainty {
  return values.some((wanted) => (wanted.toLowerCase() === 'true') === (value === null)) ? 'always' : 'never';
}

function whenAbsent({ negated, set, ifExists }: WholeOperator): Certainty {
  if (ifExists || set === 'all') return 'always';
  if (set === 'any') return 'never';
  return negated ? 'always' : 'never';
}

function isEqual(comparison: Comparison, pattern: Pattern, value: string): boolean {
  switch (comparison) {
    case 'exact':
    case 'wildcards':
      return pattern.matches(value);
    case 'exact, any case':
      return pattern.lowerCase().matches(value.toLowerCase());
    case 'arn':
      return isArnLike(pattern, value);
  }
}

/** Each of the six parts of an ARN is compared by itself; a `*` alone, though no ARN, is taken for any. */
function isArnLike(pattern: Pattern, value: string): boolean {
  const parts = pattern.split(':', 6);
  if (parts.length < 6) return pattern.matches(value);
  const [first = '', second = '', third = '', fourth = '', fifth = '', ...rest] = value.split(':');
  return [first, second, third, fourth, fifth, rest.join(':')].every((part, index) => parts[index]?.matches(part));
}

function opposite(certainty: Certainty): Certainty {
  if (certainty === 'maybe') return 'maybe';
  return certainty === 'always' ? 'never' : 'always';
}

function any(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes('always')) return 'always';
  return certainties.includes('maybe') ? 'maybe' : 'never';
}

/** What holds over values each of which may be the one. */
function all(certainties: readonly Certainty[]): Certainty {
  const [first = 'never', ...others] = certainties;
  return others.every((other) => other === first) ? first : 'maybe';
}
