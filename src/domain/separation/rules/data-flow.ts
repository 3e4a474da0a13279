import { crossingRule } from './crossing-rule.js';

/** What an environment sends, copies, logs and announces stays inside. */
export const dataFlow = crossingRule({
  id: 'data-flow',
  title: 'messages, copies, logs, notifications and alarms stay inside',
  why: "One environment's data would arrive in the other: real customers' data in a test, or a test's in production.",
  needs: ['state', 'data-flow'],
  words: {
    redrive: 'is tied by its redrive policy to',
    replication: 'is replicated to',
    'access-log': 'writes its access logs to',
    notification: 'notifies',
    subscription: 'is delivered to',
    'alarm-action': 'alarms',
    'alarm-metric': 'watches',
    'log-delivery': 'delivers logs to',
    'event-target': 'starts',
    'event-source': 'is fed by',
  },
  shared: {
    kinds: [
      'redrive',
      'replication',
      'access-log',
      'notification',
      'subscription',
      'alarm-action',
      'log-delivery',
      'event-target',
      'event-source',
    ],
    what: 'which belongs to neither',
  },
});
