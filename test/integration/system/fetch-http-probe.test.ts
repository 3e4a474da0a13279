import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FetchHttpProbe } from '../../../src/adapters/system/fetch-http-probe.js';
import { closeServer, freePort, listenOnLoopback } from '../../support/loopback.js';

const PATIENCE_MS = 5_000;
const probe = new FetchHttpProbe();

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

  it.each([
    { answer: 200, status: 'healthy' },
    { answer: 204, status: 'healthy' },
    { answer: 404, status: 'unhealthy' },
    { answer: 503, status: 'unhealthy' },
  ])('that answers $answer is $status', async ({ answer, status }) => {
    const url = await serve((_, response) => response.writeHead(answer).end());
    expect(await probe.get(url, PATIENCE_MS)).toEqual({
      name: `GET ${url}`,
      status,
      detail: `answered ${answer}`,
    });
  });

  it('does not follow a redirect, however healthy its end', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      if (request.url === '/login') response.end('fine');
      else response.writeHead(302, { location: '/login' }).end();
    });
    expect(await probe.get(url, PATIENCE_MS)).toMatchObject({ status: 'unhealthy', detail: 'answered 302' });
    expect(asked).toEqual(['/health']);
  });

  it('does not wait for the end of an answer', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200);
      response.write('the rest never comes');
    });
    expect(await probe.get(url, PATIENCE_MS)).toMatchObject({ status: 'healthy' });
  });

  it('that does not answer in time is unhealthy, saying so', async () => {
    const url = await serve(() => {});
    expect(await probe.get(url, 100)).toMatchObject({
      status: 'unhealthy',
      detail: expect.stringContaining('0.1 s'),
    });
  });

  it('that nobody listens on is refused', async () => {
    const url = `http://127.0.0.1:${await freePort()}/health`;
    expect(await probe.get(url, PATIENCE_MS)).toMatchObject({ status: 'unhealthy', detail: 'ECONNREFUSED' });
  });

  it('whose name nobody knows is unhealthy, by the code of that', async () => {
    expect(await probe.get('http://health.invalid/', PATIENCE_MS)).toMatchObject({
      status: 'unhealthy',
      detail: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    });
  });

  it('that speaks no HTTP is unhealthy', async () => {
    const talker = createTcpServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.6\r\n'));
    const port = await new Promise<number>((resolve) =>
      talker.listen(0, '127.0.0.1', () => resolve((talker.address() as { port: number }).port)),
    );
    try {
      const { status, detail } = await probe.get(`http://127.0.0.1:${port}/`, PATIENCE_MS);
      expect(status).toBe('unhealthy');
      expect(detail).not.toBe('');
    } finally {
      await new Promise((resolve) => talker.close(resolve));
    }
  });

  it('that speaks no TLS is unhealthy over HTTPS', async () => {
    const url = await serve((_, response) => response.end());
    const { status } = await probe.get(url.replace('http:', 'https:'), PATIENCE_MS);
    expect(status).toBe('unhealthy');
  });

  it('that is no address does not throw', async () => {
    expect(await probe.get('no address', PATIENCE_MS)).toMatchObject({ status: 'unhealthy' });
  });
});
