import {
  type BackendFacts,
  type BucketFacts,
  backendTags,
  type LockTableFacts,
} from '../../src/domain/backend-facts.js';
import type { Binding } from '../../src/domain/environment.js';

/** A backend that is as it should be, apart from what a test says. */
export function factsOf(
  binding: Binding,
  parts: { readonly bucket?: Partial<BucketFacts>; readonly lockTable?: Partial<LockTableFacts> } = {},
): BackendFacts {
  const tags = backendTags(binding);
  return {
    bucket: {
      exists: true,
      versioned: true,
      encryption: 'aws:kms',
      publicAccessBlocked: true,
      tlsOnly: true,
      tags,
      ...parts.bucket,
    },
    lockTable:
      binding.backend.lockTable === undefined
        ? null
        : { exists: true, pointInTimeRecovery: true, tags, ...parts.lockTable },
    migrated: null,
  };
}

/** A backend of which nothing is there. */
export function absentBackend(binding: Binding): BackendFacts {
  return factsOf(binding, {
    bucket: { exists: false, versioned: false, encryption: null, publicAccessBlocked: false, tlsOnly: false, tags: {} },
    lockTable: { exists: false, pointInTimeRecovery: false, tags: {} },
  });
}
