import { describe, expect, it } from '@jest/globals';
import { stateFacts, stateResources } from '../../../../src/domain/separation/state-facts.js';
import { STATE_TYPES } from '../../../../src/domain/separation/state-types.js';
import { deployedOf, STAGING_PARTS } from '../../../fakes/separated-environments.js';

const { environment } = deployedOf(STAGING_PARTS);
const facts = stateFacts(environment);
const resources = stateResources(environment);
/** Short for the ids in the state: `ec2('vpc', '2')` is `vpc-50000000000000002`. */
const ec2 = (prefix: string, end: string) => `${prefix}-5${end.padStart(16, '0')}`;
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:111111111111:${resource}`;
const iam = (resource: string) => `arn:aws:iam::111111111111:${resource}`;
const bucket = (name: string) => `arn:aws:s3:::mht-api-staging-${name}-50000000`;
const [DATA, LOGS] = [bucket('raw-data-collection'), bucket('logs')];
const [VPC, PUBLIC, PRIVATE] = [ec2('vpc', '2'), ec2('rtb', '12'), ec2('rtb', '13')];
const elb = (resource: string) => arn('elasticloadbalancing', resource);
const BALANCER = elb('loadbalancer/app/mht-api-staging-lb/5000000000000001');
const GROUP = elb('targetgroup/mht-api-staging-tg/5000000000000002');
const listener = (end: string) => elb(`listener/app/mht-api-staging-lb/5000000000000001/500000000000000${end}`);
const KEY = arn('kms', 'key/50000000-0000-4000-8000-000000000001');
const CERTIFICATE = arn('acm', 'certificate/50000000-0000-4000-8000-000000000002');
const QUEUE = arn('sqs', 'mht-api-staging-processing-feedback.fifo');
const DEAD_LETTERS = arn('sqs', 'mht-api-staging-processing-feedback-dlq.fifo');
const urlOf = (queue: string) => `https://sqs.us-east-1.amazonaws.com/111111111111/${queue.split(':').at(-1)}`;
const TOPIC = arn('sns', 'mht-api-staging-alarms');
const ROLE = iam('role/mht-api-staging-instance');
const [BALANCERS, INSTANCES] = [ec2('sg', '3'), ec2('sg', 'a')];

/** What the state says of each resource: its ids, what it is a setting of, relations, policies. */
type Said = {
  readonly is?: readonly string[];
  readonly of?: string;
  readonly leads?: readonly string[];
  readonly holds?: readonly string[];
};

