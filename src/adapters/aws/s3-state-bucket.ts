import type { Backend } from '../../domain/environment.js';
import type { StateBucket } from '../../ports/state-bucket.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { AwsClients } from './clients.js';

/** Objects beside states, by the API of S3. */
export class S3StateBucket implements StateBucket {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async read(backend: Backend, Key: string): Promise<string | null> {
    const [{ GetObjectCommand }, client] = await this.#s3(backend);
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: backend.bucket, Key }));
      return (await Body?.transformToString('utf8')) ?? '';
    } catch (error) {
      if (isAwsError(error, 'NoSuchKey', 'NoSuchBucket')) return null;
      throw awsFailure(error, 's3:GetObject', `s3://${backend.bucket}/${Key}`);
    }
  }

  async write(backend: Backend, Key: string, Body: string): Promise<void> {
    const [{ PutObjectCommand }, client] = await this.#s3(backend);
    const { bucket: Bucket, kmsKeyId } = backend;
    const encryption =
      kmsKeyId === undefined ? {} : ({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId } as const);
    const put = new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json', ...encryption });
    await client.send(put).catch((error: unknown) => {
      throw awsFailure(error, 's3:PutObject', `s3://${Bucket}/${Key}`);
    });
  }

  async remove(backend: Backend, Key: string): Promise<void> {
    const [{ DeleteObjectCommand }, client] = await this.#s3(backend);
    await client.send(new DeleteObjectCommand({ Bucket: backend.bucket, Key })).catch((error: unknown) => {
      throw awsFailure(error, 's3:DeleteObject', `s3://${backend.bucket}/${Key}`);
    });
  }

  async #s3(backend: Backend) {
    return Promise.all([import('./sdk/s3.js'), this.#clients.s3({ backend })]);
  }
}
