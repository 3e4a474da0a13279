import type { Decimal } from './decimal.js';

/** Services by the names Cost Explorer gives them, so that an estimate can be laid beside a bill. */
const EC2 = 'Amazon Elastic Compute Cloud - Compute';
const EC2_OTHER = 'EC2 - Other';
const ELB = 'Amazon Elastic Load Balancing';
const VPC = 'Amazon Virtual Private Cloud';
const CLOUDWATCH = 'AmazonCloudWatch';
const KMS = 'AWS Key Management Service';
const SECRETS = 'AWS Secrets Manager';
const DYNAMODB = 'Amazon DynamoDB';
const S3 = 'Amazon Simple Storage Service';
const SQS = 'Amazon Simple Queue Service';
const SNS = 'Amazon Simple Notification Service';
const ROUTE53 = 'Amazon Route 53';
const ACM = 'AWS Certificate Manager';
const SCHEDULER = 'CloudWatch Events';

/** What a price is of: the unit that quantities are counted in, and the service that bills it. */
interface Product {
  readonly unit: string;
  readonly service: string;
}

/** Every product the estimate knows, by its key in a price table. Instance types have keys of their own. */
const PRODUCTS = {
  'acm/private-certificate': { unit: 'certificates', service: ACM },
  'cloudwatch/alarm/high-resolution': { unit: 'alarm-months', service: CLOUDWATCH },
  'cloudwatch/alarm/standard': { unit: 'alarm-months', service: CLOUDWATCH },
  'cloudwatch/detailed-monitoring': { unit: 'metric-months', service: CLOUDWATCH },
  'cloudwatch/logs/ingestion': { unit: 'GB', service: CLOUDWATCH },
  'cloudwatch/logs/storage': { unit: 'GB-months', service: CLOUDWATCH },
  'dynamodb/point-in-time-recovery': { unit: 'GB-months', service: DYNAMODB },
  'dynamodb/provisioned/read': { unit: 'unit-hours', service: DYNAMODB },
  'dynamodb/provisioned/write': { unit: 'unit-hours', service: DYNAMODB },
  'dynamodb/read-requests': { unit: 'requests', service: DYNAMODB },
  'dynamodb/storage': { unit: 'GB-months', service: DYNAMODB },
  'dynamodb/write-requests': { unit: 'requests', service: DYNAMODB },
  'ebs/gp2/storage': { unit: 'GB-months', service: EC2_OTHER },
  'ebs/gp3/iops': { unit: 'IOPS-months', service: EC2_OTHER },
  'ebs/gp3/storage': { unit: 'GB-months', service: EC2_OTHER },
  'ebs/gp3/throughput': { unit: 'MB/s-months', service: EC2_OTHER },
  'ebs/io1/iops': { unit: 'IOPS-months', service: EC2_OTHER },
  'ebs/io1/storage': { unit: 'GB-months', service: EC2_OTHER },
  'ebs/io2/iops': { unit: 'IOPS-months', service: EC2_OTHER },
  'ebs/io2/storage': { unit: 'GB-months', service: EC2_OTHER },
  'ebs/sc1/storage': { unit: 'GB-months', service: EC2_OTHER },
  'ebs/st1/storage': { unit: 'GB-months', service: EC2_OTHER },
  'ebs/standard/requests': { unit: 'requests', service: EC2_OTHER },
  'ebs/standard/storage': { unit: 'GB-months', service: EC2_OTHER },
  'ec2/cpu-credits': { unit: 'vCPU-hours', service: EC2_OTHER },
  'elb/application/hours': { unit: 'hours', service: ELB },
  'elb/application/capacity': { unit: 'LCU-hours', service: ELB },
  'elb/data-out': { unit: 'GB', service: ELB },
  'elb/network/hours': { unit: 'hours', service: ELB },
  'elb/network/capacity': { unit: 'LCU-hours', service: ELB },
  'kms/key': { unit: 'key-months', service: KMS },
  'kms/requests': { unit: 'requests', service: KMS },
  'route53/hosted-zone': { unit: 'zone-months', service: ROUTE53 },
  'route53/queries': { unit: 'queries', service: ROUTE53 },
  's3/intelligent-tiering/infrequent': { unit: 'GB-months', service: S3 },
  's3/intelligent-tiering/monitoring': { unit: 'objects', service: S3 },
  's3/requests/read': { unit: 'requests', service: S3 },
  's3/requests/write': { unit: 'requests', service: S3 },
  's3/storage': { unit: 'GB-months', service: S3 },
  'scheduler/invocations': { unit: 'invocations', service: SCHEDULER },
  'secretsmanager/requests': { unit: 'requests', service: SECRETS },
  'secretsmanager/secret': { unit: 'secret-months', service: SECRETS },
  'sns/email': { unit: 'notifications', service: SNS },
  'sns/http': { unit: 'notifications', service: SNS },
  'sns/requests': { unit: 'requests', service: SNS },
  'sqs/fifo': { unit: 'requests', service: SQS },
  'sqs/standard': { unit: 'requests', service: SQS },
  'vpc/gateway-load-balancer-endpoint/data': { unit: 'GB', service: VPC },
  'vpc/gateway-load-balancer-endpoint/hours': { unit: 'hours', service: VPC },
  'vpc/interface-endpoint/data': { unit: 'GB', service: VPC },
  'vpc/interface-endpoint/hours': { unit: 'hours', service: VPC },
  'vpc/nat-gateway/data': { unit: 'GB', service: EC2_OTHER },
  'vpc/nat-gateway/hours': { unit: 'hours', service: EC2_OTHER },
  'vpc/public-ipv4': { unit: 'hours', service: VPC },
} as const satisfies Readonly<Record<string, Product>>;

