/** Services of AWS by what Terraform's types of their resources begin with; the first that fits counts. */
const SERVICES: readonly (readonly [types: RegExp, service: string])[] = [
  [/^aws_(?:acm|acmpca)_/, 'ACM'],
  [/^aws_autoscaling_/, 'Auto Scaling'],
  [/^aws_cloudwatch_log_/, 'CloudWatch Logs'],
  [/^aws_cloudwatch_event_/, 'EventBridge'],
  [/^aws_cloudwatch_/, 'CloudWatch'],
  [/^aws_(?:lb|alb|elb)(?:_|$)/, 'ELB'],
  [/^aws_iam_/, 'IAM'],
  [/^aws_route53_/, 'Route 53'],
  [/^aws_secretsmanager_/, 'Secrets Manager'],
  [/^aws_dynamodb_/, 'DynamoDB'],
  [/^aws_(?:db_|rds_)/, 'RDS'],
  [/^aws_ec2_(?:transit_gateway|managed_prefix)/, 'VPC'],
  [
    /^aws_(?:default_|vpc|subnet|route|security_group|network_|internet_gateway|nat_gateway|egress_only_|flow_log)/,
    'VPC',
  ],
  [/^aws_(?:ec2_|instance|launch_|ebs_|volume_|eip|ami|key_pair|spot_|placement_)/, 'EC2'],
];

/** How many resources of each service there are, most first. @param types how many there are of each Terraform type */
export function countByService(types: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const [type, count] of Object.entries(types)) {
    const service = serviceOf(type);
    counts.set(service, (counts.get(service) ?? 0) + count);
  }
  return [...counts].sort(([a, many], [b, more]) => more - many || a.localeCompare(b, 'en'));
}

/** The service of a type, as people call it; the provider for what is not AWS's. */
function serviceOf(type: string): string {
  const known = SERVICES.find(([types]) => types.test(type))?.[1];
  if (known !== undefined) return known;
  const [provider = type, word = type] = type.split('_');
  if (provider !== 'aws') return provider;
  return word.length < 4 ? word.toUpperCase() : `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
