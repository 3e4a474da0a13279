import { MhtctlError } from '../../src/domain/errors.js';
import type { StateBackup, StateCopy, StatePlace, StateVersion } from '../../src/domain/state-archive.js';
import type { Newest, StateArchive } from '../../src/ports/state-archive.js';
import { LINEAGE } from './plans.js';

/** The text of a state with these resources, each `address = id`. */
export function stateText(
  parts: {
    readonly serial?: number;
    readonly lineage?: string;
    readonly resources?: Readonly<Record<string, string>>;
  } = {},
): string {
  const { serial = 7, lineage = LINEAGE, resources = { 'aws_sqs_queue.this': 'queue-1' } } = parts;
  const entries = Object.entries(resources).map(([address, id]) => {
    const [type = '', name = ''] = address.split('.');
    return { mode: 'managed', type, name, instances: [{ attributes: { id } }] };
  });
  const state = { version: 4, terraform_version: '1.11.4', serial, lineage, outputs: {}, resources: entries };
  return `${JSON.stringify(state, null, 2)}\n`;
}

/** A copy of such a text. */
export function copyOf(text: string, versionId: string | null = 'v1'): StateCopy {
  return {
    bytes: new TextEncoder().encode(text),
    versionId,
    etag: `"${versionId}"`,
    encryption: { algorithm: 'AES256', kmsKeyArn: null },
  };
}

/** The states of the past, in memory. */
export class FakeStateArchive implements StateArchive {
  versioned = true;
  current: StateCopy | null = copyOf(stateText());
  listed: readonly StateVersion[] = [];
  readonly copies = new Map<string, StateCopy>();
  readonly kept = new Map<string, StateCopy>();
  /** What reading a place fails with; undefined when it works. */
  refuse: (place: StatePlace) => unknown = () => undefined;
  keepFailure: unknown;
  /** Whether the digest in the lock table is that of a copy. */
  expects: (copy: StateCopy) => boolean = () => true;
  readonly putBacks: { readonly copy: StateCopy; readonly replaced: StateCopy | null }[] = [];
  /** The most copies that were read at the same time. */
  atOnce = 0;
  #reading = 0;

  constructor(readonly journal: string[]) {}

  async keepsVersions(): Promise<boolean> {
    return this.versioned;
  }

  async versions(_: unknown, limit: number): Promise<Newest<StateVersion>> {
    return { newest: this.listed.slice(0, limit), older: Math.max(0, this.listed.length - limit) };
  }

  async backups(_: unknown, limit: number): Promise<Newest<StateBackup>> {
    const ids = [...this.kept.keys()].sort().reverse();
    const newest = ids.slice(0, limit).map((id) => ({ id, writtenAt: new Date('2026-11-20T08:00:00Z') }));
    return { newest, older: ids.length - newest.length };
  }

  async read(_: unknown, place: StatePlace): Promise<StateCopy | null> {
    this.journal.push(`stateArchive.read ${place.kind}`);
    this.#reading += 1;
    this.atOnce = Math.max(this.atOnce, this.#reading);
    await Promise.resolve();
    this.#reading -= 1;
    const failure = this.refuse(place);
    if (failure !== undefined) throw failure;
    if (place.kind === 'current') return this.current;
    if (place.kind === 'backup') return this.kept.get(place.id) ?? null;
    return this.copies.get(place.versionId) ?? null;
  }

  async isExpected(_: unknown, copy: StateCopy): Promise<boolean> {
    return this.expects(copy);
  }

  async keep(
    binding: { readonly backend: { readonly bucket: string; readonly key: string } },
    id: string,
    copy: StateCopy,
  ) {
    this.journal.push('stateArchive.keep');
    if (this.keepFailure !== undefined) throw this.keepFailure;
    if (this.kept.has(id)) throw new MhtctlError({ code: 'BackupExists', outcome: 'toolFailed', message: id });
    this.kept.set(id, copy);
    return `s3://${binding.backend.bucket}/${binding.backend.key}.backups/${id}.tfstate`;
  }

  async putBack(_: unknown, copy: StateCopy, replaced: StateCopy | null): Promise<void> {
    this.journal.push('stateArchive.putBack');
    this.putBacks.push({ copy, replaced });
    this.current = copy;
  }
}
