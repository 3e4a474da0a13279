import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MhtctlError } from '../../domain/errors.js';
import { unwritableFile } from '../unwritable-file.js';
import { HASHICORP_PUBLIC_KEY } from './hashicorp-public-key.js';
import { downloadRelease } from './release-download.js';
import { verifyReleaseSignature } from './release-signature.js';
import type { TerraformPlatform } from './terraform-platform.js';

/** Who publishes Terraform, and how its releases are known to be genuine. */
export interface ReleasePublisher {
  /** Holds `<version>/terraform_<version>_SHA256SUMS` and what belongs to it. */
  readonly baseUrl: string;
  /** ASCII-armoured OpenPGP public key. */
  readonly publicKey: string;
  /** Short id of that key: part of the signature file's name, since a release may be signed by several. */
  readonly keyId: string;
}

/** HashiCorp's own releases. */
export const HASHICORP: ReleasePublisher = {
  baseUrl: 'https://releases.hashicorp.com/terraform',
  publicKey: HASHICORP_PUBLIC_KEY,
  keyId: '72D7468F',
};

/**
 * Installs Terraform from its publisher: the signature over the list of checksums, then the archive's checksum, and only
 * then anything on disk. The executable appears by a rename, whole or not at all, so that two installations at the same
 * time both succeed.
 */
export class TerraformInstaller {
  readonly #publisher: ReleasePublisher;
  readonly #signal: AbortSignal;

  /** @param signal Ends a download when mhtctl is interrupted. */
  constructor(publisher: ReleasePublisher, signal: AbortSignal) {
    this.#publisher = publisher;
    this.#signal = signal;
  }

  /** Puts the version's executable at `destination`, whose name is that of the file in the archive. */
  async install(version: string, platform: TerraformPlatform, destination: string): Promise<void> {
    const archive = `terraform_${version}_${platform.os}_${platform.arch}.zip`;
    const base = `${this.#publisher.baseUrl}/${version}`;
    const sumsUrl = `${base}/terraform_${version}_SHA256SUMS`;
    const options = { signal: this.#signal, nextSteps: installByHand(version) };

    const sums = await downloadRelease(sumsUrl, options);
    const signature = await downloadRelease(`${sumsUrl}.${this.#publisher.keyId}.sig`, options);
    await verifyReleaseSignature({ bytes: sums, signature, publicKey: this.#publisher.publicKey, source: sumsUrl });

    const expected = checksumOf(archive, sums, sumsUrl, version);
    const zip = await downloadRelease(`${base}/${archive}`, options);
    const found = createHash('sha256').update(zip).digest('hex');
    if (found !== expected) {
      throw new MhtctlError({
        code: 'ChecksumMismatch',
        outcome: 'toolFailed',
        message: `${base}/${archive} has the checksum ${found}, but its publisher signed ${expected}`,
        nextSteps: ['try again; if it stays so, do not use what this network delivers', ...installByHand(version)],
      });
    }
    await place(await unpack(zip, basename(destination), archive), destination);
  }
}

/** What to do where Terraform cannot be installed by mhtctl. */
export function installByHand(version: string): string[] {
  return [
    `install Terraform ${version} from https://developer.hashicorp.com/terraform/install`,
    'then check: terraform version',
  ];
}

function checksumOf(archive: string, sums: Uint8Array, source: string, version: string): string {
  for (const line of new TextDecoder().decode(sums).split('\n')) {
    const match = /^([0-9a-f]{64}) [ *](.+?)\r?$/.exec(line);
    if (match?.[1] !== undefined && match[2] === archive) return match[1];
  }
  throw new MhtctlError({
    code: 'ReleaseIncomplete',
    outcome: 'toolFailed',
    message: `${source} lists no ${archive}`,
    nextSteps: installByHand(version),
  });
}

async function unpack(zip: Uint8Array, name: string, archive: string): Promise<Uint8Array> {
  const { unzipSync } = await import('fflate');
  const content = unzipSync(zip, { filter: (entry) => entry.name === name })[name];
  if (content === undefined) {
    throw new MhtctlError({ code: 'ReleaseIncomplete', outcome: 'toolFailed', message: `${archive} holds no ${name}` });
  }
  return content;
}

async function place(content: Uint8Array, destination: string): Promise<void> {
  const directory = dirname(destination);
  let staging: string | undefined;
  try {
    await mkdir(directory, { recursive: true });
    staging = await mkdtemp(join(directory, '.installing-'));
    const staged = join(staging, basename(destination));
    await writeFile(staged, content);
    await chmod(staged, 0o755);
    await rename(staged, destination);
  } catch (cause) {
    throw unwritableFile(destination, cause);
  } finally {
    if (staging !== undefined) await rm(staging, { recursive: true, force: true });
  }
}
