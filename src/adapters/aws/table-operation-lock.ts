import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Binding } from '../../domain/environment.js';
import { type OperationClaim, operationClaimOf } from '../../domain/operation-lock.js';
import type { OperationLock } from '../../ports/operation-lock.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { AwsClients } from './clients.js';
import { unreadableClaim } from './unreadable-claim.js';

/**
 * The operation lock as an item of the environment's lock table, beside Terraform's, by conditional writes.
 * Source of the table's key: https://developer.hashicorp.com/terraform/language/backend/s3#dynamodb-state-locking
 */
export class TableOperationLock implements OperationLock {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async take(binding: Binding, claim: OperationClaim): Promise<OperationClaim | null> {
    const put = { Item: itemOf(binding, claim), ConditionExpression: 'attribute_not_exists(LockID)' };
    for (;;) {
      if (await this.#put(binding, put)) return null;
      const holder = await this.holder(binding);
      // The SDK repeats a put whose answer was lost: then the claim that is in the way is this one.
      if (holder?.id === claim.id) return null;
      // Given back in between: it is free.
      if (holder !== null) return holder;
    }
  }

  renew(binding: Binding, claim: OperationClaim): Promise<boolean> {
    return this.#put(binding, {
      Item: itemOf(binding, claim),
      ConditionExpression: 'Holder = :holder',
      ExpressionAttributeValues: { ':holder': { S: claim.id } },
    });
  }

  async release(binding: Binding, id: string): Promise<boolean> {
    const [{ DeleteItemCommand }, client] = await this.#dynamodb(binding);
    return this.#conditionally('dynamodb:DeleteItem', tableOf(binding), () =>
      client.send(
        new DeleteItemCommand({
          TableName: tableOf(binding),
          Key: keyOf(binding),
          ConditionExpression: 'Holder = :holder',
          ExpressionAttributeValues: { ':holder': { S: id } },
        }),
      ),
    );
  }

  async holder(binding: Binding): Promise<OperationClaim | null> {
    const TableName = tableOf(binding);
    const [{ GetItemCommand }, client] = await this.#dynamodb(binding);
    try {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(binding), ConsistentRead: true }));
      if (Item === undefined) return null;
      return operationClaimOf(Item['Claim']?.S ?? '') ?? unreadableClaim(Item['Holder']?.S);
    } catch (error) {
      if (isAwsError(error, 'ResourceNotFoundException')) return null;
      throw awsFailure(error, 'dynamodb:GetItem', TableName);
    }
  }

  async #put(
    binding: Binding,
    put: Omit<ConstructorParameters<typeof import('./sdk/dynamodb.js').PutItemCommand>[0], 'TableName'>,
  ): Promise<boolean> {
    const TableName = tableOf(binding);
    const [{ PutItemCommand }, client] = await this.#dynamodb(binding);
    return this.#conditionally('dynamodb:PutItem', TableName, () =>
      client.send(new PutItemCommand({ TableName, ...put })),
    );
  }

  async #conditionally(action: string, table: string, request: () => Promise<unknown>): Promise<boolean> {
    try {
      await request();
      return true;
    } catch (error) {
      if (isAwsError(error, 'ConditionalCheckFailedException')) return false;
      throw awsFailure(error, action, table);
    }
  }

  #dynamodb(binding: Binding): Promise<[typeof import('./sdk/dynamodb.js'), DynamoDBClient]> {
    return Promise.all([import('./sdk/dynamodb.js'), this.#clients.dynamodb(binding)]);
  }
}

function tableOf({ backend }: Binding): string {
  return backend.lockTable ?? '';
}

/** Beside Terraform's own `<bucket>/<key>`, and its digest under `<bucket>/<key>-md5`. */
function keyOf({ backend }: Binding) {
  return { LockID: { S: `${backend.bucket}/${backend.key}.operation` } };
}

function itemOf(binding: Binding, claim: OperationClaim) {
  return { ...keyOf(binding), Holder: { S: claim.id }, Claim: { S: JSON.stringify(claim) } };
}
