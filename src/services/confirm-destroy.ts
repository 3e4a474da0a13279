import type { Ports } from '../ports/index.js';
import { confirmChange, refuseRisks } from './confirm-change.js';
import { type PreparedDestroy, refuseObstacles } from './prepare-destroy.js';

/**
 * Refuses what cannot be destroyed as it is, then has the environment's name typed, whether it is protected or not: that
 * stands for everything that was shown. Nothing is asked where there is nothing to destroy.
 */
export async function confirmDestroy(
  ports: Pick<Ports, 'prompter'>,
  destruction: PreparedDestroy,
  { confirm }: { readonly confirm: string | undefined },
): Promise<void> {
  const { prepared } = destruction;
  const { binding, risks } = prepared;
  const command = `mhtctl destroy ${binding.name}`;
  const forbidden = risks.filter(({ severity }) => severity === 'forbidden');
  refuseRisks(forbidden, { binding, allowDestroy: [], command });
  refuseObstacles(binding, destruction);
  if (!prepared.hasChanges) return;
  await confirmChange(ports, {
    binding,
    action: 'Destroy everything of',
    commandWith: (flag) => `${command} ${flag}`,
    byName: true,
    yes: false,
    confirm,
  });
}
