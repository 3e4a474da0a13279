import { locationOf } from '../location.js';
import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { stateResources } from '../state-facts.js';
import { taggedInState } from '../state-tags.js';
import { changesAnothers } from './crossing-settings.js';
import { findingAbout } from './finding.js';

/** Nothing in an environment's state says that it is another's. */
export const foreignTags: SeparationRule = {
  id: 'foreign-tags',
  title: "nothing tagged with one environment is in another's state",
  why: 'What two environments each take for theirs is changed, billed or deleted by the wrong one.',
  needs: ['state', 'tags'],
  find: (input) => input.evidence.environments.flatMap(({ binding }) => foreign(input, binding.name)),
};

function foreign(input: RuleInput, environment: string): readonly SeparationFinding[] {
  const { evidence, ownership } = input;
  const own = evidence.environments.find(({ binding }) => binding.name === environment);
  if (own === undefined) return [];
  const others = new Set(
    evidence.environments.map(({ binding }) => binding.name).filter((name) => name !== environment),
  );
  // A tag that is a setting of another's is one finding of another rule.
  const judged = stateResources(own).filter(
    (resource) => resource.settingOf === undefined || !changesAnothers(ownership, environment, resource),
  );
  return judged.flatMap((resource) =>
    taggedInState(resource).flatMap(({ id, tags }): readonly SeparationFinding[] => {
      // What is in both states is found there.
      if (ownership.inStates(id).size > 1) return [];
      const told = [
        ['state', tags?.['Environment']],
        ['AWS', ownership.liveTags(id)?.['Environment']],
      ] as const;
      const found = told.filter(([, value]) => typeof value === 'string' && others.has(value));
      const other = found[0]?.[1];
      if (typeof other !== 'string') return [];
      const shown = id === resource.ids[0] ? resource.address : `${id} of ${resource.address}`;
      return [
        {
          ...findingAbout(input, {
            identifier: id,
            environment,
            other,
            message: `${shown} is in the state of "${environment}" and tagged Environment = "${other}"`,
            evidence: found.map(
              ([where, value]) => `${where}: ${id} has the tag Environment = ${JSON.stringify(value)}`,
            ),
            remedy: `if it is of "${environment}": mhtctl deploy ${environment}; if not: mhtctl terraform ${environment} -- state rm '${resource.address}'`,
          }),
          resource: resource.address,
          location: locationOf(evidence, resource.address),
        },
      ];
    }),
  );
}
