import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NodeHttpProbe } from '../../../src/adapters/system/node-http-probe.js';
import { SystemNameResolver } from '../../../src/adapters/system/system-name-resolver.js';
import { selfSigned } from '../../support/self-signed.js';

const PATIENTLY = { timeoutMs: 5_000 };
/** No resolver knows it: whoever reaches the server has not asked one. */
const NAME = 'staging.api.invalid';

describe('a probe through the load balancer itself', () => {
  const { cert, key } = selfSigned(NAME);
  let server: Server;
  let port: number;
  let seen: { readonly serverName: unknown; readonly host: string | undefined; readonly path: string | undefined }[];

  beforeAll(async () => {
    server = createServer({ cert, key }, (request, response) => {
      const { servername } = request.socket as TLSSocket & { readonly servername?: string };
      seen.push({ serverName: servername, host: request.headers.host, path: request.url });
      response.writeHead(200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  beforeEach(() => {
    seen = [];
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("connects to the one host, and asks it for the other's name", async () => {
    const probe = new NodeHttpProbe(cert);
    const answer = await probe.get(`https://${NAME}:${port}/health`, { ...PATIENTLY, connectTo: 'localhost' });
    expect(answer).toEqual({ status: 200 });
    expect(seen).toEqual([{ serverName: NAME, host: `${NAME}:${port}`, path: '/health' }]);
  });

  it("takes no certificate but that of the environment's name, even one of the host it connects to", async () => {
    const probe = new NodeHttpProbe(cert);
    const other = `https://production.api.invalid:${port}/health`;
    expect(await probe.get(other, { ...PATIENTLY, connectTo: 'localhost' })).toEqual({
      failure: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(seen).toEqual([]);
  });

  it('takes no certificate that nobody known has signed', async () => {
    const url = `https://${NAME}:${port}/health`;
    expect(await new NodeHttpProbe().get(url, { ...PATIENTLY, connectTo: 'localhost' })).toEqual({
      failure: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(seen).toEqual([]);
  });

  it('does not reach it by the name, which leads nowhere', async () => {
    expect(await new NodeHttpProbe(cert).get(`https://${NAME}:${port}/health`, PATIENTLY)).toEqual({
      failure: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    });
  });
});

describe('a name', () => {
  it('resolves to its addresses, each once', async () => {
    const resolved = await new SystemNameResolver().resolve('localhost');
    expect(resolved).toEqual({ addresses: expect.arrayContaining(['127.0.0.1']) });
    const { addresses } = resolved as { readonly addresses: readonly string[] };
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('that nobody knows fails by the code of that', async () => {
    expect(await new SystemNameResolver().resolve(NAME)).toEqual({
      failure: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    });
  });
});
