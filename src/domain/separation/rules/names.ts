import { physicalName } from '../../physical-name.js';
import { bindingsOf } from '../names.js';
import { judgeName, type NameFault, ownName } from '../own-name.js';
import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { stateResources } from '../state-facts.js';
import { findingAbout } from './finding.js';
import { orphansIn } from './orphans.js';

/** Names say whose a resource is. */
export const names: SeparationRule = {
  id: 'names',
  title: "every physical name contains its environment's name and no other's",
  why: 'At three in the morning people go by the name; so do policies and scripts with a wildcard.',
  needs: ['state'],
  find: (input) => [...inStates(input), ...live(input)],
};

function inStates(input: RuleInput): readonly SeparationFinding[] {
  const bindings = bindingsOf(input.evidence);
  return input.evidence.environments.flatMap((environment) =>
    stateResources(environment).flatMap(({ address, ids, instance }) => {
      const name = ownName(instance);
      const [id] = ids;
      // Whose it is, is in question already: rules of their own say so.
      if (name === undefined || id === undefined || input.ownership.ownersOf(id).size > 1) return [];
      const found = judgeName(name, environment.binding.name, bindings);
      return found === undefined
        ? []
        : [
            nameFinding(
              input,
              environment.binding.name,
              id,
              `${address} is named "${name}"`,
              found,
              `state: ${address} = "${name}"`,
            ),
          ];
    }),
  );
}

/** What AWS says the names are now, where the state says otherwise, or knows nothing of them. */
function* live(input: RuleInput): Generator<SeparationFinding> {
  const { evidence, ownership } = input;
  const bindings = bindingsOf(evidence);
  const orphaned = orphansIn(input);
  for (const id of ownership.listed()) {
    const name = ownership.liveTags(id)?.['Name'];
    const [environment, ...others] = ownership.ownersOf(id);
    if (name === undefined || name === '' || environment === undefined || others.length > 0) continue;
    if (orphaned.has(id)) continue;
    const resource = ownership.inStates(id).get(environment);
    // A part is in the state with its whole, and has a name of its own.
    const instance = resource?.ids[0] === id ? resource.instance : undefined;
    if (instance !== undefined && ownName(instance) === name) continue;
    // Only where the tag is the name it has, it has to carry the environment's.
    const isItsName = instance !== undefined && physicalName(instance.type, { tags: { Name: name } }) === name;
    const found = judgeName(name, environment, bindings);
    if (found === undefined || (found.other === null && !isItsName)) continue;
    const subject = `${ownership.describe(id, environment)} is named "${name}" in AWS`;
    const evidenceOfIt = `AWS: ${id} has the tag Name = ${JSON.stringify(name)}`;
    yield nameFinding(input, environment, id, subject, found, evidenceOfIt);
  }
}

function nameFinding(
  input: RuleInput,
  environment: string,
  identifier: string,
  subject: string,
  { other, problem }: NameFault,
  evidence: string,
): SeparationFinding {
  return findingAbout(input, {
    identifier,
    environment,
    other,
    message: `${subject}, which ${problem}`,
    evidence: [evidence],
    remedy: `name it after its own environment (local.name_prefix) in the configuration, then: mhtctl deploy ${environment}`,
  });
}
