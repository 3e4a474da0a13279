import { request as requestHttp } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { HttpAnswer } from '../../domain/health/http-answer.js';
import type { HttpProbe, HttpRequest } from '../../ports/health-probes.js';

/** Asks with Node's own HTTP, which can connect to one host and ask for another. */
export class NodeHttpProbe implements HttpProbe {
  readonly #authorities: RequestOptions['ca'];

  /** @param authorities certificates to trust instead of the well-known ones */
  constructor(authorities?: string) {
    this.#authorities = authorities;
  }

  async get(url: string, { timeoutMs, connectTo }: HttpRequest): Promise<HttpAnswer> {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return { status: await this.#ask(new URL(url), connectTo, signal) };
    } catch (error) {
      return { failure: signal.aborted ? `no answer within ${timeoutMs / 1000} s` : reason(error) };
    }
  }

  #ask(url: URL, connectTo: string | undefined, signal: AbortSignal): Promise<number> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const options: RequestOptions = {
      host: connectTo ?? host,
      port: url.port,
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, accept: '*/*', 'user-agent': 'mhtctl' },
      // Each time a connection of its own: one that is kept would lead where the name led before.
      agent: false,
      signal,
    };
    return new Promise((resolve, reject) => {
      // The name that is asked for is the name that the certificate has to be of, wherever the connection leads.
      const request =
        url.protocol === 'https:'
          ? requestHttps({
              ...options,
              // TLS knows no addresses as server names.
              ...(isIP(host) === 0 ? { servername: host } : {}),
              ...(this.#authorities === undefined ? {} : { ca: this.#authorities }),
            })
          : requestHttp(options);
      request.once('response', (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
      request.once('error', reject);
      request.end();
    });
  }
}

function reason(error: unknown): string {
  const { code, message, errors } = error as NodeJS.ErrnoException & { readonly errors?: readonly unknown[] };
  // Where a host has several addresses, each has failed in its own way.
  if (code === undefined && errors?.[0] !== undefined) return reason(errors[0]);
  return code ?? message;
}
