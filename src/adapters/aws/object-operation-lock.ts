import type { S3Client } from '@aws-sdk/client-s3';
import type { Binding } from '../../domain/environment.js';
import { type OperationClaim, operationClaimOf } from '../../domain/operation-lock.js';
import type { OperationLock } from '../../ports/operation-lock.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { AwsClients } from './clients.js';
import { unreadableClaim } from './unreadable-claim.js';

/** A claim as it lies in the bucket. */
interface Kept {
  readonly claim: OperationClaim;
  readonly etag: string | undefined;
}

/**
 * The operation lock as an object beside the state, for an environment without a lock table (`use_lockfile` alone).
 * Source of the conditions: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class ObjectOperationLock implements OperationLock {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async take(binding: Binding, claim: OperationClaim): Promise<OperationClaim | null> {
    for (;;) {
      if (await this.#put(binding, claim, { IfNoneMatch: '*' })) return null;
      const kept = await this.#kept(binding);
      // The SDK repeats a put whose answer was lost: then the claim that is in the way is this one.
      if (kept?.claim.id === claim.id) return null;
      // Given back in between: it is free.
      if (kept !== null) return kept.claim;
    }
  }

  async renew(binding: Binding, claim: OperationClaim): Promise<boolean> {
    const kept = await this.#kept(binding);
    if (kept?.claim.id !== claim.id) return false;
    return this.#put(binding, claim, { IfMatch: kept.etag });
  }

  async release(binding: Binding, id: string): Promise<boolean> {
    const kept = await this.#kept(binding);
    if (kept?.claim.id !== id) return false;
    const { Bucket, Key, origin } = objectOf(binding);
    const [{ DeleteObjectCommand }, client] = await this.#s3(binding);
    try {
      await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: kept.etag }));
      return true;
    } catch (error) {
      if (isAwsError(error, 'PreconditionFailed')) return false;
      throw awsFailure(error, 's3:DeleteObject', origin);
    }
  }

  async holder(binding: Binding): Promise<OperationClaim | null> {
    return (await this.#kept(binding))?.claim ?? null;
  }

  async #kept(binding: Binding): Promise<Kept | null> {
    const { Bucket, Key, origin } = objectOf(binding);
    const [{ GetObjectCommand }, client] = await this.#s3(binding);
    try {
      const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const text = (await Body?.transformToString('utf8')) ?? '';
      return { claim: operationClaimOf(text) ?? unreadableClaim(undefined), etag: ETag };
    } catch (error) {
      if (isAwsError(error, 'NoSuchKey', 'NoSuchBucket')) return null;
      throw awsFailure(error, 's3:GetObject', origin);
    }
  }

  async #put(
    binding: Binding,
    claim: OperationClaim,
    condition: { readonly IfNoneMatch?: '*'; readonly IfMatch?: string | undefined },
  ): Promise<boolean> {
    const { Bucket, Key, origin } = objectOf(binding);
    const [{ PutObjectCommand }, client] = await this.#s3(binding);
    try {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body: `${JSON.stringify(claim, null, 2)}\n`,
          ContentType: 'application/json',
          ...condition,
        }),
      );
      return true;
    } catch (error) {
      // Two conditional writes at once: S3 tells one of them to try again, which here means to look who won.
      if (isAwsError(error, 'PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey')) return false;
      throw awsFailure(error, 's3:PutObject', origin);
    }
  }

  #s3(binding: Binding): Promise<[typeof import('./sdk/s3.js'), S3Client]> {
    return Promise.all([import('./sdk/s3.js'), this.#clients.s3(binding)]);
  }
}

function objectOf({ backend }: Binding) {
  const Key = `${backend.key}.operation-lock.json`;
  return { Bucket: backend.bucket, Key, origin: `s3://${backend.bucket}/${Key}` };
}
