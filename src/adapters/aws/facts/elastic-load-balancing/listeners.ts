import type { Action, Listener, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listAll } from '../listing.js';
import type { Reading } from '../reading.js';
import type { LoadBalancing } from './load-balancing.js';
import { readTags } from './tags.js';

/** Protocols of listeners that have certificates. */
const ENCRYPTED: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/** Protocols of listeners that have rules: those of application load balancers. */
const RULED: ReadonlySet<string> = new Set(['HTTP', 'HTTPS']);

/**
 * The listeners of load balancers with their rules and certificates.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html
 */
export async function readListeners(service: LoadBalancing, balancers: readonly string[]): Promise<void> {
  const { reading } = service;
  const listeners = (await Promise.all(balancers.map((balancer) => listenersOf(service, balancer)))).flat();
  const [found] = await Promise.all([
    Promise.all(listeners.map((listener) => rulesOf(service, listener))),
    Promise.all(listeners.map((listener) => readFurtherCertificates(service, listener))),
  ]);
  const rules = found.flat();
  const arns = [...listeners.map(({ ListenerArn = '' }) => ListenerArn), ...rules.map(({ RuleArn = '' }) => RuleArn)];
  const tags = await readTags(service, arns);
  for (const listener of listeners) noteListener(reading, listener, tags.get(listener.ListenerArn ?? ''));
  for (const rule of rules) noteRule(reading, rule, tags.get(rule.RuleArn ?? ''));
}

function listenersOf({ reading, sdk, client }: LoadBalancing, balancer: string): Promise<readonly Listener[]> {
  return listAll(reading, {
    action: 'elasticloadbalancing:DescribeListeners',
    subject: balancer,
    areas: ['existence', 'traffic', 'tags'],
    types: ['aws_lb_listener'],
    within: balancer,
    pages: () => sdk.paginateDescribeListeners({ client }, { LoadBalancerArn: balancer }),
    items: ({ Listeners }) => Listeners,
  });
}

function noteListener(reading: Reading, listener: Listener, tags: Readonly<Record<string, string>> | undefined): void {
  const { ListenerArn: id = '', LoadBalancerArn, Certificates = [], DefaultActions = [] } = listener;
  reading.resource({ id, type: 'aws_lb_listener', partOf: LoadBalancerArn, tags });
  for (const { CertificateArn: to } of Certificates)
    reading.relation({ kind: 'certificate', from: id, to, where: 'Certificates' });
  for (const to of destinations(DefaultActions))
    reading.relation({ kind: 'forward', from: id, to, where: 'DefaultActions' });
}

/** A rule with the listener it is one of. */
type RuleOfListener = Rule & { readonly listener: string };

function noteRule(reading: Reading, rule: RuleOfListener, tags: Readonly<Record<string, string>> | undefined): void {
  const { RuleArn: id = '', listener, Priority, Actions = [] } = rule;
  reading.resource({ id, type: 'aws_lb_listener_rule', partOf: listener, tags });
  for (const to of destinations(Actions))
    reading.relation({ kind: 'forward', from: id, to, where: `Actions of rule ${Priority}` });
}

/**
 * Where actions send a request: every target group, whatever its weight, and the host of a redirect that names another.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
 */
function destinations(actions: readonly Action[]): ReadonlySet<string> {
  return new Set(
    actions.flatMap(({ TargetGroupArn, ForwardConfig, RedirectConfig }) => {
      const groups = (ForwardConfig?.TargetGroups ?? []).map((group) => group.TargetGroupArn);
      const host = RedirectConfig?.Host?.toLowerCase();
      return [TargetGroupArn, ...groups, host?.includes('#{') ? undefined : host].flatMap((to) => to || []);
    }),
  );
}

/**
 * A listener's rules but for the default one, which says what the listener itself says.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html
 */
async function rulesOf(
  { reading, sdk, client }: LoadBalancing,
  { ListenerArn: listener = '', Protocol }: Listener,
): Promise<readonly RuleOfListener[]> {
  if (Protocol === undefined || !RULED.has(Protocol)) return [];
  return listAll(reading, {
    action: 'elasticloadbalancing:DescribeRules',
    subject: listener,
    areas: ['existence', 'traffic', 'tags'],
    types: ['aws_lb_listener_rule'],
    within: listener,
    pages: () => sdk.paginateDescribeRules({ client }, { ListenerArn: listener }),
    items: ({ Rules = [] }) => Rules.filter(({ IsDefault }) => !IsDefault).map((rule) => ({ ...rule, listener })),
  });
}

/**
 * Certificates beyond the default one, of which alone the listener tells.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListenerCertificates.html
 */
async function readFurtherCertificates(
  { reading, sdk, client }: LoadBalancing,
  { ListenerArn: listener = '', Protocol, Certificates: told = [] }: Listener,
): Promise<void> {
  if (Protocol === undefined || !ENCRYPTED.has(Protocol)) return;
  const certificates = await listAll(reading, {
    action: 'elasticloadbalancing:DescribeListenerCertificates',
    subject: listener,
    areas: ['traffic'],
    pages: () => sdk.paginateDescribeListenerCertificates({ client }, { ListenerArn: listener }),
    items: ({ Certificates }) => Certificates,
  });
  for (const { CertificateArn: to } of certificates)
    if (!told.some(({ CertificateArn }) => CertificateArn === to))
      reading.relation({ kind: 'certificate', from: listener, to, where: 'further certificates' });
}
