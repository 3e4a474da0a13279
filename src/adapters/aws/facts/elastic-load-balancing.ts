import type { LoadBalancer, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import { concerned } from './concerned.js';
import { readListeners } from './elastic-load-balancing/listeners.js';
import type { LoadBalancing } from './elastic-load-balancing/load-balancing.js';
import { readTags } from './elastic-load-balancing/tags.js';
import { listAll } from './listing.js';
import type { Reading } from './reading.js';

/**
 * Load balancers, their listeners and rules, and target groups with their targets.
 * Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html
 */
export async function readElasticLoadBalancing(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/elastic-load-balancing.js');
  const client = new sdk.ElasticLoadBalancingV2Client(reading.configuration);
  const service = { reading, sdk, client };
  try {
    const [balancers, groups] = await Promise.all([listBalancers(service), listGroups(service)]);
    const arns = [
      ...balancers.map(({ LoadBalancerArn }) => LoadBalancerArn ?? ''),
      ...groups.map(({ TargetGroupArn }) => TargetGroupArn ?? ''),
    ];
    const tags = await readTags(service, arns);
    for (const balancer of balancers) noteBalancer(reading, balancer, tags.get(balancer.LoadBalancerArn ?? ''));
    for (const group of groups) noteGroup(reading, group, tags.get(group.TargetGroupArn ?? ''));
    await readClosely(service, balancers, groups, tags);
  } finally {
    client.destroy();
  }
}

/**
 * A load balancer is looked into when it is an environment's, and when it leads to a target group that is; a target group,
 * when it is an environment's, and when it is behind a load balancer or in a VPC that is.
 */
async function readClosely(
  service: LoadBalancing,
  balancers: readonly LoadBalancer[],
  groups: readonly TargetGroup[],
  tags: Awaited<ReturnType<typeof readTags>>,
): Promise<void> {
  const { reading } = service;
  const focus = await reading.focus;
  const ownBalancers = await concerned(
    reading,
    balancers.map(({ LoadBalancerArn: id = '', LoadBalancerName: name }) => ({ id, name, tags: tags.get(id) })),
  );
  const ownGroups = groups.filter(({ TargetGroupArn: id = '', TargetGroupName: name }) =>
    focus.concerns({ id, name, tags: tags.get(id) }),
  );
  const behind = groups.filter(({ LoadBalancerArns = [], VpcId = '' }) =>
    [...LoadBalancerArns, VpcId].some((id) => focus.concerns({ id })),
  );
  const looked = new Set([
    ...ownBalancers.map(({ id }) => id),
    ...ownGroups.flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns),
  ]);
  await Promise.all([
    readListeners(service, [...looked]),
    Promise.all([...looked].map((id) => readLogBuckets(service, id))),
    Promise.all([...new Set([...ownGroups, ...behind])].map((group) => readTargets(service, group))),
  ]);
}

function listBalancers({ reading, sdk, client }: LoadBalancing): Promise<readonly LoadBalancer[]> {
  return listAll(reading, {
    action: 'elasticloadbalancing:DescribeLoadBalancers',
    subject: 'all load balancers',
    areas: ['existence', 'network', 'data-flow', 'traffic', 'tags'],
    types: ['aws_lb'],
    pages: () => sdk.paginateDescribeLoadBalancers({ client }, {}),
    items: ({ LoadBalancers }) => LoadBalancers,
  });
}

function listGroups({ reading, sdk, client }: LoadBalancing): Promise<readonly TargetGroup[]> {
  return listAll(reading, {
    action: 'elasticloadbalancing:DescribeTargetGroups',
    subject: 'all target groups',
    areas: ['existence', 'network', 'traffic', 'tags'],
    types: ['aws_lb_target_group'],
    pages: () => sdk.paginateDescribeTargetGroups({ client }, {}),
    items: ({ TargetGroups }) => TargetGroups,
  });
}

function noteBalancer(reading: Reading, balancer: LoadBalancer, tags: Readonly<Record<string, string>> | undefined) {
  const { LoadBalancerArn: id = '', LoadBalancerName: name, DNSName, VpcId } = balancer;
  const aliases = DNSName === undefined ? [] : [DNSName.toLowerCase()];
  reading.resource({ id, type: 'aws_lb', name, aliases, tags });
  reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'VpcId' });
  for (const { SubnetId: to } of balancer.AvailabilityZones ?? [])
    reading.relation({ kind: 'placed-in', from: id, to, where: 'AvailabilityZones.SubnetId' });
  for (const to of balancer.SecurityGroups ?? [])
    reading.relation({ kind: 'placed-in', from: id, to, where: 'SecurityGroups' });
}

function noteGroup(reading: Reading, group: TargetGroup, tags: Readonly<Record<string, string>> | undefined) {
  const { TargetGroupArn: id = '', TargetGroupName: name, VpcId } = group;
  reading.resource({ id, type: 'aws_lb_target_group', name, tags });
  reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'VpcId' });
}

/**
 * The buckets that a load balancer writes its access, connection and health check logs to.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
async function readLogBuckets({ reading, sdk, client }: LoadBalancing, id: string): Promise<void> {
  const answer = await reading.ask(
    { action: 'elasticloadbalancing:DescribeLoadBalancerAttributes', subject: id, areas: ['data-flow'] },
    () => client.send(new sdk.DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: id })),
  );
  const attributes = new Map((answer?.Attributes ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  for (const [where, bucket] of attributes) {
    if (!where.endsWith('_logs.s3.bucket') || bucket === '') continue;
    if (attributes.get(where.replace(/bucket$/, 'enabled')) === 'true')
      reading.relation({ kind: 'access-log', from: id, to: reading.bucketArn(bucket), where });
  }
}

/**
 * What a group's requests go to: instances, addresses, functions, load balancers.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html
 */
async function readTargets(
  { reading, sdk, client }: LoadBalancing,
  { TargetGroupArn: id = '' }: TargetGroup,
): Promise<void> {
  const answer = await reading.ask(
    { action: 'elasticloadbalancing:DescribeTargetHealth', subject: id, areas: ['traffic'] },
    () => client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn: id })),
  );
  const targets = new Set((answer?.TargetHealthDescriptions ?? []).map(({ Target }) => Target?.Id));
  for (const to of targets) reading.relation({ kind: 'target', from: id, to, where: 'Target.Id' });
}
