import { Args, Flags } from '@oclif/core';
import { secondsOf } from './domain/duration.js';
import { reasonOf } from './domain/promotion.js';

/** The environment a command works on. */
export const environmentArg = Args.string({
  name: 'environment',
  description: 'Environment; the one last switched to when left out.',
});

/** How a change is confirmed without being asked; see the contract of `confirmationFor`. */
export const confirmationFlags = {
  yes: Flags.boolean({ char: 'y', description: 'Do not ask. Never enough for a protected environment.' }),
  confirm: Flags.string({ description: "The environment's name, as its confirmation.", helpValue: 'ENV' }),
};

/** How long to wait for another operation on the environment to end, in seconds. */
export const lockTimeoutFlag = Flags.custom<number>({
  description: 'How long to wait for another operation to end, like 90s or 10m. Not at all by default.',
  helpValue: 'DURATION',
  default: 0,
  parse: async (given) => secondsOf(given),
})();

/** What may be lost, by name. */
export const allowDestroyFlag = Flags.string({
  description: 'Allow this resource, which holds data or traffic, to be deleted or replaced. Repeatable.',
  helpValue: 'ADDRESS',
  multiple: true,
  multipleNonGreedy: true,
});

/** A safeguard that is passed for a reason, which is recorded. */
export const reasonFlag = Flags.custom<string>({
  helpValue: 'REASON',
  parse: async (given) => reasonOf(given),
});
