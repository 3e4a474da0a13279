import { editLine } from '../../binding/invalid-configuration.js';
import type { SourceLocation } from '../../hcl-value.js';
import { declarationOf } from '../../resource-address.js';
import type { CostedResource } from '../costed-resource.js';
import { moneyOf } from '../money.js';
import { Neighbours } from '../neighbours.js';
import { costAt, type Saving, type SavingsRule } from './saving.js';

/** Whether something is paid for and nothing in the state uses it, and how to say so. */
type Idle = (attributes: CostedResource['attributes'], neighbours: Neighbours) => string | undefined;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const IDLE: Readonly<Record<string, Idle>> = {
  aws_eip: ({ id, allocation_id, association_id, instance, network_interface }, { usedAllocations }) => {
    const used = [association_id, instance, network_interface].some(isText);
    const referred = [id, allocation_id].some((value) => isText(value) && usedAllocations.has(value));
    return used || referred ? undefined : 'the address belongs to nothing';
  },
  aws_ebs_volume: ({ id }, { attachedVolumes }) =>
    isText(id) && !attachedVolumes.has(id) ? 'the volume is attached to nothing' : undefined,
  aws_nat_gateway: ({ id }, { routedGateways }) =>
    isText(id) && !routedGateways.has(id) ? 'no route leads to the NAT gateway' : undefined,
  aws_lb: ({ arn }, { listeningBalancers }) =>
    isText(arn) && !listeningBalancers.has(arn) ? 'the load balancer listens on no port' : undefined,
};

/** What is paid for although nothing of the environment uses it. */
export const idle: SavingsRule = ({ environment, resources }) => {
  const neighbours = new Neighbours(resources);
  const costs = costAt(environment.costs);
  return resources.flatMap(({ address, type, attributes }) => {
    const message = Object.hasOwn(IDLE, type) ? IDLE[type]?.(attributes, neighbours) : undefined;
    const monthly = moneyOf(costs.get(address) ?? { components: [] }).fixed;
    if (message === undefined || monthly === 0) return [];
    const change = `use it, or remove ${address} from the configuration`;
    return [{ resources: [address], monthly, kind: 'fixed' as const, message, change }];
  });
};

/** What carries the environment's tag and is paid for, but that no state has. */
export const orphaned: SavingsRule = ({ environment, outside }) =>
  outside.flatMap((cost) => {
    const { fixed } = moneyOf(cost);
    if (cost.origin !== 'orphan' || cost.arn === null || fixed === 0) return [];
    return [
      {
        resources: [cost.arn],
        monthly: fixed,
        kind: 'fixed' as const,
        message: `tagged ${environment.name}, but not in its state; AWS may list it for hours after it was deleted`,
        change: `delete it, or import it: mhtctl terraform ${environment.name} -- import ADDRESS ID`,
      },
    ];
  });

/** Whether a saving is about a resource that the configuration declares, and could say where. */
export function isDeclared({ rule }: Saving): boolean {
  return rule === 'idle';
}

/** The saving with the line that declares what is idle, where that is known. */
export function atItsLine(
  saving: Saving,
  declared: ReadonlyMap<string, { readonly location: SourceLocation }>,
): Saving {
  const [address = ''] = saving.resources;
  const place = isDeclared(saving) ? declared.get(declarationOf(address)) : undefined;
  return place === undefined ? saving : { ...saving, change: editLine(place.location, `use ${address}, or remove it`) };
}
