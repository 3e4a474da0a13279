import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExecaProcessRunner } from '../../../src/adapters/process/execa-process-runner.js';
import { ProcessInterruption } from '../../../src/adapters/process/interruption.js';
import { LocalToolchain } from '../../../src/adapters/toolchain/local-toolchain.js';
import type { ReleasePublisher } from '../../../src/adapters/toolchain/terraform-installer.js';
import { expiringAfter, FakePublisher, signingKey, terraformScript } from './fake-publisher.js';

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const today = new Date();
const threeYearsAgo = new Date(today.getTime() - 3 * YEAR_SECONDS * 1000);
const twoAndAHalfYearsAgo = new Date(today.getTime() - 2.5 * YEAR_SECONDS * 1000);

describe('Terraform', () => {
  let directory: string;
  let signals: EventEmitter;
  let interruption: ProcessInterruption;
  let server: FakePublisher | undefined;
  const announced: string[] = [];
  const cachedPath = () => join(directory, 'private', 'cache', 'terraform', '1.11.4', 'terraform');

  const toolchain = (path: readonly string[], publisher?: ReleasePublisher): LocalToolchain =>
    new LocalToolchain({
      runner: new ExecaProcessRunner(interruption),
      env: { PATH: path.map((name) => join(directory, name)).join(delimiter), TF_CLI_CONFIG_FILE: '/absent' },
      privateDir: join(directory, 'private'),
      signal: interruption.signal,
      ...(publisher === undefined ? {} : { publisher }),
    });

  const onPath = (folder: string, script: string): string => {
    mkdirSync(join(directory, folder));
    const path = join(directory, folder, 'terraform');
    writeFileSync(path, script, { mode: 0o755 });
    return path;
  };

  const find = (path: readonly string[], publisher?: ReleasePublisher) =>
    toolchain(path, publisher).terraform((message) => announced.push(message));

  const published = async (...options: Parameters<typeof FakePublisher.start>): Promise<FakePublisher> => {
    server = await FakePublisher.start(...options);
    return server;
  };

  /** Whatever failed, no file is left that a later run could take for an installed Terraform. */
  const expectNothingInstalled = () => {
    const cache = join(directory, 'private', 'cache', 'terraform', '1.11.4');
    expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'toolchain-'));
    signals = new EventEmitter();
    interruption = new ProcessInterruption(signals);
    announced.length = 0;
    server = undefined;
  });

  afterEach(async () => {
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  describe('on PATH', () => {
    it('is used when its version is in range', async () => {
      const path = onPath('bin', terraformScript('1.12.2'));
      expect(await find(['bin'])).toEqual({ path, version: '1.12.2', source: 'path' });
      expect(announced).toEqual([]);
    });

    it('is the first one in range', async () => {
      onPath('old', terraformScript('1.5.7'));
      onPath('shim', '#!/bin/sh\necho "no version set" >&2\nexit 126\n');
      onPath('garbage', '#!/bin/sh\necho hello\n');
      const path = onPath('good', terraformScript('1.11.0'));
      onPath('later', terraformScript('1.13.0'));
      expect(await find(['old', 'shim', 'garbage', 'good', 'later'])).toMatchObject({ path, version: '1.11.0' });
    });

    it("is asked without Terraform's own variables, and its warnings are passed over", async () => {
      const path = onPath(
        'bin',
        '#!/bin/sh\necho "Warning: something"\necho "{\\"terraform_version\\": \\"1.11.4\\", \\"seen\\": \\"$TF_CLI_CONFIG_FILE\\"}"\n[ -z "$TF_CLI_CONFIG_FILE" ] && [ "$CHECKPOINT_DISABLE" = 1 ]\n',
      );
      expect(await find(['bin'])).toMatchObject({ path });
    });
  });

  describe('where there is none in range', () => {
    it('is taken from the cache', async () => {
      mkdirSync(join(directory, 'private', 'cache', 'terraform', '1.11.4'), { recursive: true });
      writeFileSync(cachedPath(), terraformScript('1.11.4'), { mode: 0o755 });
      expect(await find([])).toEqual({ path: cachedPath(), version: '1.11.4', source: 'cache' });
      expect(announced).toEqual([]);
    });

    it('is installed after saying why', async () => {
      const old = onPath('old', terraformScript('1.5.7'));
      const release = await published(await signingKey(threeYearsAgo), today);
      expect(await find(['old'], release.publisher)).toEqual({
        path: cachedPath(),
        version: '1.11.4',
        source: 'cache',
      });
      expect(announced).toEqual([expect.stringContaining(`${old} is 1.5.7`)]);
      expect(announced[0]).toContain('127.0.0.1');
      expect(statSync(cachedPath()).mode & 0o777).toBe(0o755);
      expect(readdirSync(join(directory, 'private', 'cache', 'terraform', '1.11.4'))).toEqual(['terraform']);
    });

    it('is installed once', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      await find([], release.publisher);
      const asked = release.asked.length;
      await find([], release.publisher);
      expect(asked).toBe(3);
      expect(release.asked).toHaveLength(3);
    });

    it('is installed by two runs at the same time', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      const both = await Promise.all([find([], release.publisher), find([], release.publisher)]);
      expect(both.map((tool) => tool.path)).toEqual([cachedPath(), cachedPath()]);
      expect(release.asked).toHaveLength(6);
    });

    it('is accepted when its key has expired since it was signed', async () => {
      const release = await published(await signingKey(threeYearsAgo, YEAR_SECONDS), twoAndAHalfYearsAgo);
      expect(await find([], release.publisher)).toMatchObject({ version: '1.11.4' });
    });
  });

  describe('is not installed', () => {
    const refusal = async (release: FakePublisher) => {
      const failure = await find([], release.publisher).then(
        (tool) => ({ code: `installed ${tool.version}`, exitCode: 0, message: '', nextSteps: [] as readonly string[] }),
        (error) => error,
      );
      expectNothingInstalled();
      return failure;
    };

    it('when the archive was tampered with', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      const zip = Buffer.from(release.files.get(FakePublisher.archive) as Uint8Array);
      zip.writeUInt8(zip.readUInt8(40) ^ 1, 40);
      release.files.set(FakePublisher.archive, zip);
      expect(await refusal(release)).toMatchObject({
        code: 'ChecksumMismatch',
        exitCode: 5,
        message: expect.stringContaining(FakePublisher.archive),
      });
    });

    it('when the checksums were tampered with', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      const sums = Buffer.from(release.files.get(FakePublisher.sums) as Uint8Array).toString();
      release.files.set(FakePublisher.sums, Buffer.from(sums.replace(/^0/, '1')));
      expect(await refusal(release)).toMatchObject({ code: 'SignatureInvalid', exitCode: 5 });
      expect(release.asked).not.toContain(FakePublisher.archive);
    });

    it('when another key signed the checksums', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      const sums = Buffer.from(release.files.get(FakePublisher.sums) as Uint8Array).toString();
      await release.sign(sums, { key: (await signingKey(threeYearsAgo)).privateKey, signedAt: today });
      expect(await refusal(release)).toMatchObject({ code: 'SignatureInvalid' });
    });

    it('when the key had expired before it signed', async () => {
      const key = await signingKey(threeYearsAgo);
      const release = await published(key, today);
      const publisher = { ...release.publisher, publicKey: await expiringAfter(key.privateKey, YEAR_SECONDS) };
      await expect(find([], publisher)).rejects.toMatchObject({
        code: 'SignatureInvalid',
        message: expect.stringContaining('expired'),
      });
      expectNothingInstalled();
    });

    it('when the signature is dated in the future', async () => {
      const release = await published(await signingKey(threeYearsAgo), new Date(today.getTime() + YEAR_SECONDS * 1000));
      expect(await refusal(release)).toMatchObject({ code: 'SignatureInvalid' });
    });

    it('when the signature is no signature', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      release.files.set(FakePublisher.signature, Buffer.from('<html>sign in to the network</html>'));
      expect(await refusal(release)).toMatchObject({ code: 'SignatureInvalid' });
    });

    it('when the download breaks off', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      const zip = release.files.get(FakePublisher.archive) as Uint8Array;
      release.files.set(FakePublisher.archive, (_, response) => {
        response.writeHead(200, { 'content-length': zip.length });
        response.write(zip.subarray(0, 50), () => response.destroy());
      });
      expect(await refusal(release)).toMatchObject({
        code: 'DownloadFailed',
        message: expect.stringContaining(FakePublisher.archive),
      });
    });

    it('when a proxy delivers half of the archive as if it were whole', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      const zip = release.files.get(FakePublisher.archive) as Uint8Array;
      release.files.set(FakePublisher.archive, zip.subarray(0, 50));
      expect(await refusal(release)).toMatchObject({ code: 'ChecksumMismatch' });
    });

    it.each([FakePublisher.sums, FakePublisher.signature, FakePublisher.archive])(
      'when %s is not there',
      async (name) => {
        const release = await published(await signingKey(threeYearsAgo), today);
        release.files.delete(name);
        const failure = await refusal(release);
        expect(failure).toMatchObject({ code: 'DownloadFailed', message: expect.stringContaining('404') });
        expect(failure.message).toContain(name);
        expect(failure.nextSteps).toContain(
          'install Terraform 1.11.4 from https://developer.hashicorp.com/terraform/install',
        );
      },
    );

    it('when there is no archive for this machine', async () => {
      const key = await signingKey(threeYearsAgo);
      const release = await published(key, today);
      await release.sign(`${'0'.repeat(64)}  terraform_1.11.4_plan9_386.zip\n`, {
        key: key.privateKey,
        signedAt: today,
      });
      expect(await refusal(release)).toMatchObject({ code: 'ReleaseIncomplete' });
    });

    it('when the archive holds no terraform', async () => {
      const release = await published(await signingKey(threeYearsAgo), today, { other: Buffer.from('x') });
      expect(await refusal(release)).toMatchObject({ code: 'ReleaseIncomplete' });
    });

    it('when the publisher cannot be reached', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      const { publisher } = release;
      await release.stop();
      server = undefined;
      await expect(find([], publisher)).rejects.toMatchObject({
        code: 'DownloadFailed',
        exitCode: 5,
        message: expect.stringContaining('ECONNREFUSED'),
      });
      expectNothingInstalled();
    });

    it('when the cache cannot be written', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      writeFileSync(join(directory, 'private'), 'a file where the directory should be');
      await expect(find([], release.publisher)).rejects.toMatchObject({
        code: 'PrivateFileUnwritable',
        exitCode: 5,
        message: expect.stringContaining(cachedPath()),
      });
    });

    it('when mhtctl is interrupted during the download', async () => {
      const release = await published(await signingKey(threeYearsAgo), today);
      release.files.set(FakePublisher.archive, () => signals.emit('SIGINT', 'SIGINT'));
      expect(await refusal(release)).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    });
  });
});
