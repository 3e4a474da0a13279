/** A diagnostic of Terraform, with the place in the configuration when it has one. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly address: string | undefined;
  /** `file:line` in the configuration, when Terraform names it. */
  readonly location: string | undefined;
}

/**
 * One event of Terraform's machine-readable output; what mhtctl has no use for is left out.
 * Source: https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export type TerraformEvent =
  | { readonly kind: 'planned'; readonly address: string; readonly action: string }
  | { readonly kind: 'started'; readonly address: string; readonly action: string }
  | { readonly kind: 'progress'; readonly address: string; readonly elapsedSeconds: number }
  | { readonly kind: 'finished'; readonly address: string; readonly action: string; readonly elapsedSeconds: number }
  | { readonly kind: 'failed'; readonly address: string; readonly action: string }
  | { readonly kind: 'refreshing'; readonly address: string }
  | { readonly kind: 'diagnostic'; readonly diagnostic: Diagnostic };

interface RawEvent {
  readonly type?: string;
  readonly change?: { readonly resource?: { readonly addr?: string }; readonly action?: string };
  readonly hook?: {
    readonly resource?: { readonly addr?: string };
    readonly action?: string;
    readonly elapsed_seconds?: number;
  };
  readonly diagnostic?: {
    readonly severity?: string;
    readonly summary?: string;
    readonly detail?: string;
    readonly address?: string;
    readonly range?: { readonly filename?: string; readonly start?: { readonly line?: number } };
  };
}

/** Reads one line of the output; undefined for a line that is not an event mhtctl follows. */
export function parseTerraformEvent(line: string): TerraformEvent | undefined {
  let raw: RawEvent;
  try {
    raw = JSON.parse(line) as RawEvent;
  } catch {
    return undefined;
  }
  if (raw === null || typeof raw !== 'object') return undefined;
  const address = raw.hook?.resource?.addr ?? raw.change?.resource?.addr ?? '';
  const action = raw.hook?.action ?? raw.change?.action ?? '';
  const elapsedSeconds = raw.hook?.elapsed_seconds ?? 0;
  switch (raw.type) {
    case 'planned_change':
      return { kind: 'planned', address, action };
    case 'apply_start':
      return { kind: 'started', address, action };
    case 'apply_progress':
      return { kind: 'progress', address, elapsedSeconds };
    case 'apply_complete':
      return { kind: 'finished', address, action, elapsedSeconds };
    case 'apply_errored':
      return { kind: 'failed', address, action };
    case 'refresh_start':
      return { kind: 'refreshing', address };
    case 'diagnostic':
      return { kind: 'diagnostic', diagnostic: diagnostic(raw.diagnostic ?? {}) };
    default:
      return undefined;
  }
}

function diagnostic(raw: NonNullable<RawEvent['diagnostic']>): Diagnostic {
  const line = raw.range?.start?.line;
  return {
    severity: raw.severity === 'warning' ? 'warning' : 'error',
    summary: raw.summary ?? '',
    detail: raw.detail ?? '',
    address: raw.address,
    location:
      raw.range?.filename === undefined ? undefined : `${raw.range.filename}${line === undefined ? '' : `:${line}`}`,
  };
}
