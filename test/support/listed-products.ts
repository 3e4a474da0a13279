/** A product of AWS's price list in a few words: `beginRange` and price of each of its tiers. */
export interface ListedRow {
  readonly service: string;
  readonly family?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly tiers: readonly (readonly [from: string, price: string])[];
}

/** The document in which the Price List Query API gives a product, member for member as AWS documents it. */
export function listedDocument(row: ListedRow, currency = 'USD'): string {
  const sku = skuOf(row);
  const code = `${sku}.JRTCKXETXF`;
  const priceDimensions = Object.fromEntries(
    row.tiers.map(([beginRange, price], index) => {
      const rateCode = `${code}.${String(index).padStart(10, '0')}`;
      return [
        rateCode,
        {
          unit: row.unit,
          endRange: row.tiers[index + 1]?.[0] ?? 'Inf',
          description: `${price} per ${row.unit}`,
          appliesTo: [],
          rateCode,
          beginRange,
          pricePerUnit: { [currency]: price },
        },
      ];
    }),
  );
  return JSON.stringify({
    product: {
      ...(row.family === undefined ? {} : { productFamily: row.family }),
      attributes: { servicecode: row.service, ...row.attributes },
      sku,
    },
    serviceCode: row.service,
    terms: {
      OnDemand: {
        [code]: {
          priceDimensions,
          sku,
          effectiveDate: '2026-11-01T00:00:00Z',
          offerTermCode: 'JRTCKXETXF',
          termAttributes: {},
        },
      },
    },
    version: '20261120000000',
    publicationDate: '2026-11-20T00:00:00Z',
  });
}

/** Whether AWS would give a product for these filters. */
export function matches({ family, attributes }: ListedRow, filters: Readonly<Record<string, string>>): boolean {
  return Object.entries(filters).every(
    ([field, value]) => (field === 'productFamily' ? family : attributes[field]) === value,
  );
}

/**
 * What AWS lists in a region, with the usage types of its prefix, at us-east-1's prices unless another factor is given.
 * Families, usage types, units and tiers are those of the public offer files,
 * https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/index.json, with neighbours that a careless query would take.
 */
