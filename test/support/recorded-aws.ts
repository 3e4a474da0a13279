import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import { closeServer, listenOnLoopback } from './loopback.js';

/** A request as it arrived. */
export interface AskedRequest {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An answer as AWS documents it. */
export interface RecordedAnswer {
  readonly status: number;
  readonly body?: string;
}

/** A local server that answers as AWS was recorded or documented to, for what the emulator cannot be brought to say. */
export class RecordedAws {
  readonly endpoint: string;
  /** Every request so far, in order. */
  readonly asked: readonly AskedRequest[];
  readonly #server: Server;

  private constructor(server: Server, port: number, asked: readonly AskedRequest[]) {
    this.#server = server;
    this.endpoint = `http://127.0.0.1:${port}`;
    this.asked = asked;
  }

  static async start(
    answer: (request: AskedRequest) => RecordedAnswer | Promise<RecordedAnswer>,
  ): Promise<RecordedAws> {
    const asked: AskedRequest[] = [];
    const server = createServer(async (incoming, outgoing) => {
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: await bodyOf(incoming),
      };
      asked.push(request);
      const { status, body } = await answer(request);
      outgoing.writeHead(status).end(body);
    });
    return new RecordedAws(server, await listenOnLoopback(server), asked);
  }

  async stop(): Promise<void> {
    await closeServer(this.#server);
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
