import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { NodeHttpProbe } from '../../../src/adapters/system/node-http-probe.js';
import { closeServer, freePort, listenOnLoopback } from '../../support/loopback.js';

const PATIENTLY = { timeoutMs: 5_000 };
const probe = new NodeHttpProbe();

describe('a probe of an address', () => {
  let server: Server | undefined;
  const serve = async (listener: RequestListener) => {
    server = createServer(listener);
    return `http://127.0.0.1:${await listenOnLoopback(server)}/health`;
  };

  afterEach(async () => {
    if (server !== undefined) await closeServer(server);
    server = undefined;
  });

  it.each([200, 204, 404, 503])('tells the status of its answer: %i', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end());
    expect(await probe.get(url, PATIENTLY)).toEqual({ status });
  });

  it('asks for the path with its query, of the host by its name', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.method, request.url, request.headers.host);
      response.end();
    });
    await probe.get(`${url}?deep=yes`, PATIENTLY);
    expect(asked).toEqual(['GET', '/health?deep=yes', new URL(url).host]);
  });

  it('does not follow a redirect, however healthy its end', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      if (request.url === '/login') response.end('fine');
      else response.writeHead(302, { location: '/login' }).end();
    });
    expect(await probe.get(url, PATIENTLY)).toEqual({ status: 302 });
    expect(asked).toEqual(['/health']);
  });

  it('does not wait for the end of an answer', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200);
      response.write('the rest never comes');
    });
    expect(await probe.get(url, PATIENTLY)).toEqual({ status: 200 });
  });

  it('makes a connection of its own each time', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    await probe.get(url, PATIENTLY);
    await probe.get(url, PATIENTLY);
    expect(ports.size).toBe(2);
  });

  it('that does not answer in time says so', async () => {
    const url = await serve(() => {});
    expect(await probe.get(url, { timeoutMs: 100 })).toEqual({ failure: 'no answer within 0.1 s' });
  });

  it('that nobody listens on is refused', async () => {
    const url = `http://127.0.0.1:${await freePort()}/health`;
    expect(await probe.get(url, PATIENTLY)).toEqual({ failure: 'ECONNREFUSED' });
  });

  it('whose name nobody knows fails by the code of that', async () => {
    expect(await probe.get('http://health.invalid/', PATIENTLY)).toEqual({
      failure: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    });
  });

  it('that speaks no HTTP fails', async () => {
    const talker = createTcpServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.6\r\n'));
    const port = await new Promise<number>((resolve) =>
      talker.listen(0, '127.0.0.1', () => resolve((talker.address() as { port: number }).port)),
    );
    try {
      expect(await probe.get(`http://127.0.0.1:${port}/`, PATIENTLY)).toEqual({ failure: expect.stringMatching(/./) });
    } finally {
      await new Promise((resolve) => talker.close(resolve));
    }
  });

  it('that speaks no TLS fails over HTTPS', async () => {
    const url = await serve((_, response) => response.end());
    expect(await probe.get(url.replace('http:', 'https:'), PATIENTLY)).toEqual({ failure: expect.stringMatching(/./) });
  });

  it('that is no address does not throw', async () => {
    expect(await probe.get('no address', PATIENTLY)).toEqual({ failure: expect.stringMatching(/./) });
  });
});