export function listedIn(regionCode: string, prefix: string, factor = 1): readonly ListedRow[] {
  const scaled = (tiers: ListedRow['tiers']) =>
    tiers.map(([from, price]) => [from, (Number(price) * factor).toFixed(10)] as const);
  const row = (
    service: string,
    family: string | undefined,
    usage: string,
    unit: string,
    tiers: ListedRow['tiers'],
    more: Readonly<Record<string, string>> = {},
  ): ListedRow => ({
    service,
    ...(family === undefined ? {} : { family }),
    attributes: { regionCode, usagetype: `${prefix}${usage}`, ...more },
    unit,
    tiers: scaled(tiers),
  });
  const flat = (price: string) => [['0', price]] as const;
  const instance = (instanceType: string, price: string, more: Readonly<Record<string, string>> = {}) =>
    row('AmazonEC2', 'Compute Instance', `BoxUsage:${instanceType}`, 'Hrs', flat(price), {
      instanceType,
      operatingSystem: 'Linux',
      tenancy: 'Shared',
      preInstalledSw: 'NA',
      capacitystatus: 'Used',
      licenseModel: 'No License required',
      ...more,
    });
  const volume = (volumeApiName: string, usage: string, price: string, unit = 'GB-Mo') =>
    row('AmazonEC2', 'Storage', usage, unit, flat(price), { volumeApiName });
  const iops = (volumeApiName: string, usage: string, price: string, unit = 'IOPS-Mo') =>
    row('AmazonEC2', 'System Operation', usage, unit, flat(price), { volumeApiName });
  const dynamo = (family: string, usage: string, unit: string, tiers: ListedRow['tiers'], group = '') =>
    row('AmazonDynamoDB', family, usage, unit, tiers, { group });
  const balancer = (kind: string, usage: string, unit: string, price: string) =>
    row('AWSELB', `Load Balancer-${kind}`, usage, unit, flat(price), { operation: `LoadBalancing:${kind}` });
  const endpoint = (usage: string, unit: string, tiers: ListedRow['tiers']) =>
    row('AmazonVPC', 'VpcEndpoint', usage, unit, tiers, { group: 'VPCE:VpcEndpoint' });
  const s3 = (family: string, usage: string, unit: string, tiers: ListedRow['tiers'], more: Record<string, string>) =>
    row('AmazonS3', family, usage, unit, tiers, more);
  const queue = (queueType: string, usage: string, price: string) =>
    row(
      'AWSQueueService',
      'API Request',
      usage,
      'Requests',
      [
        ['0', price],
        ['100000000000', '0.0000001'],
      ],
      { queueType },
    );
  return [
    row('AWSCertificateManager', 'AWS Certificate Manager', 'PrivateCertificatesIssued', 'Certificates', [
      ['0', '0.75'],
      ['1000', '0.35'],
    ]),
    row('AWSCertificateManager', 'AWS Certificate Manager', 'PaidPrivateCA', 'CertificateAuthorities', flat('400')),
    row('AmazonCloudWatch', 'Alarm', 'CW:AlarmMonitorUsage', 'Alarms', flat('0.1')),
    row('AmazonCloudWatch', 'Alarm', 'CW:HighResAlarmMonitorUsage', 'Alarms', flat('0.3')),
    row('AmazonCloudWatch', 'Alarm', 'CW:CompositeAlarmMonitorUsage', 'Alarms', flat('0.5')),
    // The last tier first: AWS promises no order.
    row('AmazonCloudWatch', 'Metric', 'CW:MetricMonitorUsage', 'Metrics', [
      ['1000000', '0.02'],
      ['250000', '0.05'],
      ['10000', '0.1'],
      ['0', '0.3'],
    ]),
    row('AmazonCloudWatch', 'Data Payload', 'DataProcessing-Bytes', 'GB', flat('0.5')),
    row('AmazonCloudWatch', 'Data Payload', 'DataProcessingIA-Bytes', 'GB', flat('0.25')),
    row('AmazonCloudWatch', 'Data Payload', 'VendedLog-Bytes', 'GB', [
      ['0', '0.5'],
      ['10240', '0.25'],
    ]),
    row('AmazonCloudWatch', 'Storage Snapshot', 'TimedStorage-ByteHrs', 'GB-Mo', flat('0.03')),
    dynamo('Database Storage', 'TimedStorage-ByteHrs', 'GB-Mo', [
      ['0', '0'],
      ['25', '0.25'],
    ]),
    dynamo('Database Storage', 'IA-TimedStorage-ByteHrs', 'GB-Mo', flat('0.1')),
    dynamo('Database Storage', 'TimedPITRStorage-ByteHrs', 'GB-Mo', flat('0.2')),
    dynamo(
      'Provisioned IOPS',
      'ReadCapacityUnit-Hrs',
      'ReadCapacityUnit-Hrs',
      [
        ['0', '0'],
        ['18600', '0.00013'],
      ],
      'DDB-ReadUnits',
    ),
    dynamo(
      'Provisioned IOPS',
      'WriteCapacityUnit-Hrs',
      'WriteCapacityUnit-Hrs',
      [
        ['0', '0'],
        ['18600', '0.00065'],
      ],
      'DDB-WriteUnits',
    ),
    dynamo(
      'Amazon DynamoDB PayPerRequest Throughput',
      'ReadRequestUnits',
      'ReadRequestUnits',
      flat('0.000000125'),
      'DDB-ReadUnits',
    ),
    dynamo(
      'Amazon DynamoDB PayPerRequest Throughput',
      'WriteRequestUnits',
      'WriteRequestUnits',
      flat('0.000000625'),
      'DDB-WriteUnits',
    ),
    volume('gp2', 'EBS:VolumeUsage.gp2', '0.1'),
    volume('gp3', 'EBS:VolumeUsage.gp3', '0.08'),
    volume('io1', 'EBS:VolumeUsage.piops', '0.125'),
    volume('io2', 'EBS:VolumeUsage.io2', '0.125', 'GB-month'),
    volume('sc1', 'EBS:VolumeUsage.sc1', '0.015'),
    volume('st1', 'EBS:VolumeUsage.st1', '0.045'),
    volume('standard', 'EBS:VolumeUsage', '0.05'),
    iops('gp3', 'EBS:VolumeP-IOPS.gp3', '0.005'),
    iops('io1', 'EBS:VolumeP-IOPS.piops', '0.065'),
    iops('io2', 'EBS:VolumeP-IOPS.io2', '0.065'),
    iops('io2', 'EBS:VolumeP-IOPS.io2.tier2', '0.0455'),
    iops('standard', 'EBS:VolumeIOUsage', '0.00000005', 'IOs'),
    row('AmazonEC2', 'Provisioned Throughput', 'EBS:VolumeP-Throughput.gp3', 'GiBps-mo', flat('40.96'), {
      volumeApiName: 'gp3',
    }),
    row('AmazonEC2', 'CPU Credits', 'CPUCredits:t3', 'vCPU-Hours', flat('0.05'), { operatingSystem: 'Linux' }),
    row('AmazonEC2', 'CPU Credits', 'CPUCredits:t4g', 'vCPU-Hours', flat('0.04'), { operatingSystem: 'Linux' }),
    row('AmazonEC2', 'CPU Credits', 'CPUCredits:t3', 'vCPU-Hours', flat('0.096'), { operatingSystem: 'Windows' }),
    instance('m3.large', '0.133'),
    instance('m3.medium', '0.067'),
    instance('t2.medium', '0.0464'),
    instance('t2.micro', '0.0116'),
    instance('t3.large', '0.0832'),
    instance('t3.medium', '0.0416'),
    instance('t3.medium', '0.0600', { operatingSystem: 'Windows' }),
    instance('t3.medium', '0', { capacitystatus: 'AllocatedCapacityReservation' }),
    instance('t3.micro', '0.0104'),
    instance('t3.small', '0.0208'),
    row('AmazonEC2', 'NAT Gateway', 'NatGateway-Hours', 'Hrs', flat('0.045')),
    row('AmazonEC2', 'NAT Gateway', 'NatGateway-Bytes', 'GB', flat('0.045')),
    row('AmazonEC2', 'NAT Gateway', 'NatGateway-Prvd-Bytes', 'GB', flat('0.02')),
    balancer('Application', 'LoadBalancerUsage', 'Hrs', '0.0225'),
    balancer('Application', 'TS-LoadBalancerUsage', 'Hrs', '0.0056'),
    balancer('Application', 'LCUUsage', 'LCU-Hrs', '0.008'),
    balancer('Application', 'Outposts-LCUUsage', 'LCU-Hrs', '0'),
    balancer('Application', 'ReservedLCUUsage', 'ReservedLCU-Hr', '0.007'),
    balancer('Network', 'LoadBalancerUsage', 'Hrs', '0.0225'),
    balancer('Network', 'LCUUsage', 'LCU-Hrs', '0.006'),
    {
      service: 'AWSDataTransfer',
      family: 'Data Transfer',
      attributes: {
        fromRegionCode: regionCode,
        transferType: 'AWS Outbound',
        toLocation: 'External',
        usagetype: `${prefix}DataTransfer-Out-Bytes`,
      },
      unit: 'GB',
      tiers: scaled([
        ['0', '0.09'],
        ['10240', '0.085'],
        ['51200', '0.07'],
      ]),
    },
    row('awskms', 'Encryption Key', `KMS-Keys`, 'Keys', flat('1'), { usagetype: `${regionCode}-KMS-Keys` }),
    row('awskms', 'API Request', 'KMS-Requests', 'Requests', flat('0.000003'), {
      usagetype: `${regionCode}-KMS-Requests`,
    }),
    row('awskms', 'API Request', 'KMS-Requests', 'Requests', flat('0.000015'), {
      usagetype: `${regionCode}-KMS-Requests-Asymmetric`,
    }),
    s3(
      'Storage',
      'TimedStorage-ByteHrs',
      'GB-Mo',
      [
        ['512000', '0.021'],
        ['0', '0.023'],
        ['51200', '0.022'],
      ],
      { volumeType: 'Standard' },
    ),
    s3('Storage', 'TimedStorage-INT-IA-ByteHrs', 'GB-Mo', flat('0.0125'), {
      volumeType: 'Intelligent-Tiering Infrequent Access',
    }),
    s3('Fee', 'Monitoring-Automation-INT', 'Objects', flat('0.0000025'), {}),
    s3('Fee', 'TagStorage-TagHrs', 'Tag-Mo', flat('0.0000001'), {}),
    s3('API Request', 'Requests-Tier1', 'Requests', flat('0.000005'), { group: 'S3-API-Tier1' }),
    s3('API Request', 'Requests-Tier2', 'Requests', flat('0.0000004'), { group: 'S3-API-Tier2' }),
    row('AWSEvents', 'EventBridge', 'ScheduledInvocation', 'Invocations', flat('0.000001')),
    row('AWSEvents', 'EventBridge', 'Event-64K-Chunks', '64K-Chunks', flat('0.000001')),
    row('AWSSecretsManager', 'Secret', 'AWSSecretsManager-Secrets', 'Secrets', flat('0.4')),
    row('AWSSecretsManager', 'API Request', 'AWSSecretsManagerAPIRequest', 'API Requests', flat('0.000005')),
    row('AmazonSNS', 'API Request', 'Requests-Tier1', 'Requests', [
      ['0', '0'],
      ['1000000', '0.0000005'],
    ]),
    row(
      'AmazonSNS',
      'Message Delivery',
      'DeliveryAttempts-HTTP',
      'Notifications',
      [
        ['0', '0'],
        ['100000', '0.0000006'],
      ],
      { endpointType: 'HTTP' },
    ),
    row(
      'AmazonSNS',
      'Message Delivery',
      'DeliveryAttempts-SMTP',
      'Notifications',
      [
        ['0', '0'],
        ['1000', '0.00002'],
      ],
      { endpointType: 'SMTP' },
    ),
    queue('Standard', 'Requests-RBP', '0.0000004'),
    queue('FIFO (first-in, first-out)', 'Requests-FIFO-RBP', '0.0000005'),
    queue('Fair', 'Requests-Fair-RBP', '0.00000011'),
    endpoint('VpcEndpoint-Hours', 'Hrs', flat('0.01')),
    endpoint('VpcEndpoint-Bytes', 'GB', [
      ['0', '0.01'],
      ['1048576', '0.006'],
    ]),
    endpoint('VpcEndpoint-GWLBE-Hours', 'Hrs', flat('0.01')),
    endpoint('VpcEndpoint-GWLBE-Bytes', 'GB', flat('0.0035')),
    row('AmazonVPC', undefined, 'PublicIPv4:InUseAddress', 'Hrs', flat('0.005'), { group: 'VPCPublicIPv4Address' }),
    row('AmazonVPC', undefined, 'PublicIPv4:IdleAddress', 'Hrs', flat('0.005'), { group: 'VPCPublicIPv4Address' }),
  ];
}

/** What has one price everywhere. */
export const LISTED_EVERYWHERE: readonly ListedRow[] = [
  {
    service: 'AmazonRoute53',
    family: 'DNS Zone',
    attributes: { usagetype: 'HostedZone' },
    unit: 'HostedZone',
    tiers: [
      ['0', '0.5'],
      ['25', '0.1'],
    ],
  },
  {
    service: 'AmazonRoute53',
    family: 'DNS Query',
    attributes: { usagetype: 'DNS-Queries', routingType: 'Standard' },
    unit: 'Queries',
    tiers: [
      ['0', '0.0000004'],
      ['1000000000', '0.0000002'],
    ],
  },
];

/** A name for the product, the same for the same product. */
function skuOf({ service, attributes }: ListedRow): string {
  return `${service}-${Object.values(attributes).join('-')}`.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
}
