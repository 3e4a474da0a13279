import { crossingRule } from './crossing-rule.js';

/** A request for one environment is answered by that environment. */
export const traffic = crossingRule({
  id: 'traffic',
  title: 'names, listeners and targets lead to the same environment',
  why: "Users of one environment would be served by the other's instances, with its data.",
  needs: ['state', 'traffic'],
  words: {
    forward: 'forwards to',
    certificate: 'uses the certificate',
    target: 'has as its target',
    'dns-record': 'points at',
    'zone-vpc': 'answers in',
  },
  shared: { kinds: ['forward', 'certificate', 'target'], what: 'which belongs to neither' },
});
