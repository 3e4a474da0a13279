import { Args, Flags } from '@oclif/core';

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
