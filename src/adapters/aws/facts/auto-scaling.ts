import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { listAll } from './listing.js';
import { type Reading, tagsOf } from './reading.js';

/**
 * Auto Scaling groups: their instances, subnets, launch templates, and the target groups they serve.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AutoScalingGroup.html
 */
export async function readAutoScaling(reading: Reading): Promise<void> {
  const { AutoScalingClient, paginateDescribeAutoScalingGroups } = await import('../sdk/auto-scaling.js');
  const client = new AutoScalingClient(reading.configuration);
  try {
    const groups = await listAll(reading, {
      action: 'autoscaling:DescribeAutoScalingGroups',
      subject: 'all Auto Scaling groups',
      areas: ['existence', 'network', 'traffic', 'policies', 'tags'],
      types: ['aws_autoscaling_group'],
      pages: () => paginateDescribeAutoScalingGroups({ client, pageSize: 100 }, {}),
      items: ({ AutoScalingGroups }) => AutoScalingGroups,
    });
    for (const group of groups) noteGroup(reading, group);
  } finally {
    client.destroy();
  }
}

function noteGroup(reading: Reading, group: AutoScalingGroup): void {
  const { AutoScalingGroupARN: id = '', AutoScalingGroupName: name, Tags, ServiceLinkedRoleARN } = group;
  reading.resource({ id, type: 'aws_autoscaling_group', name, tags: tagsOf(Tags) });
  for (const to of (group.VPCZoneIdentifier ?? '').split(','))
    reading.relation({ kind: 'placed-in', from: id, to, where: 'VPCZoneIdentifier' });
  for (const { InstanceId, LifecycleState } of group.Instances ?? [])
    if (InstanceId !== undefined && LifecycleState !== 'Terminated')
      reading.resource({ id: InstanceId, type: 'aws_instance', partOf: id });
  for (const from of group.TargetGroupARNs ?? [])
    reading.relation({ kind: 'target', from, to: id, where: 'AutoScalingGroup.TargetGroupARNs' });
  for (const to of launchTemplatesOf(group))
    reading.relation({ kind: 'mentions', from: id, to, where: 'LaunchTemplate' });
  reading.relation({ kind: 'service-role', from: id, to: ServiceLinkedRoleARN, where: 'ServiceLinkedRoleARN' });
}

/** A group has one template, or a policy with one and others in its place for some types of instances. */
function launchTemplatesOf({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup): ReadonlySet<string> {
  const { LaunchTemplateSpecification, Overrides = [] } = MixedInstancesPolicy?.LaunchTemplate ?? {};
  const templates = [
    LaunchTemplate,
    LaunchTemplateSpecification,
    ...Overrides.map((override) => override.LaunchTemplateSpecification),
  ];
  return new Set(templates.flatMap((template) => template?.LaunchTemplateId || []));
}
