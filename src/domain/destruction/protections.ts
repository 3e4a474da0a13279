import { destroysObject, type Json, type Plan } from '../plan.js';

/** Why something could not be destroyed: AWS, or Terraform, would refuse in the middle. */
export interface Obstacle {
  readonly address: string;
  readonly what: string;
}

/** Attributes that make AWS refuse a deletion, and the value with which they do. */
const PROTECTIONS: Readonly<Record<string, Json>> = {
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#deletion-protection
  enable_deletion_protection: true,
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
  deletion_protection_enabled: true,
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html
  disable_api_termination: true,
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
  deletion_protection: true,
};

/** What a plan would delete and AWS protects from it, as AWS said when the plan was made. */
export function protections({ changes }: Pick<Plan, 'changes'>): readonly Obstacle[] {
  return changes.filter(destroysObject).flatMap(({ address, before }) => {
    const attributes = attributesOf(before);
    return Object.entries(PROTECTIONS)
      .filter(([name, value]) => attributes[name] === value)
      .map(([name]) => ({ address, what: `is protected from deletion (${name})` }));
  });
}

/** A bucket that a plan would delete. */
export interface DoomedBucket {
  readonly address: string;
  readonly bucket: string;
  readonly region: string | undefined;
  /** Whether Terraform empties it first. */
  readonly emptied: boolean;
}

/** The buckets that a plan would delete. S3 deletes none that holds an object, or an earlier version of one. */
export function doomedBuckets({ changes }: Pick<Plan, 'changes'>): readonly DoomedBucket[] {
  return changes
    .filter((change) => change.type === 'aws_s3_bucket' && destroysObject(change))
    .flatMap(({ address, before }) => {
      const { bucket, region, force_destroy: emptied } = attributesOf(before);
      if (typeof bucket !== 'string') return [];
      return [{ address, bucket, region: typeof region === 'string' ? region : undefined, emptied: emptied === true }];
    });
}

/** What a bucket holds, as far as it was counted. */
export interface BucketContents {
  /** Objects, earlier versions and deletion marks. */
  readonly versions: number;
  /** Whether there are more than were counted. */
  readonly more: boolean;
}

/** How many there are, in words: `12`, or `at least 1000`. */
export function describeContents({ versions, more }: BucketContents): string {
  return `${more ? 'at least ' : ''}${versions} ${versions === 1 ? 'object or version' : 'objects and versions'}`;
}

/** What stays for a while after its deletion, and what does not: the time to change one's mind. */
export function recoveryWindows({ changes }: Pick<Plan, 'changes'>): readonly Obstacle[] {
  return changes.filter(destroysObject).flatMap(({ address, type, before }) => {
    const { recovery_window_in_days: recovery, deletion_window_in_days: deletion } = attributesOf(before);
    if (type === 'aws_secretsmanager_secret') {
      return [
        { address, what: recovery === 0 ? 'is gone at once' : `can be restored for ${String(recovery ?? 30)} days` },
      ];
    }
    if (type !== 'aws_kms_key') return [];
    return [{ address, what: `is deleted after ${String(deletion ?? 30)} days; until then that can be cancelled` }];
  });
}

function attributesOf(value: Json): { readonly [name: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as { readonly [name: string]: Json })
    : {};
}