const EXPECTED: Readonly<Record<string, Said>> = {
  'module.alb[0].aws_lb.app_lb': {
    is: [BALANCER],
    leads: [
      `placed-in ${VPC}`,
      `placed-in ${ec2('subnet', '4')}`,
      `placed-in ${ec2('subnet', '5')}`,
      `placed-in ${BALANCERS}`,
      `access-log ${LOGS}`,
    ],
  },
  'module.alb[0].aws_lb_listener.http': { is: [listener('3')] },
  'module.alb[0].aws_lb_listener.https': {
    is: [listener('4')],
    leads: [`certificate ${CERTIFICATE}`, `forward ${GROUP}`],
  },
  'module.alb[0].aws_lb_target_group.this': { is: [GROUP], leads: [`placed-in ${VPC}`] },
  'module.compute.aws_ec2_tag.network_interface["0/Environment"]': { of: ec2('eni', '7') },
  'module.compute.aws_instance.this[0]': {
    is: [ec2('i', '1'), ec2('eni', '7'), ec2('vol', '8')],
    leads: [
      `placed-in ${ec2('subnet', '9')}`,
      `placed-in ${INSTANCES}`,
      `instance-profile ${iam('instance-profile/mht-api-staging-instance')}`,
      `encrypted-with ${KEY}`,
    ],
  },
  'module.compute.aws_lb_target_group_attachment.this[0]': { of: GROUP, leads: [`target ${ec2('i', '1')}`] },
  'module.compute.terraform_data.ami': {},
  'module.database.aws_dynamodb_table.this': {
    is: [arn('dynamodb', 'table/mht-api-staging-table')],
    leads: [`encrypted-with ${KEY}`],
  },
  'module.dns.aws_acm_certificate.this': { is: [CERTIFICATE] },
  'module.dns.aws_acm_certificate_validation.this': { of: CERTIFICATE },
  'module.dns.aws_route53_record.this': {
    is: ['Z0ZONE/staging.api.example.com/A'],
    leads: ['dns-record mht-api-staging-lb-5.us-east-1.elb.amazonaws.com'],
  },
  'module.encryption.aws_kms_alias.this': {
    is: [arn('kms', 'alias/mht-api-staging')],
    leads: [`key-alias ${KEY}`, `key-alias ${KEY}`],
  },
  'module.encryption.aws_kms_key.this': { is: [KEY], holds: ['resource key policy'] },
  'module.identity.aws_iam_instance_profile.this': {
    is: [iam('instance-profile/mht-api-staging-instance')],
    leads: [`profile-role ${ROLE}`],
  },
  'module.identity.aws_iam_role.this': { is: [ROLE], holds: ['trust trust policy'] },
  'module.identity.aws_iam_role_policy.this': {
    of: ROLE,
    holds: ['identity inline policy "mht-api-staging-application"'],
  },
  'module.monitoring.aws_cloudwatch_log_group.application': {
    is: [arn('logs', 'log-group:mht-api-staging-application')],
    leads: [`encrypted-with ${KEY}`],
  },
  'module.monitoring.aws_cloudwatch_metric_alarm.load_balancer["alb-5xx"]': {
    is: [arn('cloudwatch', 'alarm:mht-api-staging-alb-5xx')],
    leads: [`alarm-action ${TOPIC}`, `alarm-action ${TOPIC}`, `alarm-metric ${BALANCER}`],
  },
  'module.monitoring.aws_sns_topic.alarms': {
    is: [TOPIC],
    leads: [`encrypted-with ${KEY}`],
    holds: ['resource topic policy'],
  },
  'module.monitoring.aws_sns_topic_policy.alarms': { of: TOPIC, holds: ['resource topic policy'] },
  'module.network.aws_default_security_group.this': { is: [ec2('sg', 'b')], leads: [`placed-in ${VPC}`] },
  'module.network.aws_eip.nat["us-east-1a"]': { is: [ec2('eipalloc', 'c')] },
  'module.network.aws_flow_log.this': {
    is: [ec2('fl', 'd')],
    leads: [
      `log-delivery ${arn('logs', 'log-group:mht-api-staging-flow-logs')}`,
      `service-role ${iam('role/mht-api-staging-flow-logs')}`,
      `placed-in ${VPC}`,
    ],
  },
  'module.network.aws_internet_gateway.this': { is: [ec2('igw', 'e')], leads: [`placed-in ${VPC}`] },
  'module.network.aws_nat_gateway.this["us-east-1a"]': {
    is: [ec2('nat', '10'), ec2('eni', '11')],
    leads: [`placed-in ${ec2('subnet', '4')}`, `placed-in ${ec2('eipalloc', 'c')}`],
  },
  'module.network.aws_route.internet': { of: PUBLIC, leads: ['route 0.0.0.0/0', `route ${ec2('igw', 'e')}`] },
  'module.network.aws_route.nat["us-east-1a"]': {
    of: PRIVATE,
    leads: ['route 0.0.0.0/0', `route ${ec2('nat', '10')}`],
  },
  'module.network.aws_route_table.public': { is: [PUBLIC], leads: [`placed-in ${VPC}`] },
  'module.network.aws_route_table_association.public["us-east-1a"]': {
    of: PUBLIC,
    leads: [`placed-in ${ec2('subnet', '4')}`],
  },
  'module.network.aws_subnet.private["us-east-1a"]': { is: [ec2('subnet', '9')], leads: [`placed-in ${VPC}`] },
  'module.network.aws_vpc.this': {
    is: [VPC, ec2('acl', '1a'), ec2('sg', 'b'), ec2('rtb', '1b')],
    leads: ['vpc-cidr 10.5.0.0/16'],
  },
  'module.network.aws_vpc_endpoint.gateway["dynamodb"]': {
    is: [ec2('vpce', '1c')],
    leads: [
      `placed-in ${VPC}`,
      `placed-in ${PRIVATE}`,
      `placed-in ${ec2('rtb', '14')}`,
      'endpoint-service com.amazonaws.us-east-1.dynamodb',
    ],
    holds: ['endpoint endpoint policy'],
  },
  'module.queues.aws_sqs_queue.this["feedback"]': { is: [QUEUE], leads: [`encrypted-with ${KEY}`] },
  'module.queues.aws_sqs_queue_policy.this["mht-api-staging-processing-feedback.fifo"]': {
    of: urlOf(QUEUE),
    holds: ['resource queue policy'],
  },
  'module.queues.aws_sqs_queue_redrive_policy.this["feedback"]': {
    of: urlOf(QUEUE),
    leads: [`redrive ${DEAD_LETTERS}`],
  },
  'module.secrets.aws_secretsmanager_secret.this': {
    is: [arn('secretsmanager', 'secret:mht-api-staging-application-5AbCdE')],
    leads: [`encrypted-with ${KEY}`],
  },
  'module.security_groups.aws_security_group.instance': { is: [INSTANCES], leads: [`placed-in ${VPC}`] },
  'module.security_groups.aws_vpc_security_group_ingress_rule.alb["http"]': {
    is: [ec2('sgr', '22')],
    leads: ['security-group-rule 0.0.0.0/0'],
  },
  'module.security_groups.aws_vpc_security_group_egress_rule.alb': {
    is: [ec2('sgr', '20')],
    leads: [`security-group-rule ${INSTANCES}`],
  },
  'module.storage.aws_s3_bucket.this["data"]': { is: [DATA] },
  'module.storage.aws_s3_bucket_lifecycle_configuration.data': { of: DATA },
  'module.storage.aws_s3_bucket_logging.data': { of: DATA, leads: [`access-log ${LOGS}`] },
  'module.storage.aws_s3_bucket_ownership_controls.this["data"]': { of: DATA },
  'module.storage.aws_s3_bucket_policy.this["data"]': { of: DATA, holds: ['resource bucket policy'] },
  'module.storage.aws_s3_bucket_public_access_block.this["data"]': { of: DATA },
  'module.storage.aws_s3_bucket_server_side_encryption_configuration.this["data"]': {
    of: DATA,
    leads: [`encrypted-with ${KEY}`],
  },
  'module.storage.aws_s3_bucket_versioning.this["data"]': { of: DATA },
};

