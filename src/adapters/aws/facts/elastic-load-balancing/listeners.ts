import type { Action, Listener, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Reading } from '../reading.js';
import type { LoadBalancing } from './load-balancing.js';
import { readTags } from './tags.js';

/** Protocols of listeners that have certificates. */
const ENCRYPTED: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/**
 * A load balancer's listeners with their rules and certificates.
 * False when not all of them could be read.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html
 */
export async function readListeners(service: LoadBalancing, balancer: string): Promise<boolean> {
  const { reading, sdk, client } = service;
  const listeners: Listener[] = [];
  const whole = await reading.pages(
    {
      action: 'elasticloadbalancing:DescribeListeners',
      subject: balancer,
      areas: ['existence', 'traffic', 'tags'],
    },
    () => sdk.paginateDescribeListeners({ client }, { LoadBalancerArn: balancer }),
    ({ Listeners = [] }) => listeners.push(...Listeners),
  );
  const [rules] = await Promise.all([
    Promise.all(listeners.map((listener) => readRules(service, listener))),
    Promise.all(listeners.map((listener) => readFurtherCertificates(service, listener))),
  ]);
  const found = rules.flatMap(({ rules }) => rules);
  const arns = [...listeners.map(({ ListenerArn = '' }) => ListenerArn), ...found.map(({ RuleArn = '' }) => RuleArn)];
  const tags = await readTags(service, arns);
  for (const listener of listeners) noteListener(reading, listener, tags.get(listener.ListenerArn ?? ''));
  for (const rule of found) noteRule(reading, rule, tags.get(rule.RuleArn ?? ''));
  return whole && rules.every(({ whole }) => whole);
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

/** The default rule says what the listener itself says. */
async function readRules(
  { reading, sdk, client }: LoadBalancing,
  { ListenerArn: listener = '' }: Listener,
): Promise<{ readonly rules: readonly RuleOfListener[]; readonly whole: boolean }> {
  const rules: RuleOfListener[] = [];
  const whole = await reading.pages(
    { action: 'elasticloadbalancing:DescribeRules', subject: listener, areas: ['existence', 'traffic', 'tags'] },
    () => sdk.paginateDescribeRules({ client }, { ListenerArn: listener }),
    ({ Rules = [] }) =>
      rules.push(...Rules.filter(({ IsDefault }) => !IsDefault).map((rule) => ({ ...rule, listener }))),
  );
  return { rules, whole };
}

/**
 * Certificates beyond the default one, of which alone the listener tells.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListenerCertificates.html
 */
async function readFurtherCertificates(
  { reading, sdk, client }: LoadBalancing,
  { ListenerArn: listener = '', Protocol }: Listener,
): Promise<void> {
  if (Protocol === undefined || !ENCRYPTED.has(Protocol)) return;
  await reading.pages(
    { action: 'elasticloadbalancing:DescribeListenerCertificates', subject: listener, areas: ['traffic'] },
    () => sdk.paginateDescribeListenerCertificates({ client }, { ListenerArn: listener }),
    ({ Certificates = [] }) => {
      for (const { CertificateArn: to, IsDefault } of Certificates)
        if (!IsDefault) reading.relation({ kind: 'certificate', from: listener, to, where: 'further certificates' });
    },
  );
}
