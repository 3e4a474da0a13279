import { editLine } from '../../binding/invalid-configuration.js';
import { differentValues } from '../comparison.js';
import { driversOf } from '../drivers.js';
import { byName, moneyOf } from '../money.js';
import type { SavingsRule } from './saving.js';

/**
 * An environment that is not protected, and that pays more for something than the protected one it is compared with:
 * a place to try things needs no more than the place they are tried for.
 */
export const oversized: SavingsRule = ({ environment, other }) => {
  if (other === undefined || environment.protected || !other.protected) return [];
  const theirs = new Map(fixedByType(other.costs));
  return fixedByType(environment.costs).flatMap(([type, fixed]) => {
    const monthly = fixed - (theirs.get(type) ?? 0);
    if (monthly <= 0) return [];
    const lines = driversOf(type).flatMap((name) => {
      const [own, others] = [environment.variables[name], other.variables[name]];
      const [different] = differentValues(name, own?.value, others?.value);
      if (different === undefined) return [];
      const wanted = `${different.name} = ${different.other ?? 'what the configuration says'}`;
      return [own === undefined ? `add to ${environment.variablesFile}: ${wanted}` : editLine(own.location, wanted)];
    });
    // Without a value that decides it there is no line to change.
    if (lines.length === 0) return [];
    return [
      {
        resources: environment.costs.flatMap((cost) =>
          cost.type === type && cost.address !== null ? [cost.address] : [],
        ),
        monthly,
        kind: 'fixed' as const,
        message: `${type} costs more here than in ${other.name}`,
        change: lines.join('; '),
      },
    ];
  });
};

function fixedByType(
  costs: Parameters<typeof oversized>[0]['environment']['costs'],
): readonly (readonly [string, number])[] {
  return byName(costs.map((cost) => ({ name: cost.type, money: moneyOf(cost) }))).map(
    ({ name, money }) => [name, money.fixed] as const,
  );
}
