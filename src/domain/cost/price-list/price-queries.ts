import { Decimal } from '../decimal.js';
import { INSTANCE_KEYS, type PriceKey } from '../prices.js';

/** Which product of AWS's price list a price of ours is, and how it is quoted there. */
export interface PriceQuery {
  /** AWS's code of the service that sells it. */
  readonly service: string;
  /** Attributes that AWS is asked for, each exactly. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The attribute that holds the region; null for what has one price everywhere. */
  readonly regionIn: 'regionCode' | 'fromRegionCode' | null;
  /** The usage type without the region's prefix, where the attributes leave a choice. */
  readonly usage: string;
  /** How AWS calls the unit; it has more than one word for the same. */
  readonly units: RegExp;
  /** The share of AWS's unit that our unit is. */
  readonly share: Decimal;
  /** How many units a price table quotes it for. */
  readonly per: number;
}

const HOURS = /^(Hrs|hours?)$/i;
const GB_MONTHS = /^GB-(Mo|month)$/i;
const GB = /^(GB|Gigabytes?)$/i;
const REQUESTS = /^(API )?(Calls|Requests?|Quer(y|ies)|IOs|Invocations?|(Read|Write)RequestUnits)$/i;
const MILLION = 1_000_000;
const A_1024TH = Decimal.of('0.0009765625');

type Parts = Pick<PriceQuery, 'attributes' | 'usage' | 'units'> &
  Partial<Pick<PriceQuery, 'per' | 'regionIn' | 'share'>>;

const of =
  (service: string) =>
  (parts: Parts): PriceQuery => ({ service, per: 1, share: Decimal.ONE, regionIn: 'regionCode', ...parts });

const acm = of('AWSCertificateManager');
const cloudwatch = of('AmazonCloudWatch');
const dynamodb = of('AmazonDynamoDB');
const ec2 = of('AmazonEC2');
const elb = of('AWSELB');
const kms = of('awskms');
const route53 = of('AmazonRoute53');
const s3 = of('AmazonS3');
const secrets = of('AWSSecretsManager');
const sns = of('AmazonSNS');
const sqs = of('AWSQueueService');
const vpc = of('AmazonVPC');

const family = (productFamily: string) => ({ productFamily });
const application = family('Load Balancer-Application');
const network = family('Load Balancer-Network');
const endpoint = family('VpcEndpoint');

const storageOf = (volumeApiName: string, usage: string): PriceQuery =>
  ec2({ attributes: { productFamily: 'Storage', volumeApiName }, usage, units: GB_MONTHS });
const iopsOf = (volumeApiName: string, usage: string): PriceQuery =>
  ec2({ attributes: { productFamily: 'System Operation', volumeApiName }, usage, units: /^IOPS-Mo$/i });
const queueOf = (queueType: string, usage: string): PriceQuery =>
  sqs({ attributes: { productFamily: 'API Request', queueType }, usage, units: REQUESTS, per: MILLION });

/**
 * The query of every key but the instance types'. Names of services, families and usage types are those of AWS's
 * own offer files, https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/index.json.
 */
