import { Args, Flags } from '@oclif/core';
import { secondsOf } from './domain/duration.js';

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
