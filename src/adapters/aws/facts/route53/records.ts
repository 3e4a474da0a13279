import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { dnsName } from '../../../../domain/separation/state-facts.js';
import type { Reading } from '../reading.js';

/** Types of records whose values end with a name; before it may be a priority, a weight, a port. */
const NAMES: ReadonlySet<string> = new Set(['CNAME', 'MX', 'NS', 'PTR', 'SRV']);

/**
 * Types whose values are a priority, a name and parameters, among them addresses of the name.
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#HTTPSFormat
 */
const SERVICES: ReadonlySet<string> = new Set(['HTTPS', 'SVCB']);

/**
 * Notes a record and what it answers. It is a part of its zone, and known as Terraform knows it: by zone, name and type.
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
 */
export function noteRecord(
  reading: Reading,
  zone: { readonly id: string; readonly zoneId: string },
  record: ResourceRecordSet,
): void {
  const { Name = '', Type = '', SetIdentifier, AliasTarget, ResourceRecords = [] } = record;
  const name = recordName(Name);
  const id = [zone.zoneId, name, Type, ...(SetIdentifier === undefined ? [] : [SetIdentifier])].join('/');
  reading.resource({ id, type: 'aws_route53_record', name, partOf: zone.id });
  const target = AliasTarget?.DNSName === undefined ? undefined : dnsName(unescaped(AliasTarget.DNSName));
  reading.relation({ kind: 'dns-record', from: id, to: target, where: 'AliasTarget' });
  for (const { Value = '' } of ResourceRecords) {
    for (const to of targetsOf(Type, Value)) {
      reading.relation({ kind: 'dns-record', from: id, to, where: 'ResourceRecords' });
    }
  }
}

/** The names and addresses that a record's value leads to. */
function targetsOf(type: string, value: string): readonly string[] {
  if (NAMES.has(type)) return [dnsName(unescaped(value.slice(value.lastIndexOf(' ') + 1)))];
  if (!SERVICES.has(type)) return [value];
  const [, target = '', ...parameters] = value.trim().split(/\s+/);
  const hints = parameters.flatMap((parameter) => /^ipv[46]hint="?([^"]*)/.exec(parameter)?.[1]?.split(',') ?? []);
  // A dot alone means the record's own name.
  return [...(target === '.' ? [] : [dnsName(unescaped(target))]), ...hints];
}

/** The name of a zone or a record as everybody writes it: lower case, without the last dot. */
export function recordName(name: string): string {
  return unescaped(name).toLowerCase().replace(/\.$/, '');
}

/**
 * Route 53 answers `*` and other characters by their octal code.
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
function unescaped(name: string): string {
  return name.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
