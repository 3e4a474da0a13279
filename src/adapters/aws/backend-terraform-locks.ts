import type { Binding } from '../../domain/environment.js';
import { type TerraformLock, terraformLockOf } from '../../domain/terraform-lock.js';
import type { TerraformLocks } from '../../ports/terraform-locks.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { AwsClients } from './clients.js';

/**
 * Terraform's locks where its S3 backend keeps them: the item `<bucket>/<key>` of the lock table, and the object
 * `<key>.tflock`. Source: https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
export class BackendTerraformLocks implements TerraformLocks {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async held(binding: Binding): Promise<readonly TerraformLock[]> {
    const locks = await Promise.all([this.#inTable(binding), this.#besideState(binding)]);
    return locks.filter((lock) => lock !== null);
  }

  async #inTable(binding: Binding): Promise<TerraformLock | null> {
    const { lockTable: TableName, bucket, key } = binding.backend;
    if (TableName === undefined) return null;
    const [{ GetItemCommand }, client] = await Promise.all([
      import('./sdk/dynamodb.js'),
      this.#clients.dynamodb(binding),
    ]);
    try {
      const Key = { LockID: { S: `${bucket}/${key}` } };
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      return Item === undefined ? null : terraformLockOf(Item['Info']?.S ?? '', 'table');
    } catch (error) {
      if (isAwsError(error, 'ResourceNotFoundException')) return null;
      throw awsFailure(error, 'dynamodb:GetItem', TableName);
    }
  }

  async #besideState(binding: Binding): Promise<TerraformLock | null> {
    const { bucket: Bucket, key } = binding.backend;
    const Key = `${key}.tflock`;
    const [{ GetObjectCommand }, client] = await Promise.all([import('./sdk/s3.js'), this.#clients.s3(binding)]);
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return terraformLockOf((await Body?.transformToString('utf8')) ?? '', 'file');
    } catch (error) {
      if (isAwsError(error, 'NoSuchKey', 'NoSuchBucket')) return null;
      throw awsFailure(error, 's3:GetObject', `s3://${Bucket}/${Key}`);
    }
  }
}
