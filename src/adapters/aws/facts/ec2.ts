import { readPeerings, readTransitGatewayAttachments, readTransitGateways } from './ec2/connections.js';
import { readEndpointServices, readEndpoints } from './ec2/endpoints.js';
import { readFlowLogs } from './ec2/flow-logs.js';
import { readAddresses, readInternetGateways, readNatGateways } from './ec2/gateways.js';
import { readInstances, readVolumes } from './ec2/instances.js';
import { readLaunchTemplates } from './ec2/launch-templates.js';
import { readNetworkAcls } from './ec2/network-acls.js';
import { readNetworkInterfaces } from './ec2/network-interfaces.js';
import { readPrefixLists } from './ec2/prefix-lists.js';
import { readRouteTables } from './ec2/route-tables.js';
import { readSecurityGroupRules, readSecurityGroups } from './ec2/security-groups.js';
import { readSubnets, readVpcs } from './ec2/vpcs.js';
import type { Reading } from './reading.js';

/** The network and the machines in it: everything of EC2, each kind by the one call that lists it. */
export async function readEc2(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/ec2.js');
  const client = new sdk.EC2Client(reading.configuration);
  const ec2 = { reading, sdk, client };
  try {
    const prefixLists = readPrefixLists(ec2);
    await Promise.all([
      readSecurityGroupRules(ec2, prefixLists),
      readRouteTables(ec2, prefixLists),
      readInstances(ec2),
      readEndpointServices(ec2),
      readVpcs(ec2),
      readSubnets(ec2),
      readSecurityGroups(ec2),
      readPeerings(ec2),
      readTransitGateways(ec2),
      readTransitGatewayAttachments(ec2),
      readEndpoints(ec2),
      readNetworkAcls(ec2),
      readNatGateways(ec2),
      readInternetGateways(ec2),
      readAddresses(ec2),
      readFlowLogs(ec2),
      readVolumes(ec2),
      readNetworkInterfaces(ec2),
      readLaunchTemplates(ec2),
    ]);
  } finally {
    client.destroy();
  }
}
