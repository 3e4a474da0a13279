import type { S3Client } from '@aws-sdk/client-s3';
import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import {
  isRecordId,
  type LedgerRecord,
  ledgerEntryOf,
  ledgerKey,
  ledgerPrefix,
  ledgerRecordOf,
} from '../../domain/ledger-record.js';
import type { Ledger, LedgerListing, UnreadableRecord } from '../../ports/ledger.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { AwsClients } from './clients.js';

/** How many entries are read at a time. */
const AT_ONCE = 16;

/** The ledger as objects in the state bucket, written by conditional put: an entry that exists is never written again. */
export class S3Ledger implements Ledger {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async append(binding: Binding, record: LedgerRecord): Promise<void> {
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

  async list(binding: Binding, limit: number): Promise<LedgerListing> {
    const ids = [...(await this.#entries(binding))].sort(([one], [other]) => (one < other ? 1 : -1));
    const wanted = ids.slice(0, limit);
    const [, client] = await this.#s3(binding);
    const records: LedgerRecord[] = [];
    const unreadable: UnreadableRecord[] = [];
    for (let start = 0; start < wanted.length; start += AT_ONCE) {
      const batch = wanted.slice(start, start + AT_ONCE).map(([id, ended]) => this.#read(client, binding, id, ended));
      for (const entry of await Promise.all(batch)) {
        if ('why' in entry) unreadable.push(entry);
        else records.push(entry);
      }
    }
    return { records, unreadable, older: ids.length - wanted.length };
  }

  async find(binding: Binding, id: string): Promise<LedgerRecord | null> {
    if (!isRecordId(id)) return null;
    const ended = (await this.#entries(binding)).get(id);
    if (ended === undefined) return null;
    const [, client] = await this.#s3(binding);
    const entry = await this.#read(client, binding, id, ended);
    if (!('why' in entry)) return entry;
    const { bucket } = binding.backend;
    const key = entry.object.slice(`s3://${bucket}/`.length);
    throw new MhtctlError({
      code: 'RecordUnreadable',
      outcome: 'toolFailed',
      message: `the record ${entry.object} ${entry.why}`,
      nextSteps: [
        `look at it: aws s3 cp ${entry.object} -`,
        `see its earlier versions: aws s3api list-object-versions --bucket ${bucket} --prefix ${key}`,
      ],
    });
  }

  /** Every operation on record, and whether its end is. */
  async #entries(binding: Binding): Promise<ReadonlyMap<string, boolean>> {
    const { bucket } = binding.backend;
    const Prefix = ledgerPrefix(binding.backend);
    const [{ paginateListObjectsV2 }, client] = await this.#s3(binding);
    const entries = new Map<string, boolean>();
    try {
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix })) {
        for (const { Key = '' } of page.Contents ?? []) {
          const entry = ledgerEntryOf(binding.backend, Key);
          if (entry !== undefined) entries.set(entry.id, entry.ended || entries.get(entry.id) === true);
        }
      }
    } catch (error) {
      if (isAwsError(error, 'NoSuchBucket')) return new Map();
      throw awsFailure(error, 's3:ListBucket', `s3://${bucket}/${Prefix}`);
    }
    return entries;
  }

  async #read(
    client: S3Client,
    binding: Binding,
    id: string,
    ended: boolean,
  ): Promise<LedgerRecord | UnreadableRecord> {
    const Bucket = binding.backend.bucket;
    const Key = ledgerKey(binding.backend, { id, status: ended ? 'done' : 'started' });
    const object = `s3://${Bucket}/${Key}`;
    const [{ GetObjectCommand }] = await this.#s3(binding);
    let text: string;
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      text = (await Body?.transformToString('utf8')) ?? '';
    } catch (error) {
      throw awsFailure(error, 's3:GetObject', object);
    }
    const record = parseRecord(text);
    if (record?.id === id) return record;
    return { id, object, why: 'is not one that mhtctl writes (format 1)' };
  }

  async #s3(binding: Binding) {
    return Promise.all([import('./sdk/s3.js'), this.#clients.s3(binding)]);
  }
}

function parseRecord(text: string): LedgerRecord | undefined {
  try {
    return ledgerRecordOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}