describe('the state of an environment as this project deploys it', () => {
  it('has an expectation here for each of its types', () => {
    const typeOf = (address: string) => resources.find((resource) => resource.address === address)?.type;
    const expected = new Set(Object.keys(EXPECTED).map(typeOf));
    expect(new Set(resources.map(({ type }) => type))).toEqual(expected);
    for (const type of expected) if (type !== 'terraform_data') expect(Object.keys(STATE_TYPES)).toContain(type);
  });

  it.each(Object.entries(EXPECTED))(
    'says of %s what it is, what it is for, where it leads and what it holds',
    (...row) => {
      const [address, { is = [], of, leads = [], holds = [] }] = row;
      const alone = stateOfOne(address);
      expect({ ids: alone.resource?.ids, settingOf: alone.resource?.settingOf }).toEqual({ ids: is, settingOf: of });
      expect(alone.facts.relations.map(({ kind, to }) => `${kind} ${to}`)).toEqual(leads);
      expect(alone.facts.policies.map(({ kind, name }) => `${kind} ${name}`)).toEqual(holds);
    },
  );

  it('says nowhere that it is another', () => {
    expect(resources.filter(({ otherIds }) => otherIds.size > 0)).toEqual([]);
  });

  it('tells where a relation starts, where it is written and what makes it', () => {
    expect(facts.relations).toContainEqual({
      kind: 'security-group-rule',
      from: BALANCERS,
      to: INSTANCES,
      where: 'referenced_security_group_id',
      through: ec2('sgr', '20'),
      source: 'state',
    });
    expect(facts.relations).toContainEqual({
      kind: 'redrive',
      from: urlOf(QUEUE),
      to: DEAD_LETTERS,
      where: 'redrive_policy.deadLetterTargetArn',
      source: 'state',
    });
  });

  it.each([
    ['a queue by its URL', QUEUE, { type: 'aws_sqs_queue', aliases: [urlOf(QUEUE)], partOf: undefined }],
    ['a key by its id', KEY, { type: 'aws_kms_key', aliases: ['50000000-0000-4000-8000-000000000001'] }],
    ['a listener with its load balancer', listener('4'), { type: 'aws_lb_listener', partOf: BALANCER }],
    ['a volume with its instance', ec2('vol', '8'), { type: 'aws_ebs_volume', partOf: ec2('i', '1') }],
    ['a default group as the group it is', ec2('sg', 'b'), { type: 'aws_security_group', partOf: VPC }],
    ['an elastic IP by its address', ec2('eipalloc', 'c'), { type: 'aws_eip', name: 'mht-api-staging-nat-us-east-1a' }],
  ])('knows %s', (_, id, expected) => {
    const found = facts.resources.filter((resource) => resource.id === id);
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) expect(each).toMatchObject(expected);
  });

  it('tells no tags and lists nothing whole: AWS does', () => {
    expect(facts.resources.filter(({ tags }) => tags !== undefined)).toEqual([]);
    expect(facts.listedTypes).toEqual([]);
  });
});

/** What a state says in which this resource is alone. */
function stateOfOne(address: string) {
  const one = deployedOf(STAGING_PARTS, (instances) => instances.filter((instance) => instance.address === address));
  const [resource] = stateResources(one.environment);
  return { resource, facts: stateFacts(one.environment) };
}
