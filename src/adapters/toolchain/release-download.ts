import { MhtctlError } from '../../domain/errors.js';

const DOWNLOAD_DEADLINE_MS = 10 * 60 * 1000;

/**
 * Downloads a file whole. Node's `fetch` ignores HTTPS_PROXY unless NODE_USE_ENV_PROXY=1 is set and Node is 24 or
 * newer (or 22.21 or newer of its line); the error's next steps say so to whoever sits behind a proxy.
 */
export async function downloadRelease(
  url: string,
  options: { readonly signal: AbortSignal; readonly nextSteps: readonly string[] },
): Promise<Uint8Array> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(DOWNLOAD_DEADLINE_MS)]);
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(url, { signal });
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (options.signal.aborted) throw options.signal.reason;
    throw new MhtctlError({
      code: 'DownloadFailed',
      outcome: 'toolFailed',
      message: `cannot download ${url}: ${innermostMessage(cause)}`,
      nextSteps: [...options.nextSteps, ...proxyStep()],
      cause,
    });
  }
  if (!response.ok) {
    throw new MhtctlError({
      code: 'DownloadFailed',
      outcome: 'toolFailed',
      message: `cannot download ${url}: the server answered ${response.status} ${response.statusText}`.trimEnd(),
      nextSteps: options.nextSteps,
    });
  }
  return bytes;
}

/** `fetch failed` says nothing; the cause below it does, or the first of several tried addresses below that. */
function innermostMessage(error: unknown): string {
  const { cause, errors, message } = Object(error) as { cause?: unknown; errors?: unknown[]; message?: string };
  const inner = cause ?? errors?.[0];
  return inner === undefined ? (message ?? String(error)) : innermostMessage(inner);
}

function proxyStep(): string[] {
  const proxy = process.env['HTTPS_PROXY'] ?? process.env['https_proxy'];
  return proxy === undefined ? [] : ['NODE_USE_ENV_PROXY=1 makes Node 24 (or 22.21) use the proxy of HTTPS_PROXY'];
}
