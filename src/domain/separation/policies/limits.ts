import { actionsCover, actionsOverlap } from './actions.js';
import { conditionsHold } from './conditions.js';
import type { PolicyDocument, Statement } from './document.js';
import type { Pattern } from './pattern.js';
import type { Request } from './request.js';
import { resolveText } from './variables.js';

/**
 * What takes away from what a principal is allowed: the Deny statements of its own policies, and its permissions
 * boundary. A Deny counts only where it is sure to apply; several that would do so only together are not added up.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export class Limits {
  readonly #denials: readonly Statement[];
  readonly #boundaries: readonly (readonly Statement[])[];

  /** @param boundaries every one must allow; one that cannot be read in full limits nothing */
  constructor(policies: readonly PolicyDocument[], boundaries: readonly PolicyDocument[]) {
    const all = [...policies, ...boundaries].flatMap(({ statements }) => statements);
    this.#denials = all.filter(({ effect }) => effect === 'Deny');
    this.#boundaries = boundaries
      .filter(({ problem }) => problem === undefined)
      .map(({ statements }) => statements.filter(({ effect }) => effect === 'Allow'));
  }

  /**
   * Whether an action is out of reach though some policy allows it.
   * @param ways the resource in question, as narrowly and as widely as it is known; one that is denied is enough
   */
  forbid(action: Pattern, ways: readonly Pattern[], request: Request): boolean {
    return (
      this.deny(action, ways, request) ||
      this.#boundaries.some((allowing) => !allowing.some((statement) => mayAllow(statement, action, ways, request)))
    );
  }

  /** Whether a Deny puts an action out of reach, whoever allows it. */
  deny(action: Pattern, ways: readonly Pattern[], request: Request): boolean {
    return this.#denials.some(
      (denial) =>
        actionsCover(denial.actions, action) &&
        ways.some((way) => resourcesCover(denial, way, request)) &&
        conditionsHold(denial, request) === 'always',
    );
  }
}

function mayAllow(statement: Statement, action: Pattern, ways: readonly Pattern[], request: Request): boolean {
  return (
    actionsOverlap(statement.actions, action) &&
    ways.every((way) => resourcesOverlap(statement, way, request)) &&
    conditionsHold(statement, request) !== 'never'
  );
}

/** Whether a statement is sure to be about all that a pattern matches. */
export function resourcesCover(statement: Statement, resource: Pattern, request: Request): boolean {
  const { negated, values } = statement.resources;
  return negated
    ? !values.some((text) => resolveText(text, statement, request, true)?.pattern.overlaps(resource))
    : values.some((text) => {
        const resolved = resolveText(text, statement, request, true);
        return resolved?.certain === true && resolved.pattern.covers(resource);
      });
}

/** Whether a statement may be about something that a pattern matches. */
export function resourcesOverlap(statement: Statement, resource: Pattern, request: Request): boolean {
  const { negated, values } = statement.resources;
  return negated
    ? !values.some((text) => {
        const resolved = resolveText(text, statement, request, true);
        return resolved?.certain === true && resolved.pattern.covers(resource);
      })
    : values.some((text) => resolveText(text, statement, request, true)?.pattern.overlaps(resource));
}
