import { basename, dirname, join, resolve } from 'node:path';
import type { Backend, Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import {
  contentDigest,
  describePlace,
  type FormerPlace,
  type FormerState,
} from '../../domain/migration/former-state.js';
import { type MigrationMark, markName, parseMark } from '../../domain/migration/mark.js';
import { parseState } from '../../domain/state.js';
import { type TerraformLock, terraformLockOf } from '../../domain/terraform-lock.js';
import type { Ports } from '../../ports/index.js';

/** Where the caller says that the state of the single environment is. */
export type FormerSource =
  | { readonly kind: 'backend'; readonly file: string }
  | { readonly kind: 'state'; readonly file: string };

/** The single environment's state, and how it is reached. */
export interface Former extends FormerState {
  /** Null where the state is a file. */
  readonly backend: Backend | null;
}

type Needed = Pick<Ports, 'catalog' | 'stateBucket' | 'workspace'>;

/** Reads the state that is to be migrated. Fails (exit 2) with `FormerStateMissing` when there is none, or nothing in it. */
export async function readFormer(ports: Needed, source: FormerSource): Promise<Former> {
  const backend = source.kind === 'backend' ? await ports.catalog.readBackend(source.file) : null;
  const place: FormerPlace =
    backend === null
      ? { kind: 'file', file: resolve(source.file) }
      : { kind: 's3', bucket: backend.bucket, key: backend.key, region: backend.region };
  const text = await readText(ports, { place, backend });
  const state = text === null ? null : parseState(text, describePlace(place));
  if (text !== null && state !== null && state.instances.length > 0) return { place, text, state, backend };
  throw new MhtctlError({
    code: 'FormerStateMissing',
    outcome: 'usage',
    message: `${describePlace(place)} ${state === null ? 'is not there' : 'holds no resources'}: there is nothing to migrate`,
    nextSteps: [
      backend === null ? `ls -l ${source.file}` : `see what there is: aws s3 ls --recursive s3://${backend.bucket}/`,
      'the backend block of the old configuration says where its state is',
    ],
  });
}

async function readText(ports: Needed, { place, backend }: Pick<Former, 'place' | 'backend'>): Promise<string | null> {
  if (backend !== null) return ports.stateBucket.read(backend, backend.key);
  return place.kind === 'file' ? ports.workspace.readIfThere(place.file) : null;
}

/** Refuses (exit 3) to go on when the old state is not any more what was copied: the copy would lack what came since. */
export async function refuseChangedFormer(
  ports: Needed,
  former: Former,
  copied: { readonly content: string; readonly serial: number },
  nextSteps: readonly string[],
): Promise<void> {
  const text = await readText(ports, former);
  const shown = describePlace(former.place);
  const now = text === null ? null : parseState(text, shown);
  if (now !== null && contentDigest(now) === copied.content) return;
  throw new MhtctlError({
    code: 'FormerStateChanged',
    outcome: 'refused',
    message:
      now === null
        ? `${shown} is gone since it was copied`
        : `${shown} was changed since it was copied: it had serial ${copied.serial}, it has ${now.serial}; somebody deploys with the old backend`,
    nextSteps,
  });
}

/** Refuses (exit 6) while Terraform works on the old state. */
export async function refuseLockedFormer(
  ports: Pick<Ports, 'terraformLocks' | 'workspace'>,
  { place, backend }: Former,
  binding: Binding,
): Promise<void> {
  const [holder] =
    backend === null
      ? await localHolders(ports, place)
      : await ports.terraformLocks.held({ ...binding, backend }).then((locks) => locks.map(describeLock));
  if (holder === undefined) return;
  throw new MhtctlError({
    code: 'StateLocked',
    outcome: 'locked',
    message: `the old state ${describePlace(place)} is locked by ${holder}`,
    nextSteps: [
      'wait until that run has ended, then try again',
      'if it died, in the old configuration: terraform force-unlock ID',
    ],
  });
}

function describeLock({ who, created, id }: Pick<TerraformLock, 'who' | 'created' | 'id'>): string {
  return `${who === '' ? 'somebody' : who} since ${created === '' ? 'an unknown time' : created} (lock ${id})`;
}

/**
 * Terraform keeps the lock of a local state beside it.
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statemgr/filesystem.go (`lockInfoPath`)
 */
async function localHolders(ports: Pick<Ports, 'workspace'>, place: FormerPlace): Promise<readonly string[]> {
  if (place.kind !== 'file') return [];
  const text = await ports.workspace.readIfThere(join(dirname(place.file), `.${basename(place.file)}.lock.info`));
  return text === null ? [] : [describeLock(terraformLockOf(text, 'file'))];
}

/** What lies beside the old state and says that it was migrated; null where nothing does. */
export async function readMark(ports: Needed, { place, backend }: Former): Promise<MigrationMark | null> {
  const text =
    place.kind === 'file'
      ? await ports.workspace.readIfThere(markName(place.file))
      : backend === null
        ? null
        : await ports.stateBucket.read(backend, markName(backend.key));
  return text === null ? null : parseMark(text);
}

/** Writes it. */
export async function writeMark(ports: Needed, { place, backend }: Former, mark: MigrationMark): Promise<void> {
  const text = `${JSON.stringify(mark, null, 2)}\n`;
  if (place.kind === 'file') await ports.workspace.writeResult(markName(place.file), text);
  else if (backend !== null) await ports.stateBucket.write(backend, markName(backend.key), text);
}
