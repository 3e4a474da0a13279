const PROTOCOLS: Readonly<Record<string, string>> = {
  '-1': 'all',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

/** What a rule lets through. Ports are -1 or missing where there are none; for ICMP they are type and code. */
export interface Traffic {
  readonly egress: boolean | undefined;
  /** A name, or a number of the IANA registry; -1 for every protocol. */
  readonly protocol: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** As in `ingress tcp 443`, `egress udp 8000-8100` or `ingress all`. */
export function inWords({ egress, protocol = '-1', from, to }: Traffic): string {
  const ports = [...new Set([from, to])].filter((port) => port !== undefined && port !== -1).join('-');
  return `${egress ? 'egress' : 'ingress'} ${PROTOCOLS[protocol] ?? protocol} ${ports}`.trimEnd();
}
