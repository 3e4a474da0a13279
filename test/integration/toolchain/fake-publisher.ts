import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { zipSync } from 'fflate';
import * as openpgp from 'openpgp';
import type { ReleasePublisher } from '../../../src/adapters/toolchain/terraform-installer.js';
import { terraformPlatform } from '../../../src/adapters/toolchain/terraform-platform.js';

const VERSION = '1.11.4';
const KEY_ID = '0A0B0C0D';
const PLATFORM = terraformPlatform(process.platform, process.arch);

/** What stands for a terraform executable of a version: it answers `version -json`. */
export function terraformScript(version: string): string {
  return `#!/bin/sh\necho '{"terraform_version": "${version}"}'\n`;
}

/** A signing key, valid from `date` for a number of seconds (0: for ever). */
export async function signingKey(date: Date, seconds = 0) {
  const { privateKey, publicKey } = await openpgp.generateKey({
    userIDs: [{ name: 'Publisher', email: 'publisher@example.com' }],
    type: 'ecc',
    curve: 'ed25519Legacy',
    date,
    keyExpirationTime: seconds,
    format: 'object',
  });
  return { privateKey, armored: publicKey.armor() };
}

/** The public half of the same key, said to expire that many seconds after it was made. */
export async function expiringAfter(privateKey: openpgp.PrivateKey, seconds: number): Promise<string> {
  const { publicKey } = await openpgp.reformatKey({
    privateKey,
    userIDs: [{ name: 'Publisher', email: 'publisher@example.com' }],
    keyExpirationTime: seconds,
    date: privateKey.getCreationTime(),
    format: 'object',
  });
  return publicKey.armor();
}

/** The three files of a release, served over loopback HTTP; each can be replaced before it is asked for. */
export class FakePublisher {
  static readonly archive = `terraform_${VERSION}_${PLATFORM?.os}_${PLATFORM?.arch}.zip`;
  static readonly sums = `terraform_${VERSION}_SHA256SUMS`;
  static readonly signature = `terraform_${VERSION}_SHA256SUMS.${KEY_ID}.sig`;

  /** File name to content, or to a handler that answers in its own way. */
  readonly files = new Map<string, Uint8Array | RequestListener>();
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #publicKey: string;

  private constructor(server: Server, publicKey: string) {
    this.#server = server;
    this.#publicKey = publicKey;
  }

  /** Serves a genuine release signed at `signedAt`. */
  static async start(
    key: Awaited<ReturnType<typeof signingKey>>,
    signedAt: Date,
    entries: Record<string, Uint8Array> = { terraform: Buffer.from(terraformScript(VERSION)) },
  ): Promise<FakePublisher> {
    const server = createServer((request, response) => {
      const name = request.url?.replace(`/releases/${VERSION}/`, '') ?? '';
      publisher.asked.push(name);
      const file = publisher.files.get(name);
      if (typeof file === 'function') file(request, response);
      else if (file === undefined) response.writeHead(404).end();
      else response.end(file);
    });
    const publisher = new FakePublisher(server, key.armored);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const zip = zipSync({ 'LICENSE.txt': Buffer.from('licence'), ...entries });
    publisher.files.set(FakePublisher.archive, zip);
    const checksum = createHash('sha256').update(zip).digest('hex');
    await publisher.sign(
      `${'0'.repeat(64)}  terraform_${VERSION}_plan9_386.zip\n${checksum}  ${FakePublisher.archive}\n`,
      {
        key: key.privateKey,
        signedAt,
      },
    );
    return publisher;
  }

  /** Replaces the list of checksums and its signature. */
  async sign(sums: string, by: { key: openpgp.PrivateKey; signedAt: Date }): Promise<void> {
    const bytes = new Uint8Array(Buffer.from(sums));
    this.files.set(FakePublisher.sums, bytes);
    const signature = await openpgp.sign({
      message: await openpgp.createMessage({ binary: bytes }),
      signingKeys: by.key,
      detached: true,
      date: by.signedAt,
      format: 'binary',
    });
    this.files.set(FakePublisher.signature, signature);
  }

  get publisher(): ReleasePublisher {
    const { port } = this.#server.address() as AddressInfo;
    return { baseUrl: `http://127.0.0.1:${port}/releases`, publicKey: this.#publicKey, keyId: KEY_ID };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
