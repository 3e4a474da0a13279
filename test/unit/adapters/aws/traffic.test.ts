import { describe, expect, it } from '@jest/globals';
import { inWords } from '../../../../src/adapters/aws/facts/ec2/traffic.js';

describe('what a rule lets through, in words', () => {
  it.each([
    { words: 'ingress tcp 443', egress: false, protocol: 'tcp', from: 443, to: 443 },
    { words: 'egress tcp 443', egress: true, protocol: '6', from: 443, to: 443 },
    { words: 'ingress udp 8000-8100', egress: false, protocol: '17', from: 8000, to: 8100 },
    { words: 'ingress tcp 0-65535', egress: false, protocol: 'tcp', from: 0, to: 65535 },
    { words: 'ingress all', egress: false, protocol: '-1', from: -1, to: -1 },
    { words: 'egress all', egress: true, protocol: undefined, from: undefined, to: undefined },
    { words: 'ingress icmp', egress: false, protocol: 'icmp', from: -1, to: -1 },
    { words: 'ingress icmp 8', egress: false, protocol: '1', from: 8, to: -1 },
    { words: 'ingress 50', egress: false, protocol: '50', from: undefined, to: undefined },
  ])('$words', ({ words, ...traffic }) => {
    expect(inWords(traffic)).toBe(words);
  });
});
