import type { Commit } from '../domain/commit.js';
import type { Binding } from '../domain/environment.js';
import type { Identity } from '../domain/identity.js';
import type { Ports } from '../ports/index.js';
import type { Stage } from '../ports/progress.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { type PreflightPorts, preflight } from './preflight.js';
import { verifyIdentity } from './verify-identity.js';

/** Who carries out an operation, and from which commit. */
export interface Operator {
  readonly identity: Identity;
  readonly commit: Commit | null;
}

/**
 * The stages an operation begins with: a look at the machine, and whose credentials these are. Nothing is asked of the
 * environment before. `operator` is known once both have run.
 */
export function operatorStages(
  ports: PreflightPorts & Pick<Ports, 'identities' | 'interruption'>,
  binding: Binding,
): { readonly stages: readonly Stage[]; readonly operator: () => Operator } {
  let commit: Commit | null = null;
  let identity: Identity | undefined;
  return {
    stages: [
      {
        title: 'Pre-flight',
        run: async (report) => {
          commit = await abandonOnInterrupt(ports.interruption, preflight(ports, binding, report));
        },
      },
      {
        title: 'Identity',
        run: async (report) => {
          identity = await abandonOnInterrupt(ports.interruption, verifyIdentity(ports, binding, report));
        },
      },
    ],
    operator: () => {
      if (identity === undefined) throw new Error('nobody was asked who we are');
      return { identity, commit };
    },
  };
}
