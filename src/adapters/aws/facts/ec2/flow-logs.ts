import { canonicalId } from '../../../../domain/separation/identifiers.js';
import { listAll } from '../listing.js';
import { type Ec2, small, taggedIn } from './ec2.js';

/**
 * Flow logs: what they watch, where they deliver, and the role that they do it with. Those that deliver to a log group
 * may name it alone.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html
 */
export async function readFlowLogs(ec2: Ec2): Promise<void> {
  const { reading } = ec2;
  const logs = await listAll(reading, {
    action: 'ec2:DescribeFlowLogs',
    subject: 'all flow logs',
    areas: ['existence', 'data-flow', 'policies', 'tags'],
    types: ['aws_flow_log'],
    pages: () => ec2.sdk.paginateDescribeFlowLogs(small(ec2), {}),
    items: ({ FlowLogs }) => FlowLogs,
  });
  for (const log of logs) {
    const { FlowLogId: id = '', ResourceId, LogDestination, LogGroupName, DeliverLogsPermissionArn, Tags } = log;
    const group = LogGroupName === undefined ? undefined : reading.arn('logs', `log-group:${LogGroupName}`);
    const to = LogDestination === undefined ? group : canonicalId(LogDestination);
    const where = LogDestination === undefined ? 'LogGroupName' : 'LogDestination';
    reading.resource({ id, type: 'aws_flow_log', ...taggedIn(ResourceId, Tags) });
    reading.relation({ kind: 'placed-in', from: id, to: ResourceId, where: 'ResourceId' });
    reading.relation({ kind: 'log-delivery', from: id, to, where });
    reading.relation({
      kind: 'service-role',
      from: id,
      to: DeliverLogsPermissionArn,
      where: 'DeliverLogsPermissionArn',
    });
  }
}
