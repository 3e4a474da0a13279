import type { SeparationRule } from '../rule.js';
import { crossingRule } from './crossing-rule.js';
import { othersRead } from './outputs-and-reads.js';

const ofRelations = crossingRule({
  id: 'encryption',
  title: "each environment's data is under its own key, and no secret is used across",
  why: 'Who may use one key or secret then holds the data of both environments, and losing it loses both.',
  needs: ['state', 'encryption'],
  words: {
    'encrypted-with': 'is encrypted with',
    'key-alias': 'is a name for the key',
    secret: 'refers to the secret',
  },
  shared: { kinds: ['encrypted-with', 'key-alias', 'secret'], what: 'which belongs to neither' },
});

/** Each environment's data is under its own key, and its secrets are its own. */
export const encryption: SeparationRule = {
  ...ofRelations,
  find: (input) => [...ofRelations.find(input), ...othersRead(input, 'secrets')],
};
