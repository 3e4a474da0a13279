/** The parts of an ARN: `arn:partition:service:region:account:resource`. Region and account may be empty. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

const ARN = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.*)$/s;

/**
 * Takes an ARN apart; undefined when the text is none.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const [, partition, service, region, accountId, resource] = ARN.exec(text) ?? [];
  if (partition === undefined || service === undefined || region === undefined) return undefined;
  return accountId === undefined || resource === undefined
    ? undefined
    : { partition, service, region, accountId, resource };
}

/** An id that EC2 gave: a short prefix and 8 or 17 hexadecimal digits. */
const EC2_ID = /^[a-z]{1,12}(?:-[a-z]{1,6})*-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** Whether a text is an id of EC2, like `vpc-0123456789abcdef0`. Such ids are unique over all accounts and regions. */
export function isEc2Id(text: string): boolean {
  return EC2_ID.test(text);
}

/**
 * The one spelling of an identifier by which two facts about the same resource are known to be: the bare id of an EC2
 * resource, a bucket's ARN for its objects, a log group's ARN without `:*`, and any other text as it is.
 */
export function canonicalId(text: string): string {
  const arn = parseArn(text);
  if (arn === undefined) return text;
  if (arn.service === 'ec2') {
    const id = arn.resource.slice(arn.resource.indexOf('/') + 1);
    return isEc2Id(id) ? id : text;
  }
  if (arn.service === 's3' && arn.accountId === '') {
    const bucket = arn.resource.split('/')[0];
    // A text that is canonical is returned itself, not a copy: there may be very many.
    return arn.resource === bucket && arn.region === '' ? text : `arn:${arn.partition}:s3:::${bucket}`;
  }
  if (arn.service === 'logs') return text.replace(/:\*$/, '').replace(/:log-stream:.*$/, '');
  if (arn.service === 'dynamodb') return text.replace(/\/(?:stream|index|export|backup)\/.*$/, '');
  return text;
}

const PLANNED = 'planned:';

/** The identifier of a resource that a plan will make, until AWS gives it one of its own. */
export function plannedId(address: string): string {
  return `${PLANNED}${address}`;
}

/** Whether an identifier is of a resource that is not made yet. */
export function isPlannedId(id: string): boolean {
  return id.startsWith(PLANNED);
}
