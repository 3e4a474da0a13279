import type { ImportTarget } from '../import-target.js';
import { changeKind, type Plan, type ResourceChange } from '../plan.js';
import type { Risk } from './rule.js';

const RULE = 'import-alone';

/**
 * What keeps a plan from being nothing but an import: that the import is missing, that it would replace what it imports,
 * or that other things would change with it. Whatever else is to change is deployed by itself.
 */
export function judgeImport(plan: Plan, { address, id }: ImportTarget): readonly Risk[] {
  const forbidden = (subject: string, message: string): Risk => ({
    rule: RULE,
    severity: 'forbidden',
    address: subject,
    message,
  });
  const imported = plan.changes.find((change) => change.address === address);
  const others = plan.changes.filter((change) => change !== imported && changeKind(change) !== 'read');
  return [
    ...(imported?.importId === id ? [] : [forbidden(address, `the plan does not import ${id}`)]),
    ...(imported !== undefined && isTakenAway(imported)
      ? [
          forbidden(
            address,
            `it would be replaced at once (${imported.reasons.join('; ')}): make the configuration say what exists`,
          ),
        ]
      : []),
    ...others.map((change) =>
      forbidden(change.address, `is no part of the import (${changeKind(change)}); deploy it first`),
    ),
  ];
}

function isTakenAway({ actions }: ResourceChange): boolean {
  return actions.includes('delete');
}
