import { namesEnvironment, stringsIn } from '../foreign-names.js';
import { carriesName } from '../physical-name.js';
import type { PlanRule } from './rule.js';

/** Characters of a value that a message shows. */
const SHOWN = 120;

/** A value of this environment that names another one is a bridge between the two. */
export const namesOtherEnvironment: PlanRule = {
  id: 'names-other-environment',
  title: 'nothing in the plan names another environment',
  check: ({ plan, binding, others }) =>
    plan.changes.flatMap((change) =>
      others.flatMap((other) => {
        // The own name may contain the other's, as "staging-eu" does "staging": what is left without it is judged.
        const withoutOwnName = (text: string) =>
          carriesName(binding.name, other.name) ? text.replaceAll(binding.name, '') : text;
        for (const { path, text, sensitive } of stringsIn(change.after, change.afterSensitive)) {
          if (!namesEnvironment(withoutOwnName(text), other)) continue;
          const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
          const message = `${path} names "${other.name}"${sensitive ? ' (its value is sensitive)' : `: ${shown}`}`;
          return [{ severity: 'forbidden' as const, address: change.address, message }];
        }
        return [];
      }),
    ),
};
