import type { Attributes } from '../attributes.js';
import { type Costing, FREE, fixed, together, unknown, used } from '../costing.js';
import { Decimal } from '../decimal.js';
import type { Neighbours } from '../neighbours.js';
import { instanceKey } from '../prices.js';
import { freeTypes, pieces, type ResourceTypes, resourceType } from '../resource-type.js';
import { volumeCost } from './volumes.js';

const USAGE = {
  hours: { value: 730, most: 744, what: 'hours an instance runs' },
  cpu_credits: { value: 0, most: 1_000_000, what: 'vCPU-hours above the baseline of a burstable instance' },
  volume_requests: { value: 1_000_000, most: 1e12, what: 'requests to magnetic volumes' },
};

/** Metrics that detailed monitoring of an instance adds. Source: https://aws.amazon.com/cloudwatch/pricing/ */
const DETAILED_METRICS = Decimal.of(7);

const BLOCK_DEVICE = { type: 'volume_type', size: 'volume_size' };

/** Instances and what is configured with them. Linux is taken for granted: a state does not say what an image runs. */
export const COMPUTE: ResourceTypes = {
  aws_instance: resourceType(USAGE, (attributes, { use, neighbours }) => {
    const hours = use('hours', neighbours.hoursOn.of(attributes.textIfKnown('id')));
    return pieces(
      () => running(attributes, hours),
      () => credits(attributes, use('cpu_credits')),
      () =>
        attributes.flagIfKnown('monitoring')
          ? fixed('Detailed monitoring', 'cloudwatch/detailed-monitoring', DETAILED_METRICS)
          : FREE,
      () => publicAddress(attributes, neighbours, hours),
      () => {
        const [root] = attributes.blocks('root_block_device');
        if (root === undefined) return unknown('the root volume is as its image has it, and its size is not known');
        return volumeCost(root, 'Root volume', BLOCK_DEVICE, use('volume_requests'));
      },
      () =>
        together(
          ...attributes
            .blocksIfKnown('ebs_block_device')
            .map((block) =>
              volumeCost(
                block,
                `Volume ${block.text('device_name') ?? ''}`.trim(),
                BLOCK_DEVICE,
                use('volume_requests'),
              ),
            ),
        ),
    );
  }),
  ...freeTypes('aws_ec2_tag', 'aws_key_pair', 'aws_launch_template', 'aws_placement_group'),
};

function running(attributes: Attributes, hours: Decimal): Costing {
  const type = attributes.text('instance_type');
  if (type === undefined) return unknown('the instance type is not set');
  const tenancy = attributes.textIfKnown('tenancy');
  if (tenancy !== undefined && tenancy !== 'default') return unknown(`no prices for tenancy ${tenancy}`);
  const [market] = attributes.blocksIfKnown('instance_market_options');
  if ((market?.textIfKnown('market_type') ?? attributes.textIfKnown('instance_lifecycle')) === 'spot')
    return unknown('a spot instance costs what the market asks');
  if (attributes.flag('get_password_data')) return unknown('no prices for Windows');
  return fixed(`Instance ${type}`, instanceKey(type), hours);
}

/**
 * Only burstable types have credits, and only an unlimited one pays for them: T2 when it says so, later ones unless
 * they say otherwise. Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-unlimited-mode.html
 */
function credits(attributes: Attributes, credits: Decimal): Costing {
  const type = attributes.text('instance_type') ?? '';
  if (credits.isZero || !/^t\d/.test(type)) return FREE;
  const [specification] = attributes.blocksIfKnown('credit_specification');
  const mode = specification?.text('cpu_credits') ?? (type.startsWith('t2.') ? 'standard' : 'unlimited');
  return mode === 'unlimited' ? used('CPU credits', 'ec2/cpu-credits', credits) : FREE;
}

/**
 * Every public IPv4 address is paid for while it is held; an Elastic IP is counted as the resource that it is. An
 * address that AWS lends is given back while the instance is stopped.
 * Source: https://aws.amazon.com/vpc/pricing/
 */
function publicAddress(attributes: Attributes, neighbours: Neighbours, hours: Decimal): Costing {
  const one = fixed('Public IPv4 address', 'vpc/public-ipv4', hours);
  if (!attributes.isUnknown('public_ip')) {
    const address = attributes.text('public_ip');
    return address === undefined || neighbours.elasticAddresses.has(address) ? FREE : one;
  }
  if (!attributes.isUnknown('associate_public_ip_address')) {
    return attributes.flag('associate_public_ip_address') ? one : FREE;
  }
  if (neighbours.subnetsGiveAddresses === 'none') return FREE;
  return unknown('whether it gets a public IPv4 address is not known yet');
}
