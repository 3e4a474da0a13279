import {
  type BucketContents,
  type DoomedBucket,
  describeContents,
  doomedBuckets,
  type Obstacle,
  protections,
} from '../domain/destruction/protections.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { mapBounded } from './map-bounded.js';
import { type PreparePorts, prepareDeployment } from './prepare-deployment.js';

/** Buckets that are asked about at the same time. */
const AT_ONCE = 4;

/** What to destroy. */
export interface DestroyOptions {
  readonly binding: Binding;
  /** Takes the operation lock, and waits so many seconds for it. Left out by who changes nothing. */
  readonly hold: { readonly waitSeconds: number } | undefined;
}

/** A bucket that would go, with what is in it. */
export type CountedBucket = DoomedBucket & { readonly contents: BucketContents };

/** A destruction that was planned and looked into. Nothing has changed yet. */
export interface PreparedDestroy {
  readonly prepared: PreparedDeployment;
  readonly buckets: readonly CountedBucket[];
  /** What AWS would refuse in the middle of it. */
  readonly obstacles: readonly Obstacle[];
}

/**
 * Plans the destruction of an environment and looks for what would stop it halfway. Fails (exit 3) with
 * `DestroyNotAllowedByPolicy` before anything is asked of AWS. Changes nothing.
 */
export async function prepareDestroy(
  ports: PreparePorts & Pick<Ports, 'bucketContents'>,
  { binding, hold }: DestroyOptions,
): Promise<PreparedDestroy> {
  refuseByPolicy(binding);
  const prepared = await prepareDeployment(ports, {
    binding,
    operation: 'destroy',
    purpose: { kind: 'destroy' },
    hold,
  });
  try {
    let buckets: readonly CountedBucket[] = [];
    await ports.progress.run([
      {
        title: 'Obstacles',
        run: async (report) => {
          buckets = await abandonOnInterrupt(
            ports.interruption,
            mapBounded(doomedBuckets(prepared.plan), AT_ONCE, async (doomed) => ({
              ...doomed,
              contents: await ports.bucketContents.count(binding, doomed.bucket, doomed.region),
            })),
          );
          const found = protections(prepared.plan).length + buckets.filter(isInTheWay).length;
          report.result(found === 0 ? 'none' : String(found));
        },
      },
    ]);
    const full = buckets.filter(isInTheWay).map(({ address, bucket, contents }) => ({
      address,
      what: `the bucket ${bucket} is not empty (${describeContents(contents)})`,
    }));
    return { prepared, buckets, obstacles: [...protections(prepared.plan), ...full] };
  } catch (error) {
    await prepared.release();
    throw error;
  }
}

function isInTheWay({ emptied, contents }: CountedBucket): boolean {
  return !emptied && (contents.versions > 0 || contents.more);
}

function refuseByPolicy({ name, policy }: Binding): void {
  if (policy.destroyable) return;
  throw new MhtctlError({
    code: 'DestroyNotAllowedByPolicy',
    outcome: 'refused',
    message: `"${name}" is not to be destroyed, by policy${policy.protected ? ': it is protected' : ''}`,
    nextSteps: [
      `only if the team has decided it: destroyable = true in the block environment "${name}" of terraform/policy.hcl`,
    ],
  });
}

/** Refuses (exit 3) a destruction that would stop halfway, with everything that is in its way at once. */
export function refuseObstacles(binding: Binding, { obstacles, buckets }: PreparedDestroy): void {
  if (obstacles.length === 0) return;
  const full = buckets.filter(isInTheWay);
  throw new MhtctlError({
    code: 'DestroyBlocked',
    outcome: 'refused',
    message: [
      `"${binding.name}" cannot be destroyed as it is; nothing was changed:`,
      ...obstacles.map(({ address, what }) => `  ${address} ${what}`),
    ].join('\n'),
    nextSteps: [
      ...full.map(({ bucket }) => `see whether it is still wanted: aws s3 ls s3://${bucket} --recursive --summarize`),
      `take the protection away and let buckets be emptied: deletion_protection = false in ${binding.variablesFile}, then: mhtctl deploy ${binding.name}`,
      `then again: mhtctl destroy ${binding.name}`,
    ],
  });
}
