import type { Binding } from '../../domain/environment.js';
import type { OperationClaim } from '../../domain/operation-lock.js';
import type { OperationLock } from '../../ports/operation-lock.js';
import type { AwsClients } from './clients.js';
import { ObjectOperationLock } from './object-operation-lock.js';
import { TableOperationLock } from './table-operation-lock.js';

/** The operation lock where the environment's backend has its locks: in its table, or beside its state. */
export class BackendOperationLock implements OperationLock {
  readonly #table: OperationLock;
  readonly #object: OperationLock;

  constructor(clients: AwsClients) {
    this.#table = new TableOperationLock(clients);
    this.#object = new ObjectOperationLock(clients);
  }

  take(binding: Binding, claim: OperationClaim): Promise<OperationClaim | null> {
    return this.#of(binding).take(binding, claim);
  }

  renew(binding: Binding, claim: OperationClaim): Promise<boolean> {
    return this.#of(binding).renew(binding, claim);
  }

  release(binding: Binding, id: string): Promise<boolean> {
    return this.#of(binding).release(binding, id);
  }

  holder(binding: Binding): Promise<OperationClaim | null> {
    return this.#of(binding).holder(binding);
  }

  #of({ backend }: Binding): OperationLock {
    return backend.lockTable === undefined ? this.#object : this.#table;
  }
}
