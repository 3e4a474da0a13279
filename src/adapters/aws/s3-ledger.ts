import {
  type DeploymentRecord,
  isDeploymentRecord,
  isLedgerKey,
  ledgerKey,
  ledgerPrefix,
} from '../../domain/deployment.js';
import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import type { Ledger } from '../../ports/ledger.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { AwsClients } from './clients.js';

/** The ledger as objects in the state bucket, written by conditional put: an entry that exists is never written again. */
export class S3Ledger implements Ledger {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async append(binding: Binding, record: DeploymentRecord): Promise<void> {
    const Bucket = binding.backend.bucket;
    const Key = ledgerKey(binding.backend, record);
    const Body = `${JSON.stringify(record, null, 2)}\n`;
    const [{ GetObjectCommand, PutObjectCommand }, client] = await this.#s3(binding);
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json', IfNoneMatch: '*' }));
    } catch (error) {
      if (!isAwsError(error, 'PreconditionFailed')) throw awsFailure(error, 's3:PutObject', `s3://${Bucket}/${Key}`);
      // The SDK repeats a put whose answer was lost: then the entry that is in the way is this one.
      const there = await client.send(new GetObjectCommand({ Bucket, Key }));
      if ((await there.Body?.transformToString('utf8')) === Body) return;
      throw new MhtctlError({
        code: 'RecordExists',
        outcome: 'toolFailed',
        message: `the record s3://${Bucket}/${Key} exists already; records are never overwritten`,
        nextSteps: ['run the command again: it takes a new id'],
        cause: error,
      });
    }
  }

  async latest(binding: Binding): Promise<DeploymentRecord | null> {
    const { bucket } = binding.backend;
    const Prefix = ledgerPrefix(binding.backend);
    const [{ GetObjectCommand, paginateListObjectsV2 }, client] = await this.#s3(binding);
    try {
      let newest: string | undefined;
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix })) {
        for (const { Key } of page.Contents ?? []) {
          if (
            Key !== undefined &&
            isLedgerKey(binding.backend, Key) &&
            (newest === undefined || rank(Key) > rank(newest))
          )
            newest = Key;
        }
      }
      if (newest === undefined) return null;
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: newest }));
      return parseRecord((await Body?.transformToString('utf8')) ?? '', `s3://${bucket}/${newest}`);
    } catch (error) {
      if (isAwsError(error, 'NoSuchBucket')) return null;
      throw awsFailure(error, 's3:ListBucket', `s3://${bucket}/${Prefix}`);
    }
  }

  async #s3(binding: Binding) {
    return Promise.all([import('./sdk/s3.js'), this.#clients.s3(binding)]);
  }
}

/** Orders entries by time, and a deployment's end after its start. */
function rank(key: string): string {
  return key.endsWith('.started.json') ? key.replace(/\.started\.json$/, '.0') : key.replace(/\.json$/, '.1');
}

function parseRecord(text: string, origin: string): DeploymentRecord {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    record = null;
  }
  if (isDeploymentRecord(record)) return record;
  throw new MhtctlError({
    code: 'RecordUnreadable',
    outcome: 'toolFailed',
    message: `the record ${origin} is not one that mhtctl writes (format 1)`,
    nextSteps: [`look at it: aws s3 cp ${origin} -`],
  });
}