const QUERIES: Readonly<Record<Exclude<PriceKey, `ec2/instance/${string}`>, PriceQuery>> = {
  'acm/private-certificate': acm({
    attributes: family('AWS Certificate Manager'),
    usage: 'PrivateCertificatesIssued',
    units: /cert|request/i,
  }),
  'cloudwatch/alarm/high-resolution': cloudwatch({
    attributes: family('Alarm'),
    usage: 'CW:HighResAlarmMonitorUsage',
    units: /^Alarms?$/i,
  }),
  'cloudwatch/alarm/standard': cloudwatch({
    attributes: family('Alarm'),
    usage: 'CW:AlarmMonitorUsage',
    units: /^Alarms?$/i,
  }),
  'cloudwatch/detailed-monitoring': cloudwatch({
    attributes: family('Metric'),
    usage: 'CW:MetricMonitorUsage',
    units: /^Metrics?$/i,
  }),
  'cloudwatch/logs/ingestion': cloudwatch({
    attributes: family('Data Payload'),
    usage: 'DataProcessing-Bytes',
    units: GB,
  }),
  'cloudwatch/logs/storage': cloudwatch({
    attributes: family('Storage Snapshot'),
    usage: 'TimedStorage-ByteHrs',
    units: GB_MONTHS,
  }),
  'dynamodb/point-in-time-recovery': dynamodb({
    attributes: family('Database Storage'),
    usage: 'TimedPITRStorage-ByteHrs',
    units: GB_MONTHS,
  }),
  'dynamodb/provisioned/read': dynamodb({
    attributes: { productFamily: 'Provisioned IOPS', group: 'DDB-ReadUnits' },
    usage: 'ReadCapacityUnit-Hrs',
    units: /^(ReadCapacityUnit-)?Hrs$/i,
  }),
  'dynamodb/provisioned/write': dynamodb({
    attributes: { productFamily: 'Provisioned IOPS', group: 'DDB-WriteUnits' },
    usage: 'WriteCapacityUnit-Hrs',
    units: /^(WriteCapacityUnit-)?Hrs$/i,
  }),
  'dynamodb/read-requests': dynamodb({
    attributes: { productFamily: 'Amazon DynamoDB PayPerRequest Throughput', group: 'DDB-ReadUnits' },
    usage: 'ReadRequestUnits',
    units: REQUESTS,
    per: MILLION,
  }),
  'dynamodb/storage': dynamodb({
    attributes: family('Database Storage'),
    usage: 'TimedStorage-ByteHrs',
    units: GB_MONTHS,
  }),
  'dynamodb/write-requests': dynamodb({
    attributes: { productFamily: 'Amazon DynamoDB PayPerRequest Throughput', group: 'DDB-WriteUnits' },
    usage: 'WriteRequestUnits',
    units: REQUESTS,
    per: MILLION,
  }),
  'ebs/gp2/storage': storageOf('gp2', 'EBS:VolumeUsage.gp2'),
  'ebs/gp3/iops': iopsOf('gp3', 'EBS:VolumeP-IOPS.gp3'),
  'ebs/gp3/storage': storageOf('gp3', 'EBS:VolumeUsage.gp3'),
  // AWS quotes a GiB a second, and sells by the MiB.
  'ebs/gp3/throughput': ec2({
    attributes: { productFamily: 'Provisioned Throughput', volumeApiName: 'gp3' },
    usage: 'EBS:VolumeP-Throughput.gp3',
    units: /^GiBps-mo$/i,
    share: A_1024TH,
  }),
  'ebs/io1/iops': iopsOf('io1', 'EBS:VolumeP-IOPS.piops'),
  'ebs/io1/storage': storageOf('io1', 'EBS:VolumeUsage.piops'),
  'ebs/io2/iops': iopsOf('io2', 'EBS:VolumeP-IOPS.io2'),
  'ebs/io2/storage': storageOf('io2', 'EBS:VolumeUsage.io2'),
  'ebs/sc1/storage': storageOf('sc1', 'EBS:VolumeUsage.sc1'),
  'ebs/st1/storage': storageOf('st1', 'EBS:VolumeUsage.st1'),
  'ebs/standard/requests': ec2({
    attributes: { productFamily: 'System Operation', volumeApiName: 'standard' },
    usage: 'EBS:VolumeIOUsage',
    units: REQUESTS,
    per: MILLION,
  }),
  'ebs/standard/storage': storageOf('standard', 'EBS:VolumeUsage'),
  // What is T3's: T4g costs less, and a table has one price.
  'ec2/cpu-credits': ec2({
    attributes: { productFamily: 'CPU Credits', operatingSystem: 'Linux' },
    usage: 'CPUCredits:t3',
    units: /^vCPU-Hours?$/i,
  }),
  'elb/application/hours': elb({ attributes: application, usage: 'LoadBalancerUsage', units: HOURS }),
  'elb/application/capacity': elb({ attributes: application, usage: 'LCUUsage', units: /^LCU-Hrs$/i }),
  'elb/data-out': of('AWSDataTransfer')({
    attributes: { transferType: 'AWS Outbound', toLocation: 'External' },
    regionIn: 'fromRegionCode',
    usage: 'DataTransfer-Out-Bytes',
    units: GB,
  }),
  'elb/network/hours': elb({ attributes: network, usage: 'LoadBalancerUsage', units: HOURS }),
  'elb/network/capacity': elb({ attributes: network, usage: 'LCUUsage', units: /^N?LCU-Hrs$/i }),
  'kms/key': kms({ attributes: family('Encryption Key'), usage: 'KMS-Keys', units: /^Keys?$/i }),
  'kms/requests': kms({
    attributes: family('API Request'),
    usage: 'KMS-Requests',
    units: REQUESTS,
    per: 10_000,
  }),
  'route53/hosted-zone': route53({
    attributes: { productFamily: 'DNS Zone', usagetype: 'HostedZone' },
    regionIn: null,
    usage: 'HostedZone',
    units: /zone|^Mo/i,
  }),
  'route53/queries': route53({
    attributes: { productFamily: 'DNS Query', usagetype: 'DNS-Queries', routingType: 'Standard' },
    regionIn: null,
    usage: 'DNS-Queries',
    units: REQUESTS,
    per: MILLION,
  }),
  's3/intelligent-tiering/infrequent': s3({
    attributes: { productFamily: 'Storage', volumeType: 'Intelligent-Tiering Infrequent Access' },
    usage: 'TimedStorage-INT-IA-ByteHrs',
    units: GB_MONTHS,
  }),
  's3/intelligent-tiering/monitoring': s3({
    attributes: family('Fee'),
    usage: 'Monitoring-Automation-INT',
    units: /^Objects?$/i,
    per: 1000,
  }),
  's3/requests/read': s3({
    attributes: { productFamily: 'API Request', group: 'S3-API-Tier2' },
    usage: 'Requests-Tier2',
    units: REQUESTS,
    per: 1000,
  }),
  's3/requests/write': s3({
    attributes: { productFamily: 'API Request', group: 'S3-API-Tier1' },
    usage: 'Requests-Tier1',
    units: REQUESTS,
    per: 1000,
  }),
  's3/storage': s3({
    attributes: { productFamily: 'Storage', volumeType: 'Standard' },
    usage: 'TimedStorage-ByteHrs',
    units: GB_MONTHS,
  }),
  'scheduler/invocations': of('AWSEvents')({
    attributes: {},
    usage: 'ScheduledInvocation',
    units: /invocation|event|request/i,
    per: MILLION,
  }),
  'secretsmanager/requests': secrets({
    attributes: family('API Request'),
    usage: 'AWSSecretsManager(APIRequest|-APIRequests?)',
    units: REQUESTS,
    per: 10_000,
  }),
  'secretsmanager/secret': secrets({
    attributes: family('Secret'),
    usage: 'AWSSecretsManager-Secrets?',
    units: /^Secrets?$/i,
  }),
  'sns/email': sns({
    attributes: { productFamily: 'Message Delivery', endpointType: 'SMTP' },
    usage: 'DeliveryAttempts-SMTP',
    units: /^Notifications?$/i,
    per: 100_000,
  }),
  'sns/http': sns({
    attributes: { productFamily: 'Message Delivery', endpointType: 'HTTP' },
    usage: 'DeliveryAttempts-HTTP',
    units: /^Notifications?$/i,
    per: 100_000,
  }),
  'sns/requests': sns({
    attributes: family('API Request'),
    usage: 'Requests-Tier1',
    units: REQUESTS,
    per: MILLION,
  }),
  'sqs/fifo': queueOf('FIFO (first-in, first-out)', 'Requests-FIFO-(RBP|Tier1)'),
  'sqs/standard': queueOf('Standard', 'Requests-(RBP|Tier1)'),
  'vpc/gateway-load-balancer-endpoint/data': vpc({ attributes: endpoint, usage: 'VpcEndpoint-GWLBE-Bytes', units: GB }),
  'vpc/gateway-load-balancer-endpoint/hours': vpc({
    attributes: endpoint,
    usage: 'VpcEndpoint-GWLBE-Hours',
    units: HOURS,
  }),
  'vpc/interface-endpoint/data': vpc({ attributes: endpoint, usage: 'VpcEndpoint-Bytes', units: GB }),
  'vpc/interface-endpoint/hours': vpc({ attributes: endpoint, usage: 'VpcEndpoint-Hours', units: HOURS }),
  'vpc/nat-gateway/data': ec2({ attributes: family('NAT Gateway'), usage: 'NatGateway-Bytes', units: GB }),
  'vpc/nat-gateway/hours': ec2({ attributes: family('NAT Gateway'), usage: 'NatGateway-Hours', units: HOURS }),
  'vpc/public-ipv4': vpc({
    attributes: { group: 'VPCPublicIPv4Address' },
    usage: 'PublicIPv4:InUseAddress',
    units: HOURS,
  }),
};

/** Linux, on demand, on shared hardware, without a licence in the price. */
function instanceQuery(instanceType: string): PriceQuery {
  return ec2({
    attributes: {
      instanceType,
      operatingSystem: 'Linux',
      tenancy: 'Shared',
      preInstalledSw: 'NA',
      capacitystatus: 'Used',
      licenseModel: 'No License required',
    },
    usage: 'BoxUsage(:.+)?',
    units: HOURS,
  });
}

/** How the price of a key is found; undefined for a key that is none. */
export function queryOf(key: string): PriceQuery | undefined {
  if (key.startsWith(INSTANCE_KEYS)) return instanceQuery(key.slice(INSTANCE_KEYS.length));
  return Object.hasOwn(QUERIES, key) ? QUERIES[key as keyof typeof QUERIES] : undefined;
}
