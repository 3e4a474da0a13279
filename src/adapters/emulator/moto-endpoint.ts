import { connect, createServer } from 'node:net';

const ANSWER_TIMEOUT_MS = 5_000;
const HOST = '127.0.0.1';

/** Where a moto server on this port is reached: only from this machine, since it checks no credentials. */
export function motoEndpoint(port: number): string {
  return `http://${HOST}:${port}`;
}

/** Whether a moto server answers there, and not something else that happens to listen on the port. */
export async function answersAsMoto(endpoint: string): Promise<boolean> {
  try {
    // Its settings, not its data: those grow with what it holds, and a look must stay quick.
    const response = await fetch(`${endpoint}/moto-api/config`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    const data: unknown = await response.json();
    return response.ok && typeof data === 'object' && data !== null && 'batch' in data;
  } catch {
    return false;
  }
}

/** Whether nothing listens on the port and this user may. */
export async function isPortFree(port: number): Promise<boolean> {
  // On macOS one may listen on 127.0.0.1 although another listens on every address, so asking by listening is not enough.
  return !(await accepts(port)) && (await canListen(port));
}

/** The first free port after a taken one, to be named as the way out. */
export async function nextFreePort(taken: number): Promise<number> {
  let port = taken + 1;
  while (port < taken + 50 && !(await isPortFree(port))) port += 1;
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: HOST, timeout: ANSWER_TIMEOUT_MS });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
