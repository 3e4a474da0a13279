import type { Binding } from './environment.js';
import type { MigrationMark } from './migration/mark.js';

/** What AWS says of a state bucket. */
export interface BucketFacts {
  readonly exists: boolean;
  readonly versioned: boolean;
  /** Server-side encryption algorithm, `AES256` or `aws:kms`; null when none is set. */
  readonly encryption: string | null;
  readonly publicAccessBlocked: boolean;
  /** `no-tls` where AWS is emulated over plain HTTP: a bucket that refuses that would refuse us. */
  readonly tlsOnly: boolean | 'no-tls';
  readonly tags: Readonly<Record<string, string>>;
}

/** What AWS says of a lock table. */
export interface LockTableFacts {
  readonly exists: boolean;
  readonly pointInTimeRecovery: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** The state backend of an environment as it is. {@link lockTable} is null when the backend file names none. */
export interface BackendFacts {
  readonly bucket: BucketFacts;
  readonly lockTable: LockTableFacts | null;
  /** What lies beside the state and says that it was migrated away; null where nothing does. */
  readonly migrated: MigrationMark | null;
}

/** One property a backend should have and whether it has it. */
export interface BackendRequirement {
  readonly resource: 'bucket' | 'lockTable';
  /** As in "the bucket is not ...". */
  readonly property: string;
  readonly met: boolean;
  /** Whether a deployment is refused without it; the others are repaired by `bootstrap` and only warned of. */
  readonly essential: boolean;
}

/** Tags that the backend's own resources carry, so that the cost and the inventory of an environment include them. */
export function backendTags(binding: Binding): Readonly<Record<string, string>> {
  const project = binding.variables['project_name'];
  return {
    Environment: binding.name,
    ...(typeof project === 'string' ? { Project: project } : {}),
    ManagedBy: 'mhtctl',
  };
}

/** Everything mhtctl asks of a state backend, with what it found. `bootstrap` repairs, `deploy` checks the same list. */
export function backendRequirements(facts: BackendFacts, binding: Binding): readonly BackendRequirement[] {
  const wanted = backendTags(binding);
  const tagged = (tags: Readonly<Record<string, string>>) =>
    Object.entries(wanted).every(([key, value]) => tags[key] === value);
  const { bucket, lockTable } = facts;
  const requirement = (
    resource: BackendRequirement['resource'],
    property: string,
    met: boolean,
    essential = false,
  ): BackendRequirement => ({ resource, property, met, essential });
  return [
    requirement('bucket', 'there', bucket.exists, true),
    requirement('bucket', 'versioned', bucket.versioned, true),
    requirement('bucket', 'encrypted', bucket.encryption !== null, true),
    requirement('bucket', 'private', bucket.publicAccessBlocked, true),
    requirement('bucket', 'TLS-only', bucket.tlsOnly !== false),
    requirement('bucket', 'tagged', tagged(bucket.tags)),
    ...(lockTable === null
      ? []
      : [
          requirement('lockTable', 'there', lockTable.exists, true),
          requirement('lockTable', 'recoverable to a point in time', lockTable.pointInTimeRecovery),
          requirement('lockTable', 'tagged', tagged(lockTable.tags)),
        ]),
  ];
}