/** What the keys of instance types begin with. */
export const INSTANCE_KEYS = 'ec2/instance/';
const INSTANCE_PRODUCT: Product = { unit: 'hours', service: EC2 };

/** The key of a product in a price table. */
export type PriceKey = keyof typeof PRODUCTS | `${typeof INSTANCE_KEYS}${string}`;

/** The key of an instance type: Linux, on demand, shared tenancy. */
export function instanceKey(instanceType: string): PriceKey {
  return `${INSTANCE_KEYS}${instanceType}`;
}

/** Keys a table may hold, without the instance types. */
export const PRICE_KEYS: readonly string[] = Object.keys(PRODUCTS);

/** What is known of a product; undefined when there is none with that key. */
export function productOf(key: string): Product | undefined {
  if (key.startsWith(INSTANCE_KEYS)) return INSTANCE_PRODUCT;
  return Object.hasOwn(PRODUCTS, key) ? PRODUCTS[key as keyof typeof PRODUCTS] : undefined;
}

/** One price of a table. */
export interface Price {
  /** What is paid for {@link per} units. */
  readonly price: Decimal;
  /** A power of ten: AWS quotes requests by the thousand or the million. */
  readonly per: number;
  /** Where it was read. */
  readonly source: string;
  /** Year and month, or day, at which the source had it; null when nobody has read it again since. */
  readonly date: string | null;
}

/** The currencies that AWS lists prices in. */
export type Currency = 'USD' | 'CNY';

/** The currency of a region's list prices. Source: https://www.amazonaws.cn/en/about-aws/china/faqs/ */
export function currencyOf(region: string): Currency {
  return region.startsWith('cn-') ? 'CNY' : 'USD';
}

/** On-demand list prices of one region. Free tiers and volume discounts are not in them. */
export interface PriceTable {
  readonly region: string;
  readonly currency: Currency;
  /** The day since which its prices have been these, `YYYY-MM-DD`. */
  readonly date: string;
  readonly prices: ReadonlyMap<string, Price>;
}

/** What a single unit costs. */
export function unitPriceOf({ price, per }: Price): Decimal {
  return price.scaled(-powerOf(per));
}

/** The unit a price is quoted in: `hours`, `1,000 requests`, `million requests`. */
export function quotedUnit(key: string, { per }: Price): string {
  const unit = productOf(key)?.unit ?? '';
  if (per === 1) return unit;
  return per === 1_000_000 ? `million ${unit}` : `${per.toLocaleString('en-US')} ${unit}`;
}

/** A quantity of single units, counted in the unit the price is quoted in. */
export function quotedQuantity(quantity: Decimal, { per }: Price): Decimal {
  return quantity.scaled(-powerOf(per));
}

function powerOf(ten: number): number {
  return Math.round(Math.log10(ten));
}
