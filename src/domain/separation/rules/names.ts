import { carriesName, physicalName } from '../../physical-name.js';
import { canonicalId } from '../identifiers.js';
import { bindingsOf, environmentsNamed } from '../names.js';
import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { stateResources } from '../state-facts.js';
import { findingAbout } from './finding.js';

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
      const name = physicalName(instance.type, instance.attributes);
      const [id] = ids;
      // Whose it is, is in question already: rules of their own say so.
      if (name === undefined || id === undefined || input.ownership.ownersOf(id).size > 1) return [];
      const found = judged(name, environment.binding.name, bindings);
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
function live(input: RuleInput): readonly SeparationFinding[] {
  const { evidence, ownership } = input;
  const bindings = bindingsOf(evidence);
  const seen = new Set<string>();
  const told = [
    ...evidence.inventory.map(({ arn, tags }) => ({ id: canonicalId(arn), tags })),
    ...evidence.live.resources.flatMap(({ id, tags }) => (tags === undefined ? [] : [{ id, tags }])),
  ];
  return told.flatMap(({ id, tags }) => {
    const name = tags['Name'];
    if (name === undefined || name === '' || seen.has(id)) return [];
    seen.add(id);
    if (ownership.ownersOf(id).size > 1) return [];
    return [...ownership.ownersOf(id)].flatMap((environment) => {
      const resource = ownership.inStates(id).get(environment);
      const before =
        resource === undefined ? undefined : physicalName(resource.instance.type, resource.instance.attributes);
      if (before === name) return [];
      const other = environmentsNamed(name, bindings, 'reference').find((each) => each !== environment);
      if (other === undefined) return [];
      return [
        nameFinding(
          input,
          environment,
          id,
          `${ownership.describe(id, environment)} is named "${name}" in AWS`,
          { other, problem: `names "${other}"` },
          `AWS: ${id} has the tag Name = ${JSON.stringify(name)}`,
        ),
      ];
    });
  });
}

interface Judged {
  readonly other: string | null;
  readonly problem: string;
}

function judged(
  name: string,
  environment: string,
  bindings: Parameters<typeof environmentsNamed>[1],
): Judged | undefined {
  const other = environmentsNamed(name, bindings, 'reference').find((each) => each !== environment);
  if (other !== undefined) return { other, problem: `names "${other}"` };
  return carriesName(name, environment) ? undefined : { other: null, problem: `does not contain "${environment}"` };
}

function nameFinding(
  input: RuleInput,
  environment: string,
  identifier: string,
  subject: string,
  { other, problem }: Judged,
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
